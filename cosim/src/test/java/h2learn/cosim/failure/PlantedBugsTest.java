package h2learn.cosim.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Kind;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.cases.CaseRun;
import h2learn.cosim.failure.Minimiser.Limits;
import h2learn.cosim.failure.Minimiser.Outcome;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Weighted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault in the Verilog is found, its case made small, written to one file and replayed from it; mended, it passes. */
class PlantedBugsTest {
    /** One token in so many is lost; with 10000, a run takes a minute. */
    private static final int TOKEN_PERIOD = Integer.getInteger("h2learn.tokenPeriod", 1000);

    /** Tokens from BACKWARD's queue to GRADIENT's in an update of the case. */
    private static final int TOKENS_AN_UPDATE = 4;

    @TempDir
    private Path directory;

    @Test
    void roundingBit() {
        Case small = fromRedToGreen(PlantedBugs.rounding(), Kind.MISMATCH, new Limits(60, 1));
        assertEquals(1, small.samples());
        assertEquals(1, small.network().layers().size(), "one layer of neurons rounds");
    }

    @Test
    void missedWindowMask() {
        Case small = fromRedToGreen(PlantedBugs.mask(), Kind.MISMATCH, new Limits(60, 0));
        assertEquals(1, small.samples());
        assertEquals(1, small.network().layers().size(), "the last layer's gs is masked too");
    }

    @Test
    void offByOneAtTheLastTap() {
        Case small = fromRedToGreen(PlantedBugs.lastTap(), Kind.MISMATCH, new Limits(60, 0));
        assertEquals(1, small.samples());
        assertTrue(
                small.network().layers().stream()
                        .skip(1)
                        .anyMatch(layer -> layer instanceof Conv2d conv && conv.kernel() == 2),
                () -> "a kernel of one tap has no further one: " + small.network());
    }

    @Test
    void tokenLostOnceInMany() {
        Case large = PlantedBugs.token(TOKEN_PERIOD, TOKEN_PERIOD / TOKENS_AN_UPDATE);
        Case small = fromRedToGreen(large, Kind.STOPPED, new Limits(12, 0));
        assertTrue(size(small) < size(large), () -> CaseFile.toYaml(small));
    }

    private Case fromRedToGreen(Case large, Kind kind, Limits limits) {
        List<String> accepted = new ArrayList<>();
        Outcome outcome = Minimiser.minimise(large, limits, accepted::add).orElseThrow();
        accepted.forEach(line -> System.out.println(large.id() + " " + line));
        assertEquals(kind, outcome.failed().kind(), outcome.failed().message());
        assertTrue(size(outcome.smallest()) < size(large), () -> CaseFile.toYaml(outcome.smallest()));
        assertTrue(outcome.runs() <= limits.runs());

        Path file = directory.resolve(large.id() + ".yaml");
        CaseFile.write(file, outcome.smallest());
        Case replayed = new CaseFile().read(file);
        Failed again = assertInstanceOf(Failed.class, CaseRun.run(replayed, null));
        assertEquals(outcome.failed(), again);

        assertInstanceOf(Passed.class, CaseRun.run(replayed.withEdits(List.of()), null));
        return replayed;
    }

    /** How much there is to look at: samples, updates, and numbers that the network has. */
    private static long size(Case of) {
        Network network = of.network();
        long outputs = network.layers().stream()
                .mapToLong(layer -> layer instanceof Weighted weighted ? weighted.outputs() : 1)
                .sum();
        return (long) of.samples()
                * of.updates()
                * network.steps()
                * (network.input().values() + outputs);
    }
}
