package h2learn.cosim.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class of the tests in a Java process of its own. */
public final class ChildJava {
    private ChildJava() {}

    /** The command line: a small heap that is there from the beginning, and no file in the folder for temporary ones. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts {@code command}; both outputs go to {@code output}. */
    public static Process start(List<String> command, Path output) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Runs {@code command} to its end and gives what it printed; an exit code other than 0 is an {@link IllegalStateException}. */
    public static String run(List<String> command, Path output) throws IOException, InterruptedException {
        int code = start(command, output).waitFor();
        String text = Files.readString(output);
        if (code != 0) {
            throw new IllegalStateException("exit code " + code + ": " + text);
        }
        return text;
    }
}
