package h2learn.cosim.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFileTest {
    private static final int CASES = 300;

    @TempDir
    private Path directory;

    /** Verilog, and whatever YAML takes for something else. */
    private static final List<String> PIECES = List.of(
            "assign x = y;",
            "\n",
            "  ",
            "\t",
            ": ",
            "# ",
            "'",
            "\"",
            "\\",
            "- ",
            "&",
            "*",
            "|",
            ">",
            "{",
            "}",
            "[",
            "]",
            "%",
            "@",
            "`ifdef A",
            "1'b0",
            "0x10",
            "true",
            "null",
            "~",
            "é",
            "1e3",
            "---",
            "\r\n",
            ",",
            "?",
            "!");

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder(pick(random, PIECES));
        for (int more = random.nextInt(6); more > 0; more--) {
            text.append(pick(random, PIECES));
        }
        return text.toString();
    }

    private static Case draw(Random random) {
        ConfigReader configs = new ConfigReader();
        NetworkReader networks = new NetworkReader();
        while (true) {
            AcceleratorConfig config = configs.read(pick(random, configs.names()));
            Network network = networks.read(pick(random, networks.names()));
            if (NetworkCheck.problems(network, config).isEmpty()) {
                List<Edit> edits = new ArrayList<>();
                for (int count = random.nextInt(3); count > 0; count--) {
                    edits.add(new Edit(text(random), text(random), random.nextBoolean() ? text(random) : ""));
                }
                return new Case(
                        text(random),
                        config,
                        network,
                        pick(random, List.of(Plan.values())),
                        pick(random, List.of(Check.values())),
                        1 + random.nextInt(65536),
                        1 + random.nextInt(65536),
                        random.nextBoolean() ? random.nextLong() : random.nextInt(3) - 1,
                        pick(random, List.of(Timing.values())),
                        edits);
            }
        }
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(1);
        CaseFile reader = new CaseFile();
        Path file = directory.resolve("case.yaml");
        for (int index = 0; index < CASES; index++) {
            Case written = draw(random);
            CaseFile.write(file, written);
            Case read = reader.read(file);
            assertEquals(written, read, () -> CaseFile.toYaml(written));
            assertEquals(CaseFile.toYaml(written), CaseFile.toYaml(read));
        }
    }

    @Test
    void namesAllProblemsAtOnce() throws IOException {
        String good = CaseFile.toYaml(draw(new Random(2)));
        String bad = good.replaceFirst("plan: \\w+", "plan: quick")
                .replaceFirst("samples: \\d+", "samples: 0\nsampels: 3")
                .replaceFirst("lanes: \\d+", "lanes: 5")
                .replaceFirst("steps: \\d+\n(?!.*points)", "steps: many\n")
                .replaceFirst("(?m)^edits:.*(?s).*", "edits:\n- module: A\n  replace: b\n");
        Path file = Files.writeString(directory.resolve("bad.yaml"), bad);
        List<String> problems = assertThrows(InvalidInputException.class, () -> new CaseFile().read(file))
                .problems();
        for (String expected : List.of(
                "config.lanes: 5 is not a power of two",
                "plan: \"quick\" is not one of scratchpads, pipelined or tiled",
                "samples: 0 is out of range",
                "sampels: is an unknown key; did you mean samples?",
                "edits[0].find: is missing")) {
            assertTrue(
                    problems.stream().anyMatch(problem -> problem.startsWith(file + ": " + expected)),
                    () -> expected + " is not among " + problems);
        }
    }

    @Test
    void refusesANetworkThatTheConfigCannotCompute() throws IOException {
        Case drawn = new Case(
                "steps",
                new ConfigReader().read("tiny"),
                new NetworkReader().read("tiny-mlp"),
                Plan.TILED,
                Check.EACH_PROGRAM,
                1,
                1,
                1,
                Timing.FAST,
                List.of());
        String text = CaseFile.toYaml(drawn).replaceFirst("\n  steps: 4\n", "\n  steps: 9\n");
        Path file = Files.writeString(directory.resolve("steps.yaml"), text);
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> new CaseFile().read(file));
        assertEquals(1, refused.problems().size(), refused.getMessage());
        assertTrue(
                refused.getMessage()
                        .startsWith(file + ": network.steps: 9 is more than the accelerator's limits.steps"),
                refused.getMessage());
    }

    @Test
    void saysThatThereIsNoFile() {
        Path file = directory.resolve("none.yaml");
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> new CaseFile().read(file));
        assertEquals(file + ": no such file; give the path of a YAML file", refused.getMessage());
    }
}
