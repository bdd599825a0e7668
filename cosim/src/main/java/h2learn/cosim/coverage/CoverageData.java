package h2learn.cosim.coverage;

import h2learn.cosim.coverage.CoveragePoint.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each point was used, over any number of runs.
 *
 * @param counts by point
 */
public record CoverageData(SortedMap<CoveragePoint, Long> counts) {
    private static final String HEADER = "# SystemC::Coverage";

    public CoverageData {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** No point at all. */
    public static CoverageData empty() {
        return new CoverageData(new TreeMap<>());
    }

    /**
     * Reads a file that a model wrote, or that verilator_coverage merged.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static CoverageData read(Path file) {
        SortedMap<CoveragePoint, Long> counts = new TreeMap<>();
        try {
            // Each field begins with a control character, and so are bytes, not characters of a language.
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("C ")) {
                    int end = line.lastIndexOf('\'');
                    CoveragePoint point = point(fields(line.substring(3, end)));
                    if (point != null) {
                        counts.merge(
                                point, Long.parseLong(line.substring(end + 1).strip()), Long::sum);
                    }
                } else if (!line.startsWith(HEADER) && !line.isBlank()) {
                    throw new IllegalArgumentException(file + " holds no coverage: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CoverageData(counts);
    }

    /** Key and value, each after its control character. */
    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("\u0001", -1)) {
            int middle = field.indexOf('\u0002');
            if (middle > 0) {
                fields.put(field.substring(0, middle), field.substring(middle + 1));
            }
        }
        return fields;
    }

    private static @Nullable CoveragePoint point(Map<String, String> fields) {
        String page = fields.getOrDefault("page", "");
        int slash = page.indexOf('/');
        Kind kind =
                switch (slash < 0 ? "" : page.substring(0, slash)) {
                    case "v_line" -> Kind.LINE;
                    case "v_branch" -> Kind.BRANCH;
                    case "v_toggle" -> Kind.TOGGLE;
                    default -> null;
                };
        if (kind == null) {
            return null;
        }
        return new CoveragePoint(
                kind,
                page.substring(slash + 1),
                Integer.parseInt(fields.getOrDefault("l", "0")),
                Integer.parseInt(fields.getOrDefault("n", "0")),
                fields.getOrDefault("o", ""));
    }

    /** Both together. */
    public CoverageData plus(CoverageData other) {
        SortedMap<CoveragePoint, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((point, count) -> sum.merge(point, count, Long::sum));
        return new CoverageData(sum);
    }
}
