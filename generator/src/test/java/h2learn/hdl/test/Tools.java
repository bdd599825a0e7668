package h2learn.hdl.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the external Verilog tools that the tests need. */
public final class Tools {
    private Tools() {}

    /** An exit status with standard output and error in one text. */
    public record Result(int status, String output) {}

    /** Fails, rather than skips, when the tool is missing: a check that does not run proves nothing. */
    public static Result run(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new AssertionError(
                    "cannot run '" + command.get(0)
                            + "': install it (Debian: iverilog, verilator, gcc) to run these tests",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
