package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.model.Parameters;
import h2learn.model.exchange.WeightFile;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of bad input: exit code 2 and sentences that say what, where and how to mend it, never a stack trace. */
class BadInputTest {
    @TempDir
    private Path folder;

    @Test
    void unknownCommandsAndOptions() {
        Outcome.of("trian").refused("Unmatched argument at index 0: 'trian'", "train", "--help");
        Outcome.of().refused("a command is missing", "train");
        Outcome.of("config").refused("a command is missing: show, check or list");
        Outcome.of("network").refused("a command is missing: show, check or list");
        Outcome.of("train", "--network", "tiny-mlp", "--sampels", "3")
                .refused("--sampels", "Try: h2learn train --help");
        Outcome.of("train").refused("Missing required option: '--network=NAME|FILE'");
        Outcome.of("cosim", "--network", "tiny-mlp").refused("--config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1.5", "", "99999999999999999999"})
    void badSeeds(String seed) {
        Outcome.of("train", "--network", "tiny-mlp", "--seed", seed).refused("--seed", "'" + seed + "'");
    }

    @Test
    void numbersThatAreTooSmallOrTooLarge() {
        train("--samples", "0").refused("--samples: 0 is too small; use at least 1");
        train("--epochs", "-1").refused("--epochs: -1 is too small; use at least 1");
        train("--threads", "0").refused("--threads: 0 is too small; use at least 1");
        train("--test-samples", "-2").refused("--test-samples: -2 is too small; use at least 0");
        train("--samples", "1000000").refused("--samples: 1000000 is more than the ", "use at most ");
        train("--engine", "gpu").refused("--engine", "'gpu'", "FIXED");
        Outcome.of("cosim", "--network", "tiny-mlp", "--config", "tiny", "--stalls", "1")
                .refused("--stalls: 1.0 is no chance; use 0 to 0.99");
        Outcome.of("cosim", "--network", "tiny-mlp", "--config", "tiny", "--stalls", "NaN")
                .refused("--stalls: NaN is no chance");
        Outcome.of("cosim", "--network", "tiny-mlp", "--config", "tiny", "--samples", "1", "--minibatches", "1")
                .refused("--samples", "--minibatches", "mutually exclusive");
    }

