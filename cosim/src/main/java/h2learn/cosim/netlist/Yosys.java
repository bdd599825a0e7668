package h2learn.cosim.netlist;

import h2learn.cosim.build.Toolchain;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs scripts of Yosys in a folder. Safe for use by several threads. */
public final class Yosys {
    private static final int ERROR_LINES = 3;

    private final Path program;

    /** Throws {@link h2learn.cosim.build.ToolMissingException} when there is none. */
    public Yosys(Toolchain tools) {
        program = tools.require("yosys");
    }

    /** How a script ended. */
    public enum End {
        DONE,
        FAILED,
        /** Stopped, as it took longer than allowed. */
        TOO_LONG
    }

    /** @param output what Yosys printed */
    public record Result(End end, String output) {
        /** Its last error, or its last lines. */
        public String reason() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.stream()
                    .filter(line -> line.startsWith("ERROR"))
                    .reduce((first, last) -> last)
                    .orElseGet(() ->
                            String.join("; ", lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size())));
        }
    }

    /** Throws {@link IllegalStateException} with Yosys' reason when the script fails. */
    public void mustRun(Path folder, String name, String script, Duration limit) {
        Result result = run(folder, name, "-q", script, limit);
        if (result.end() != End.DONE) {
            throw new IllegalStateException("yosys could not run the script " + name + ".ys: "
                    + (result.end() == End.TOO_LONG ? "not done after " + limit : result.reason()));
        }
    }

    /**
     * Writes NAME.ys and runs it; NAME.log gets the output.
     *
     * @param option of Yosys: -q for errors alone, or empty
     */
    public Result run(Path folder, String name, String option, String script, Duration limit) {
        try {
            Path log = folder.resolve(name + ".log");
            Files.writeString(folder.resolve(name + ".ys"), script);
            List<String> command = new ArrayList<>(List.of(program.toString(), "-s", name + ".ys"));
            if (!option.isEmpty()) {
                command.add(1, option);
            }
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                process.destroyForcibly();
                String output = Files.readString(log, StandardCharsets.ISO_8859_1);
                End end = !ended ? End.TOO_LONG : process.exitValue() == 0 ? End.DONE : End.FAILED;
                return new Result(end, output);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while yosys ran");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
