package h2learn.cosim.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Builds model libraries from Verilog, and the native core from its sources, once each: what was built before comes out
 * of the cache. Safe for use by several threads.
 */
public final class VerilatorBuild {
    // Part of every key: to be raised when the way of building changes in a manner the flags do not show.
    private static final String RECIPE = "1";
    private static final List<String> SHIM = List.of("h2_model.h", "h2_print.h", "h2_model.cpp");
    private static final List<String> CORE = List.of(
            "h2_model.h",
            "h2_core.h",
            "h2_random.h",
            "h2_bus.h",
            "h2_axi_check.h",
            "h2_memory.h",
            "h2_replay.h",
            "h2_core.cpp",
            "h2_bus.cpp",
            "h2_axi_check.cpp",
            "h2_memory.cpp",
            "h2_replay.cpp");
    private static final List<String> CORE_FLAGS =
            List.of("-std=c++17", "-O2", "-fPIC", "-fvisibility=hidden", "-fno-gnu-unique", "-shared", "-Wall");
    /** -fno-gnu-unique and hidden symbols let many models live, and be unloaded, in one process. */
    private static final String MODEL_CFLAGS = "-fPIC -fvisibility=hidden -fno-gnu-unique"
            + " -DVL_USER_FINISH -DVL_USER_STOP -DVL_USER_FATAL -include h2_print.h";

    private static final List<String> MODEL_MAKE = List.of("OPT_FAST=-O2", "OPT_SLOW=-O0", "OPT_GLOBAL=-O2");
    // A counter a bit makes several times as much C++: faster to compile is faster in all.
    private static final List<String> COVERAGE_MAKE = List.of("OPT_FAST=-O1", "OPT_SLOW=-O0", "OPT_GLOBAL=-O1");
    // Up to this much generated C++ one compiler run is faster than many.
    private static final long SINGLE_FILE_BYTES = 1 << 20;
    private static final int ERROR_LINES = 8;
    private static final Pattern ERROR =
            Pattern.compile("%Error|\\berror:|undefined reference|cannot find|\\*\\*\\*", Pattern.CASE_INSENSITIVE);

    private final BuildCache cache;
    private final Toolchain tools;
    private final AtomicLong builds = new AtomicLong();

    public VerilatorBuild(BuildCache cache, Toolchain tools) {
        this.cache = cache;
        this.tools = tools;
    }

    /** With the user's cache and the tools on this process's PATH. */
    public static VerilatorBuild standard() {
        return new VerilatorBuild(BuildCache.standard(), Toolchain.standard());
    }

    /**
     * The library of a model. Takes seconds to minutes when it is not in the cache.
     *
     * @throws ToolMissingException if verilator, make, g++ or a library is not installed
     * @throws BuildFailedException if the Verilog is refused
     */
    public Path model(ModelSource source) {
        tools.require("make");
        List<String> verilator = verilatorCommand(source);
        MessageDigest digest = start("model");
        add(digest, tools.versionUnchecked("verilator"));
        add(digest, tools.versionUnchecked("g++"));
        verilator.forEach(flag -> add(digest, flag));
        MODEL_MAKE.forEach(flag -> add(digest, flag));
        add(digest, source.configuration());
        source.files().forEach((name, text) -> {
            add(digest, name);
            add(digest, text);
        });
        SHIM.forEach(name -> add(digest, resource(name)));
        String key = HexFormat.of().formatHex(digest.digest());
        return cache.get(key, directory -> buildModel(key, directory, source, verilator));
    }

    /** The native core, the same for all models. */
    public Path core() {
        MessageDigest digest = start("core");
        add(digest, tools.versionUnchecked("g++"));
        CORE_FLAGS.forEach(flag -> add(digest, flag));
        CORE.forEach(name -> add(digest, resource(name)));
        String key = HexFormat.of().formatHex(digest.digest());
        return cache.get(key, directory -> buildCore(key, directory));
    }

    /** How many libraries this object built, that is, did not find in the cache. */
    public long builds() {
        return builds.get();
    }

