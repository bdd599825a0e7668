package h2learn.cosim.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.cases.CaseRun;
import h2learn.cosim.cases.CaseSamples;
import h2learn.cosim.lockstep.Mismatch;
import h2learn.network.NetworkReader;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureFolderTest {
    @TempDir
    private Path directory;

    private static Case through(Plan plan, Case of) {
        return new Case(
                of.id(),
                of.config(),
                of.network(),
                plan,
                of.check(),
                of.samples(),
                of.updates(),
                of.seed(),
                of.timing(),
                of.edits());
    }

    private static final Case BUG = through(Plan.SCRATCHPADS, PlantedBugs.rounding());

    @Test
    void holdsEverythingAboutAFailure() throws IOException {
        Path folder = directory.resolve("failure");
        Failed failed = assertInstanceOf(Failed.class, FailureFolder.run(BUG, folder, 300));
        assertFalse(Files.exists(folder.resolve("second-run.txt")), "the second run fails in the same cycle");
        assertEquals(BUG, new CaseFile().read(folder.resolve(CaseRun.FILE)));
        assertEquals(
                BUG.config(),
                new ConfigReader().read(folder.resolve("config.yaml").toString()));
        assertEquals(
                BUG.network(),
                new NetworkReader().read(folder.resolve("network.yaml").toString()));
        NpyArray inputs = Npy.read(folder.resolve("inputs.npy"));
        assertTrue(inputs.hasShape(BUG.updates(), BUG.samples(), 9), inputs.toString());
        int[] first =
                CaseSamples.minibatch(BUG.network(), BUG.seed(), 0, 1).get(0).values();
        assertEquals(
                Arrays.stream(first).asLongStream().boxed().toList(),
                Arrays.stream(inputs.integers(), 0, first.length).boxed().toList());
        assertTrue(Files.readString(folder.resolve("versions.txt")).contains("\nVerilator "));
        assertTrue(Files.size(folder.resolve("waves.fst")) > 200, "waves");
        assertTrue(Files.isExecutable(folder.resolve("replay.sh")));

        Mismatch mismatch = failed.mismatch();
        assertNotNull(mismatch);
        NpyArray golden = Npy.read(folder.resolve("golden.npy"));
        NpyArray simulated = Npy.read(folder.resolve("rtl.npy"));
        int channels = golden.shape()[4];
        int at = (mismatch.sample() * BUG.network().steps() + mismatch.step()) * channels + mismatch.channel();
        assertEquals(mismatch.expected(), golden.integers()[at]);
        assertEquals(mismatch.got(), simulated.integers()[at]);
        List<String> shown = FailureView.lines(folder);
        assertEquals(mismatch.describe(), shown.get(0));
        assertTrue(
                shown.stream().anyMatch(line -> line.matches(" +" + mismatch.step() + " .*[1-9#].*")),
                shown.toString());
        assertTrue(Files.readString(folder.resolve("heatmap.svg")).startsWith("<svg "));
    }

    /** Whichever way tensors go, the texts differ in words alone, and first in what was compared last. */
    @Test
    void bothSidesTellTheSameInTheSameWords() throws IOException {
        for (Plan plan : List.of(Plan.SCRATCHPADS, Plan.TILED)) {
            Path folder = directory.resolve(plan.name());
            assertInstanceOf(Failed.class, FailureFolder.run(through(plan, BUG), folder, 0));
            List<String> golden = Files.readAllLines(folder.resolve(TextTrace.GOLDEN));
            List<String> simulated = Files.readAllLines(folder.resolve(TextTrace.SIMULATED));
            assertEquals(golden.size(), simulated.size());
            List<String> different = new ArrayList<>();
            for (int line = 0; line < golden.size(); line++) {
                if (!golden.get(line).equals(simulated.get(line))) {
                    different.add(golden.get(line));
                    assertEquals(
                            golden.get(line).replaceFirst(" .*", ""),
                            simulated.get(line).replaceFirst(" .*", ""));
                }
            }
            assertFalse(different.isEmpty());
            assertTrue(different.stream().allMatch(line -> line.matches("[A-Z_]+\\[\\d+\\] [0-9A-F]{8}")));
            List<String> commands = Files.readAllLines(folder.resolve(TextTrace.COMMANDS));
            assertEquals(
                    commands,
                    golden.stream().filter(line -> line.startsWith("command ")).toList());
            assertTrue(commands.stream().anyMatch(line -> line.matches("command \\d+: NEURON .*")));
        }
    }

    @Test
    void aCaseThatPassesLeavesNothing() {
        Path folder = directory.resolve("passes");
        assertInstanceOf(Passed.class, FailureFolder.run(BUG.withEdits(List.of()), folder, 0));
        assertFalse(Files.exists(folder));
    }

    @Test
    void leavesOtherFoldersAlone() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("precious"), "text");
        assertThrows(InvalidInputException.class, () -> FailureFolder.run(BUG, other, 0));
        assertEquals("text", Files.readString(other.resolve("precious")));
        assertThrows(InvalidInputException.class, () -> FailureView.lines(other));
    }
}
