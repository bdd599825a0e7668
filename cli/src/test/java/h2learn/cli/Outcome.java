package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one run of the command printed, and its exit code. */
record Outcome(int code, String out, String err) {
    private static final long PATIENCE_SECONDS = 300;

    /** Runs the command in this process. */
    static Outcome of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = H2learn.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** The command line of the command as a process of its own. */
    static List<String> processCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                H2learn.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command line as a process of its own, with further environment variables, in a folder. */
    static Outcome ofProcess(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("h2learn-test", ".out");
        Path err = Files.createTempFile("h2learn-test", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running: " + command);
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The run went well; gives what it printed. */
    String good() {
        assertEquals(ExitCode.OK, code, err);
        return out;
    }

    /** The run was refused with exit code 2 and sentences that contain {@code parts}, without a stack trace. */
    void refused(String... parts) {
        assertEquals(ExitCode.BAD_INPUT, code, err);
        for (String part : parts) {
            assertTrue(err.contains(part), "'" + part + "' is not in: " + err);
        }
        noStackTrace();
        assertTrue(err.startsWith("h2learn: "), err);
    }

    void noStackTrace() {
        assertFalse(err.contains("\tat "), err);
        assertFalse(err.contains("Exception"), err);
        assertFalse(err.contains("internal error"), err);
    }

    /** The value of a line {@code key: value} of the output. */
    String value(String key) {
        return out.lines()
                .filter(line -> line.startsWith(key + ": "))
                .map(line -> line.substring(key.length() + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line '" + key + ":' in\n" + out + err));
    }
}
