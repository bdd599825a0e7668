package h2learn.cosim.build;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The programs a build runs, found on one search path. Safe for use by several threads. */
public final class Toolchain {
    private static final Map<String, String> DEBIAN_PACKAGES = Map.of(
            "verilator",
            "verilator",
            "g++",
            "g++",
            "make",
            "make",
            "yosys",
            "yosys",
            "iverilog",
            "iverilog",
            "vvp",
            "iverilog");

    private final String searchPath;
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    /** @param searchPath directories as in the environment variable PATH */
    public Toolchain(String searchPath) {
        this.searchPath = searchPath;
    }

    /** The tools on this process's PATH. */
    public static Toolchain standard() {
        return new Toolchain(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** Where {@code tool} is. Throws {@link ToolMissingException} when it is nowhere on the search path. */
    public Path require(String tool) {
        return find(tool).orElseThrow(() -> new ToolMissingException(tool, DEBIAN_PACKAGES.getOrDefault(tool, tool)));
    }

    /** Where {@code tool} is, if it is on the search path. */
    public Optional<Path> find(String tool) {
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, tool);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    /** The first line of {@code tool --version}, asked once for each state of the program's file. */
    String version(String tool) throws IOException {
        Path path = require(tool).toRealPath();
        String state = path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path);
        String known = versions.get(state);
        if (known != null) {
            return known;
        }
        Path output = Files.createTempFile("h2learn-version", ".txt");
        try {
            int code = run(output.toAbsolutePath().getParent(), output, List.of(tool, "--version"));
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0 || text.isBlank()) {
                throw new IOException(tool + " --version gave exit code " + code + " and: " + text.strip());
            }
            String line = text.lines().findFirst().orElseThrow();
            versions.put(state, line);
            return line;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Runs a tool to its end, both outputs appended to {@code log}, and gives its exit code. An interrupt ends the tool
     * and its children.
     */
    int run(Path directory, Path log, List<String> command) throws IOException {
        List<String> full = new ArrayList<>(command);
        full.set(0, require(command.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(full)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("PATH", searchPath);
        environment.put("LC_ALL", "C");
        // what a surrounding make, or a shell's settings, would change in ours
        for (String name : List.of("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "CPPFLAGS", "CFLAGS", "CXXFLAGS", "LDFLAGS")) {
            environment.remove(name);
        }
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        }
    }

    /** The first line of {@code tool --version}, for people; says so when there is no such tool. */
    public String versionLine(String tool) {
        return find(tool).isPresent() ? versionUnchecked(tool) : tool + ": not installed";
    }

    /** {@link #version} for callers that cannot do anything about an I/O error. */
    String versionUnchecked(String tool) {
        try {
            return version(tool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
