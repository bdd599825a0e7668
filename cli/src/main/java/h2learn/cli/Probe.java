package h2learn.cli;

import h2learn.cosim.build.Toolchain;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for programs on the search path and asks them for their version. */
final class Probe {
    /** A program that answers nothing in this time counts as found, of unknown version. */
    private static final long PATIENCE_SECONDS = 20;

    private static final Pattern VERSION = Pattern.compile("(?<![\\w.])(\\d+(?:\\.\\d+)+(?:[-+][\\w.+]*)?)");

    private final Toolchain tools;

    Probe(Toolchain tools) {
        this.tools = tools;
    }

    /** The version of {@code program} when it is there; {@code unknown} when it is but does not say. */
    Optional<String> version(String program, String... arguments) {
        return tools.find(program).map(path -> versionIn(output(path, arguments)));
    }

    /** The version of zlib's headers, as the C++ compiler finds them; empty when it does not, or there is none. */
    Optional<String> zlib() {
        Pattern macro = Pattern.compile("#define ZLIB_VERSION \"([^\"]+)\"");
        return tools.find("g++")
                .map(path -> output(path, "-x", "c++", "-E", "-dM", "-include", "zlib.h", "/dev/null"))
                .map(macro::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    private static String versionIn(String text) {
        Matcher matcher = VERSION.matcher(text);
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    private static String output(Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("h2learn-probe", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                return Files.readString(output, StandardCharsets.ISO_8859_1);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (IOException e) {
            return "";
        }
    }
}
