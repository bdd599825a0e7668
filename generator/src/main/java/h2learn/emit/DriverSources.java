package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The driver in C: the same sources for every configuration but for the header that they include. */
final class DriverSources {
    private static final List<String> FILES = List.of(
            "h2learn.h",
            "h2learn_private.h",
            "h2learn.c",
            "h2learn_image.c",
            "h2learn_read.c",
            "h2learn_test.c",
            "h2learn_text.c");

    /** Stands in the sources where the configuration's name belongs. */
    private static final String NAME = "@NAME@";

    private DriverSources() {}

    /** File name to text. */
    static SortedMap<String, String> of(AcceleratorConfig config) {
        String header = AcceleratorVerilog.comments(config, "/* ", " */");
        SortedMap<String, String> sources = new TreeMap<>();
        for (String file : FILES) {
            sources.put(file, header + resource(file).replace(NAME, Product.identifier(config)));
        }
        return sources;
    }

    private static String resource(String file) {
        try (InputStream stream = DriverSources.class.getResourceAsStream("driver/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the program's own file driver/" + file + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
