package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.cosim.cases.CaseFile;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayAndMinimiseTest {
    /** Ties of the leak are rounded up, not to even. */
    private static final Edit ROUNDING =
            new Edit("NeuronLane", "(|_zz__zz_spike_6_3) || _zz_spike_5[0]", "(|_zz__zz_spike_6_3) || 1'b1");

    @TempDir
    private Path folder;

    private Path file(Edit... edits) {
        Path file = folder.resolve("case.yaml");
        CaseFile.write(
                file,
                new Case(
                        "one",
                        new ConfigReader().read("tiny"),
                        new NetworkReader().read("tiny-mlp"),
                        Plan.SCRATCHPADS,
                        Check.EACH_COMMAND,
                        2,
                        1,
                        3,
                        Timing.FAST,
                        List.of(edits)));
        return file;
    }

    private static Outcome of(Object... arguments) {
        return Outcome.of(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    }

    @Test
    void aCaseThatPasses() {
        Path passes = file();
        String out = of("regress", "replay", passes).good();
        assertTrue(out.matches("case one: passed, \\d+ words equal, \\d+ cycles\\R"), out);
        Outcome minimised = of("regress", "minimise", passes);
        assertEquals(ExitCode.DIFFERENCE, minimised.code());
        assertTrue(minimised.out().startsWith("case one passes"), minimised.out());
    }

    @Test
    void aCaseThatFailsIsReplayedShownAndMadeSmaller() throws IOException {
        Path fails = file(ROUNDING);
        Path failure = folder.resolve("failure");
        Outcome replayed = of("regress", "replay", fails, "--folder", failure);
        assertEquals(ExitCode.DIFFERENCE, replayed.code());
        assertTrue(replayed.out().startsWith("case one: mismatch\nNEURON wrote a wrong u: layer 0"), replayed.out());
        Path picture = folder.resolve("picture.svg");
        String shown = of("cosim", "show", failure, "--svg", picture).good();
        assertTrue(shown.startsWith("NEURON wrote a wrong u: layer 0"), shown);
        assertTrue(shown.contains("rows: step; columns: channel"), shown);
        assertTrue(Files.readString(picture).startsWith("<svg "));
        of("cosim", "show", folder.resolve("nowhere")).refused("holds no mismatch.json");

        String small =
                of("regress", "minimise", fails, "--runs", 4, "--builds", 0).good();
        assertTrue(small.startsWith("run 1: samples: 2 -> 1\n"), small);
        Case smaller = new CaseFile().read(folder.resolve("case.min.yaml"));
        assertEquals(1, smaller.samples());
        assertEquals(
                ExitCode.DIFFERENCE,
                of("regress", "replay", folder.resolve("case.min.yaml")).code());
    }

    @Test
    void badInput() throws IOException {
        of("regress", "replay").refused("Missing required parameter: 'FILE'");
        of("regress", "replay", folder.resolve("none.yaml")).refused("none.yaml: no such file");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "plan: quick\n");
        of("regress", "replay", bad).refused("plan: \"quick\" is not one of", "config: is missing");
        of("regress", "replay", file(new Edit("NeuronLane", "no such text", "")))
                .refused("edits[0].find: its text does not occur in NeuronLane.v");
    }
}
