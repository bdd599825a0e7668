package h2learn.cosim.coverage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.JsonText;
import h2learn.cosim.coverage.CoveragePoint.Kind;
import h2learn.cosim.coverage.CoverageScore.Counts;
import java.util.Locale;
import java.util.Map;

/** Coverage for people and for programs. */
public final class CoverageReport {
    private CoverageReport() {}

    /** A Markdown table: one line a kind, and one a module that misses something. */
    public static String markdown(CoverageScore score) {
        StringBuilder text =
                new StringBuilder("| | points | used | constant or unread | waived | used of all | used of the rest |\n"
                        + "|---|---|---|---|---|---|---|\n");
        score.all().forEach((kind, counts) -> line(text, label(kind), counts));
        score.modules()
                .forEach((module, kinds) -> kinds.forEach((kind, counts) -> {
                    if (counts.used() + counts.removed() + counts.waived() < counts.points()) {
                        line(text, module + ", " + label(kind), counts);
                    }
                }));
        return text.toString();
    }

    private static String label(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String name, Counts counts) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f %% | %.1f %% |%n",
                name,
                counts.points(),
                counts.used(),
                counts.removed(),
                counts.waived(),
                100 * counts.before(),
                100 * counts.after()));
    }

    /** Everything; the same text for the same score. */
    public static String json(String config, CoverageScore score) {
        ObjectNode root = JsonText.object();
        root.put("config", config);
        kinds(root.putObject("all"), score.all());
        ObjectNode modules = root.putObject("modules");
        score.modules().forEach((module, kinds) -> kinds(modules.putObject(module), kinds));
        ArrayNode missing = root.putArray("missing");
        score.missing().forEach(point -> missing.add(describe(point)));
        ObjectNode removed = root.putObject("removed");
        score.removed()
                .forEach((point, fate) ->
                        removed.put(describe(point), fate.name().toLowerCase(Locale.ROOT)));
        ObjectNode waived = root.putObject("waived");
        score.waived().forEach((point, reason) -> waived.put(describe(point), reason));
        return JsonText.of(root);
    }

    /** One point, for a person who looks for it. */
    public static String describe(CoveragePoint point) {
        return label(point.kind()) + " " + point.module() + ".v:" + point.line() + " " + point.name();
    }

    private static void kinds(ObjectNode node, Map<Kind, Counts> kinds) {
        kinds.forEach((kind, counts) -> node.putObject(label(kind))
                .put("points", counts.points())
                .put("used", counts.used())
                .put("removed", counts.removed())
                .put("waived", counts.waived())
                .put("before", counts.before())
                .put("after", counts.after()));
    }
}
