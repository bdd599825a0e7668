package h2learn.cosim.board;

import h2learn.config.AcceleratorConfig;
import h2learn.emit.Products;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Compiles the C driver of a config, as {@code generate} gives it out, with a test's own file. */
final class DriverLibrary {
    private DriverLibrary() {}

    /** A shared library with {@code driver_shim.c}. */
    static Path library(AcceleratorConfig config, Path folder) throws IOException {
        return compile(config, folder, "driver_shim.c", "libdriver.so", List.of("-O2", "-fPIC", "-shared"));
    }

    /** A program whose every wrong access and overflow ends it. */
    static Path program(AcceleratorConfig config, Path folder, String source) throws IOException {
        List<String> flags = List.of("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");
        return compile(config, folder, source, "program", flags);
    }

    private static Path compile(AcceleratorConfig config, Path folder, String source, String result, List<String> flags)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic"));
        command.addAll(flags);
        command.addAll(List.of("-Iinclude", "-Idriver", "-o", result, source));
        for (Map.Entry<String, String> file : Products.driver(config).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".c")) {
                command.add(file.getKey());
            }
        }
        try (InputStream text = DriverLibrary.class.getResourceAsStream("/native/" + source)) {
            if (text == null) {
                throw new IllegalStateException("no test file " + source);
            }
            Files.write(folder.resolve(source), text.readAllBytes());
        }
        String output = run(folder, command);
        if (!output.isEmpty()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return folder.resolve(result);
    }

    /** What a program writes. Throws {@link IllegalStateException} with it when the program fails. */
    static String run(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return output;
    }
}
