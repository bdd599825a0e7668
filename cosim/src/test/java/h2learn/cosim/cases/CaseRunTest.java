package h2learn.cosim.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Kind;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseRunTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final Network NETWORK = new NetworkReader().read("tiny-mlp");

    /** Ties of the leak are rounded up, not to even. */
    private static final Edit ROUNDING =
            new Edit("NeuronLane", "(|_zz__zz_spike_6_3) || _zz_spike_5[0]", "(|_zz__zz_spike_6_3) || 1'b1");

    @TempDir
    private Path directory;

    private static Case of(Plan plan, Check check, Timing timing, Edit... edits) {
        return new Case("a test", TINY, NETWORK, plan, check, 3, 2, 7, timing, List.of(edits));
    }

    @ParameterizedTest
    @CsvSource({
        "SCRATCHPADS, EACH_COMMAND, FAST",
        "SCRATCHPADS, EACH_COMMAND, RANDOM",
        "PIPELINED, EACH_PROGRAM, RANDOM",
        "PIPELINED, EACH_COMMAND, FAST",
        "TILED, EACH_PROGRAM, SLOW",
        "TILED, EACH_COMMAND, RANDOM"
    })
    void passesAndGivesTheSameCyclesAgain(Plan plan, Check check, Timing timing) {
        CaseResult result = CaseRun.run(of(plan, check, timing), null);
        Passed passed = assertInstanceOf(Passed.class, result);
        assertTrue(passed.words() > 1000 && passed.cycles() > 1000, passed.toString());
        assertEquals(passed, CaseRun.run(of(plan, check, timing), null));
    }

    @ParameterizedTest
    @CsvSource({"SCRATCHPADS, EACH_COMMAND", "PIPELINED, EACH_PROGRAM", "TILED, EACH_COMMAND"})
    void findsAPlantedBugAndKeepsTheCase(Plan plan, Check check) {
        Case bug = of(plan, check, Timing.FAST, ROUNDING);
        CaseResult result = CaseRun.run(bug, directory.resolve("new/folder"));
        Failed failed = assertInstanceOf(Failed.class, result);
        assertEquals(Kind.MISMATCH, failed.kind(), failed.message());
        Case kept = new CaseFile().read(directory.resolve("new/folder").resolve(CaseRun.FILE));
        assertEquals(bug, kept);
        assertEquals(failed, CaseRun.run(kept, null));
    }

    @Test
    void anAcceleratorThatHangsIsGivenUp() {
        Case hangs = of(
                Plan.PIPELINED,
                Check.EACH_PROGRAM,
                Timing.FAST,
                new Edit("TokenCounters", "counter_1 <= (counter_1 + 8'h01);", "counter_1 <= counter_1;"));
        Failed failed = assertInstanceOf(Failed.class, CaseRun.run(hangs, null));
        assertEquals(Kind.STOPPED, failed.kind(), failed.message());
    }

    @Test
    void verilogThatIsNoneIsAResult() {
        Case broken = of(
                Plan.SCRATCHPADS,
                Check.EACH_COMMAND,
                Timing.FAST,
                new Edit("NeuronLane", "module NeuronLane", "modul NeuronLane"));
        Failed failed = assertInstanceOf(Failed.class, CaseRun.run(broken, null));
        assertEquals(Kind.BUILD, failed.kind(), failed.message());
    }

    @Test
    void anEditWhoseTextDoesNotOccurIsRefused() {
        Case other = of(Plan.SCRATCHPADS, Check.EACH_COMMAND, Timing.FAST, new Edit("NeuronLane", "no such", ""));
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> CaseRun.run(other, directory));
        assertTrue(
                refused.getMessage().contains("edits[0].find: its text does not occur in NeuronLane.v"),
                refused.getMessage());
        assertFalse(Files.exists(directory.resolve(CaseRun.FILE)));
        Case nowhere = of(Plan.SCRATCHPADS, Check.EACH_COMMAND, Timing.FAST, new Edit("NeuronLines", "a", "b"));
        refused = assertThrows(InvalidInputException.class, () -> CaseRun.run(nowhere, null));
        assertTrue(refused.getMessage().contains("tiny has no module NeuronLines"), refused.getMessage());
    }

    /** So that a case can lose samples and updates and keep the rest. */
    @Test
    void aSampleDependsOnItsOwnNumberAlone() {
        List<Sample> many = CaseSamples.minibatch(NETWORK, 5, 1, 8);
        List<Sample> few = CaseSamples.minibatch(NETWORK, 5, 1, 2);
        for (int sample = 0; sample < few.size(); sample++) {
            assertTrue(Arrays.equals(many.get(sample).values(), few.get(sample).values()));
            assertEquals(many.get(sample).label(), few.get(sample).label());
        }
        assertFalse(Arrays.equals(many.get(0).values(), many.get(1).values()));
        assertNotEquals(
                Arrays.toString(many.get(0).values()),
                Arrays.toString(CaseSamples.minibatch(NETWORK, 5, 2, 1).get(0).values()));
    }
}