    private static List<String> verilatorCommand(ModelSource source) {
        List<String> command = new ArrayList<>(List.of(
                "verilator",
                "--cc",
                "--exe",
                "--prefix",
                "Vtop",
                "--Mdir",
                ".",
                "--top-module",
                source.top(),
                "-Irtl",
                "-Wno-fatal",
                "-Wno-lint",
                "-Wno-style",
                "--no-timing",
                "-O3",
                "--x-assign",
                "unique",
                "--x-initial",
                "unique",
                "--output-split",
                "5000",
                "--output-split-cfuncs",
                "2000"));
        command.add(source.assertions() ? "--assert" : "--noassert");
        command.addAll(source.trace().flags());
        if (source.coverage()) {
            command.add("--coverage");
        }
        command.addAll(
                List.of("-CFLAGS", MODEL_CFLAGS, "-LDFLAGS", "-shared -Wl,-Bsymbolic -Wl,--exclude-libs,ALL", "-o"));
        command.addAll(List.of("libmodel.so", "h2_model.cpp"));
        if (!source.configuration().isEmpty()) {
            command.add("h2_configuration.vlt");
        }
        source.files().keySet().stream()
                .filter(ModelSource::isCompiled)
                .map(name -> "rtl/" + name)
                .forEach(command::add);
        return command;
    }

    private Path buildModel(String key, Path directory, ModelSource source, List<String> verilator) throws IOException {
        builds.incrementAndGet();
        Path rtl = Files.createDirectory(directory.resolve("rtl"));
        for (Map.Entry<String, String> file : source.files().entrySet()) {
            Files.writeString(rtl.resolve(file.getKey()), file.getValue());
        }
        if (!source.configuration().isEmpty()) {
            Files.writeString(
                    directory.resolve("h2_configuration.vlt"), "`verilator_config\n" + source.configuration());
        }
        copyResources(SHIM, directory);
        String what = "building a model of " + source.top();
        run(what, key, directory, verilator);
        String ports = PortHeader.macroLines(Files.readString(directory.resolve("Vtop.h")));
        Files.writeString(directory.resolve("h2_ports.inc"), ports);

        boolean parallel = generatedBytes(directory) > SINGLE_FILE_BYTES;
        List<String> make = new ArrayList<>(List.of("make", "-f", "Vtop.mk"));
        make.add("-j" + Runtime.getRuntime().availableProcessors());
        make.addAll(source.coverage() ? COVERAGE_MAKE : MODEL_MAKE);
        make.add("VM_PARALLEL_BUILDS=" + (parallel ? 1 : 0));
        make.add("CXX=" + tools.require("g++"));
        make.add("LINK=" + tools.require("g++"));
        make.add("OBJCACHE=" + tools.find("ccache").map(Path::toString).orElse(""));
        run(what, key, directory, make);
        return directory.resolve("libmodel.so");
    }

    private Path buildCore(String key, Path directory) throws IOException {
        builds.incrementAndGet();
        copyResources(CORE, directory);
        List<String> command = new ArrayList<>(List.of("g++"));
        command.addAll(CORE_FLAGS);
        command.addAll(List.of("-o", "libh2core.so"));
        CORE.stream().filter(name -> name.endsWith(".cpp")).forEach(command::add);
        command.add("-ldl");
        run("building the native core", key, directory, command);
        return directory.resolve("libh2core.so");
    }

    private void run(String what, String key, Path directory, List<String> command) throws IOException {
        Path log = directory.resolve("log.txt");
        if (tools.run(directory, log, command) == 0) {
            return;
        }
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        if (text.contains("zlib.h: No such file")) {
            throw new ToolMissingException("zlib (for FST waves)", "zlib1g-dev");
        }
        Optional<String> noRoom = BuildCache.noRoom(text);
        if (noRoom.isPresent()) {
            throw new IOException(noRoom.get());
        }
        throw new BuildFailedException(what, firstErrors(text), cache.keepLog(key, log));
    }

    /** The first lines that look like errors; if none does, the last lines. */
    static String firstErrors(String log) {
        List<String> lines = log.lines().toList();
        List<String> errors =
                lines.stream().filter(line -> ERROR.matcher(line).find()).toList();
        return errors.isEmpty()
                ? String.join("\n", lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()))
                : errors.stream().limit(ERROR_LINES).collect(Collectors.joining("\n"));
    }

    private static long generatedBytes(Path directory) throws IOException {
        long total = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "Vtop*.cpp")) {
            for (Path file : files) {
                total += Files.size(file);
            }
        }
        return total;
    }

    private static MessageDigest start(String kind) {
        MessageDigest digest = SealedFile.sha256();
        add(digest, RECIPE);
        add(digest, kind);
        return digest;
    }

    /** With its length, so that two texts never run into each other. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static void copyResources(List<String> names, Path directory) throws IOException {
        for (String name : names) {
            Files.writeString(directory.resolve(name), resource(name));
        }
    }

    private static String resource(String name) {
        try (InputStream in = VerilatorBuild.class.getResourceAsStream("/native/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file native/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