    @Test
    void allProblemsOfAConfigAtOnce() throws IOException {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, "name: bad\ndescription: Bad.\nlanes: 12\nlaness: 4\nlut: {inputs: 9}\n");
        for (List<String> command : List.of(
                List.of("config", "check", file.toString()),
                List.of("config", "show", file.toString()),
                List.of(
                        "generate",
                        "--config",
                        file.toString(),
                        "--out",
                        folder.resolve("o").toString()),
                List.of("train", "--network", "tiny-mlp", "--config", file.toString()),
                List.of("cosim", "--network", "tiny-mlp", "--config", file.toString()))) {
            Outcome.of(command.toArray(String[]::new))
                    .refused(
                            file + ": lanes: 12 is not a power of two; use 4, 8, 16, 32 or 64",
                            file + ": laness",
                            file + ": lut.inputs");
        }
        assertFalse(Files.exists(folder.resolve("o")));
    }

    @Test
    void checksGoOnToTheNextFile() throws IOException {
        Path one = Files.writeString(folder.resolve("one.yaml"), "name: one\ndescription: One.\nlanes: 12\n");
        Path two = Files.writeString(folder.resolve("two.yaml"), "name: two\ndescription: Two.\nlanes: 3\n");
        Outcome outcome = Outcome.of("config", "check", one.toString(), "base", two.toString());
        outcome.refused(one + ": lanes: 12", two + ": lanes: 3");
        assertTrue(outcome.out().startsWith("base: good, hash "), outcome.out());
    }

    @Test
    void namesThatAreNeitherADocumentNorAFile() {
        Outcome.of("generate", "--config", "huge").refused("huge: neither a named document (tiny, base, wide");
        Outcome.of("network", "show", "nets/none.yaml").refused("nets/none.yaml", "nor a file");
        train("--config", folder.toString()).refused(folder + ": cannot be read: Is a directory");
    }

    @Test
    void aNetworkThatDoesNotFit() {
        Outcome.of("cosim", "--network", "fashion-mlp", "--config", "tiny")
                .refused("network fashion-mlp does not fit config tiny", "spike words of layer 0 forward are needed");
        Outcome.of("config", "check", "tiny", "--network", "fashion-mlp").refused("weight blocks are needed");
        Outcome.of("network", "check", "fashion-mlp", "--config", "tiny").refused("weight blocks are needed");
    }

    @Test
    void missingAndTruncatedData() throws IOException {
        train("--data", folder.resolve("nowhere").toString())
                .refused("nowhere/train-images-idx3-ubyte: no such file; give the folder of the data set's IDX files");
        ByteBuffer header = ByteBuffer.allocate(16 + 28 * 28);
        header.putInt(0x803).putInt(2).putInt(28).putInt(28);
        Files.write(folder.resolve("train-images-idx3-ubyte"), header.array());
        train("--data", folder.toString())
                .refused("train-images-idx3-ubyte: is truncated: 784 of 1568 bytes are there; fetch it again");
    }

    @Test
    void weightFiles() throws IOException {
        Network network = new NetworkReader().read("tiny-mlp");
        Path file = folder.resolve("w.npz");
        train("--weights", file.toString()).refused(file.toString());
        Files.writeString(file, "no zip");
        train("--weights", file.toString()).refused(file.toString());
        Parameters weights = Parameters.initial(network, 1);
        weights.weight(0)[7] = Double.NaN;
        Path nan = nanFile(weights);
        train("--weights", nan.toString()).refused(nan + ": layer1.weight", "NaN");
        Path other = folder.resolve("other.npz");
        Network wide = new NetworkReader().read("fashion-mlp");
        WeightFile.write(other, wide, Parameters.initial(wide, 1));
        train("--weights", other.toString()).refused(other + ": layer1.weight", "layer2.weight");
    }

    private Path nanFile(Parameters weights) {
        Path file = folder.resolve("nan.npz");
        WeightFile.write(file, new NetworkReader().read("tiny-mlp"), weights);
        return file;
    }

    @Test
    void placesThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        String below = file.resolve("out").toString();
        Outcome.of("generate", "--config", "tiny", "--out", below).refused(below, file + " is no folder");
        Outcome.of("generate", "--config", "tiny", "--out", file.toString()).refused(file.toString());
        train("--dump", below).refused(below, file + " is no folder");
        train("--save", below).refused(below, file + " is no folder");
        train("--save", "/proc/weights.npz").refused("/proc/weights.npz: cannot be written, since ");
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.writeString(theirs.resolve("manifest.json"), "mine");
        Outcome.of("generate", "--config", "tiny", "--out", theirs.toString())
                .refused(theirs.toString(), "manifest.json");
        train("--dump", theirs.toString())
                .refused(theirs + ": cannot be written, since it holds files but no tensors.json");
        assertEquals("mine", Files.readString(file));
        assertEquals("mine", Files.readString(theirs.resolve("manifest.json")));
    }

    @Test
    void optionsThatDoNotGoTogether() {
        train("--lockstep").refused("--lockstep: compares the Verilog with the integer model; use --engine rtl");
        train("--engine", "rtl", "--dump", folder.resolve("d").toString()).refused("--dump", "add --lockstep");
    }

    @Test
    void noVerilatorOnThePath() throws IOException, InterruptedException {
        for (String tool : List.of("g++", "make")) {
            Files.createSymbolicLink(folder.resolve(tool), Path.of("/usr/bin", tool));
        }
        Map<String, String> environment = Map.of(
                "PATH",
                folder.toString(),
                "H2LEARN_CACHE",
                folder.resolve("cache").toString());
        for (List<String> command : List.of(
                Outcome.processCommand("cosim", "--network", "tiny-mlp", "--config", "tiny"),
                Outcome.processCommand(
                        "train", "--network", "tiny-mlp", "--config", "tiny", "--engine", "rtl", "--samples", "1"))) {
            Outcome.ofProcess(folder, environment, command)
                    .refused("verilator is needed", "was not found; on Debian type: sudo apt-get install verilator");
        }
    }

    @Test
    void doctorSaysWhatToType() throws IOException, InterruptedException {
        Outcome outcome =
                Outcome.ofProcess(folder, Map.of("PATH", folder.toString()), Outcome.processCommand("doctor"));
        outcome.refused("missing: mvn, verilator, g++, make");
        assertTrue(
                outcome.out()
                        .contains(
                                "apt-get install -y --no-install-recommends maven verilator g++ make ccache zlib1g-dev"
                                        + " yosys z3 iverilog"),
                outcome.out());
    }

    @Test
    void stackTracesOnlyWhenAskedFor() {
        Outcome plain = Outcome.of("config", "show", "none");
        Outcome debug = Outcome.of("config", "show", "none", "--debug");
        plain.noStackTrace();
        assertEquals(ExitCode.BAD_INPUT, debug.code());
        assertTrue(debug.err().contains("\tat h2learn."), debug.err());
    }

    private static Outcome train(String... options) {
        List<String> arguments = new ArrayList<>(List.of("train", "--network", "tiny-mlp"));
        arguments.addAll(Arrays.asList(options));
        return Outcome.of(arguments.toArray(String[]::new));
    }
}
