package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
    /** Every command's names from the top, e.g. {@code [config, show]}. */
    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(new CommandLine(new H2learn()), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<String> names, List<List<String>> all) {
        all.add(names);
        line.getSubcommands().forEach((name, sub) -> {
            List<String> below = new ArrayList<>(names);
            below.add(name);
            collect(sub, below, all);
        });
    }

    @Test
    void thereAreTheCommandsThatTheDocsDescribe() {
        List<String> names =
                commands().map(command -> String.join(" ", command)).toList();
        assertEquals(
                List.of(
                        "",
                        "doctor",
                        "config",
                        "config show",
                        "config check",
                        "config list",
                        "network",
                        "network show",
                        "network check",
                        "network list",
                        "generate",
                        "image",
                        "selftest",
                        "train",
                        "cosim",
                        "cosim show",
                        "regress",
                        "regress replay",
                        "regress minimise",
                        "regress merge",
                        "bench",
                        "bench utilisation",
                        "bench step",
                        "bench contract",
                        "bench scaling",
                        "bench cosim",
                        "bench area",
                        "mutate",
                        "coverage",
                        "synth",
                        "report",
                        "import",
                        "export",
                        "inspect"),
                names);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpNamesEveryOptionWithADescriptionAnExampleAndTheExitCodes(List<String> command) {
        CommandLine line = new CommandLine(new H2learn());
        for (String name : command) {
            line = line.getSubcommands().get(name);
        }
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        String help = Outcome.of(arguments.toArray(String[]::new)).good();
        for (OptionSpec option : line.getCommandSpec().options()) {
            String name = option.negatable() ? option.longestName().replace("--", "--[no-]") : option.longestName();
            assertTrue(help.contains(name), name + " is not in\n" + help);
            assertFalse(String.join("", option.description()).isBlank(), option.longestName());
        }
        assertTrue(help.contains("Examples:\n  h2learn "), help);
        assertTrue(help.contains("Exit codes:"), help);
        for (String meaning : ExitCode.meanings().values()) {
            assertTrue(help.replaceAll("\\s+", " ").contains(meaning), help);
        }
        assertFalse(help.contains("${"), help);
    }

    @Test
    void printsTheVersion() {
        assertTrue(Outcome.of("--version").good().matches("h2learn \\d+\\.\\d+\\.\\d+\\R"));
        assertEquals(
                Outcome.of("--version").good(), Outcome.of("train", "--version").good());
    }
}
