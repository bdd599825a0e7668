package h2learn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static final String HEAD = "name: mine\ndescription: Mine.\n";

    @TempDir
    private Path folder;

    @Test
    void fillsInTheseDefaults() throws IOException {
        assertEquals(
                new AcceleratorConfig(
                        "mine",
                        "Mine.",
                        8,
                        new Lut(4, 1),
                        new Forward(Pe.LUT),
                        new Backward(2, Sparsity.DUAL),
                        new Formats(8, 6, 16, 14, 16, 8, 32),
                        new Limits(16, 16, 256, 8),
                        new Memories(1024, 8192, 2048, 512),
                        new Options(false, false, false, false, Leak.MULTIPLIER, false, false, false),
                        Target.GENERIC),
                read(HEAD + "lanes: 8\n"));
    }

    @Test
    void mapsEveryKey() throws IOException {
        String yaml =
                """
                name: explicit
                description: Every key.
                lanes: 32
                lut: {inputs: 5, readPorts: 1}
                forward: {pe: adder}
                backward: {lanes: 4, sparsity: output}
                formats: {weightBits: 9, weightFractionBits: 7, masterBits: 16, masterFractionBits: 13,
                  potentialBits: 16, gradientBits: 10, accumulatorBits: 28}
                limits: {samples: 3, steps: 5, points: 7, inputPlanes: 11}
                memories: {weightBlocks: 64, spikeWords: 128, traceWords: 256, gradientSumWords: 32}
                options: {softReset: true, noReset: false, detachReset: true, triangle: false, alpha: shift,
                  momentum: true, weightDecay: false, stochasticRounding: true}
                target: ecp5
                """;
        assertEquals(
                new AcceleratorConfig(
                        "explicit",
                        "Every key.",
                        32,
                        new Lut(5, 1),
                        new Forward(Pe.ADDER),
                        new Backward(4, Sparsity.OUTPUT),
                        new Formats(9, 7, 16, 13, 16, 10, 28),
                        new Limits(3, 5, 7, 11),
                        new Memories(64, 128, 256, 32),
                        new Options(true, false, true, false, Leak.SHIFT, true, false, true),
                        Target.ECP5),
                read(yaml));
    }

    @Test
    void eachOptionHasItsKey() throws IOException {
        assertEquals(Options.none(), read(HEAD + "lanes: 8\n").options());
        assertEquals(new Options(true, false, false, false, Leak.MULTIPLIER, false, false, false), with("softReset"));
        assertEquals(new Options(false, true, false, false, Leak.MULTIPLIER, false, false, false), with("noReset"));
        assertEquals(new Options(false, false, true, false, Leak.MULTIPLIER, false, false, false), with("detachReset"));
        assertEquals(new Options(false, false, false, true, Leak.MULTIPLIER, false, false, false), with("triangle"));
        assertEquals(new Options(false, false, false, false, Leak.MULTIPLIER, true, false, false), with("momentum"));
        assertEquals(new Options(false, false, false, false, Leak.MULTIPLIER, false, true, false), with("weightDecay"));
        assertEquals(
                new Options(false, false, false, false, Leak.MULTIPLIER, false, false, true),
                with("stochasticRounding"));
    }

    private Options with(String key) throws IOException {
        return read(HEAD + "lanes: 8\noptions: {" + key + ": true}\n").options();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "wide"})
    void namedConfigsAreSoundAndSayWhatTheyAreFor(String name) {
        AcceleratorConfig config = new ConfigReader().read(name);
        assertEquals(name, config.name());
        assertTrue(config.description().length() > 40);
    }

    @Test
    void listsTheNamedConfigs() {
        assertEquals(List.of("tiny", "base", "wide"), new ConfigReader().names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            lanes: 12 | lanes: 12 is not a power of two; use 4, 8, 16, 32 or 64
            lanes: 128 | lanes: 128 is out of range; use 4, 8, 16, 32 or 64
            lanes: 2 | lanes: 2 is out of range; use 4, 8, 16, 32 or 64
            lanes: many | lanes: "many" is not a whole number; give the number of lanes: 4, 8, 16, 32 or 64
            lanse: 8 | lanse: is an unknown key; did you mean lanes?
            lut: {inputs: 9} | lut.inputs: 9 is out of range; use 2 to 8
            lut: {input: 4} | lut.input: is an unknown key; did you mean inputs?
            lut: 4 | lut: 4 is not a group of keys; give lut.inputs and lut.readPorts
            lut: {readPorts: 2} | lut.readPorts: 2 asks for more than one port; more than one port is not built yet; use 1
            lut: {readPorts: 0} | lut.readPorts: 0 is out of range; use 1
            backward: {lanes: 3} | backward.lanes: 3 is not a power of two; use 1, 2, 4 and so on up to lanes
            backward: {lanes: 16} | backward.lanes: 16 is more than the 8 lanes; use a power of two up to 8
            backward: {sparsity: Dual} | backward.sparsity: "Dual" is not one of dual, input, output or none; give which zeros are skipped: dual, input, output or none
            formats: {weightBits: 3} | formats.weightBits: 3 is out of range; give the bits of an engine weight, 4 to 16
            formats: {masterFractionBits: 5} | formats.masterFractionBits: 5 is less than formats.weightFractionBits; use 6 to 24
            formats: {masterBits: 15} | formats.masterBits: 15 is out of range; use 16
            formats: {potentialBits: 8} | formats.potentialBits: 8 is out of range; use 16
            formats: {gradientBits: 1.0e+400} | formats.gradientBits: Infinity is not a finite number; write a number
            limits: {points: 0} | limits.points: 0 is out of range; give the points of a forward tile, 1 to 65536
            memories: {traceWords: 1000} | memories.traceWords: 1000 is not a power of two; use 512 or 1024
            memories: {spikeWords: -8} | memories.spikeWords: -8 is not a power of two; use 2 or 4
            options: {momentum: 0.9} | options.momentum: 0.9 is not true or false; give whether training.momentum may be above 0: true or false
            options: {alpha: lut} | options.alpha: "lut" is not one of multiplier or shift; give multiplier (any alpha) or shift (powers of two only)
            options: {softreset: true} | options.softreset: is an unknown key; did you mean softReset?
            target: fpga | target: "fpga" is not one of generic, xilinx, ecp5, ice40 or asic; give the memory style: generic, xilinx, ecp5, ice40 or asic
            """)
    void namesWhatIsWrongWhereAndHowToMendIt(String line, String problem) throws IOException {
        String lanes = line.startsWith("lanes") ? "" : "lanes: 8\n";
        Path file = write(HEAD + lanes + line + "\n");
        InvalidInputException refusal = refusal(file);
        assertEquals(List.of(file + ": " + problem), refusal.problems());
    }

    @Test
    void reportsAllProblemsAtOnce() throws IOException {
        Path file = write(
                """
                name: Bad Name
                lanes: 12
                lut: {inputs: 1, ports: 1}
                backward: {lanes: 5, sparsity: all}
                formats: {weightBits: 40, masterFractionBits: 2}
                memories: {weightBlocks: 3}
                colour: blue
                """);
        List<String> problems = refusal(file).problems();
        for (String path : List.of(
                "name",
                "description",
                "lanes",
                "lut.inputs",
                "lut.ports",
                "backward.lanes",
                "backward.sparsity",
                "formats.weightBits",
                "formats.masterFractionBits",
                "memories.weightBlocks",
                "colour")) {
            assertEquals(
                    1,
                    problems.stream()
                            .filter(problem -> problem.startsWith(file + ": " + path + ":"))
                            .count(),
                    path + " in " + problems);
        }
        assertEquals(11, problems.size(), problems.toString());
        assertEquals(String.join("\n", problems), refusal(file).getMessage());
    }

    @Test
    void namesTheLineThatIsNoYaml() throws IOException {
        Path file = write(HEAD + "lanes: [8\n");
        assertTrue(refusal(file).problems().get(0).startsWith(file + ": line "));
        Path noNumber = write(HEAD + "lanes: .nan\n");
        assertEquals(
                noNumber + ": line 3: not readable as YAML: Malformed numeric value '.nan'",
                refusal(noNumber).getMessage());
    }

    @Test
    void refusesAKeyThatIsThereTwice() throws IOException {
        Path file = write(HEAD + "lanes: 8\nlanes: 16\n");
        String problem = refusal(file).problems().get(0);
        assertTrue(problem.contains("line 4") && problem.contains("lanes"), problem);
    }

    @Test
    void refusesAnEmptyFileAndAMissingOne() throws IOException {
        Path file = write("");
        assertEquals(
                file + ": holds no keys; write key: value lines", refusal(file).getMessage());
        assertEquals(
                "huge: neither a named document (tiny, base, wide) nor a file",
                assertThrows(InvalidInputException.class, () -> new ConfigReader().read("huge"))
                        .getMessage());
    }

    private InvalidInputException refusal(Path file) {
        return assertThrows(InvalidInputException.class, () -> new ConfigReader().read(file.toString()));
    }

    private AcceleratorConfig read(String yaml) throws IOException {
        return new ConfigReader().read(write(yaml).toString());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), yaml);
    }
}
