package h2learn.cosim.mutate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.JsonText;
import h2learn.cosim.mutate.MutationScore.Outcome;
import h2learn.cosim.mutate.MutationScore.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A score for people and for programs. */
public final class MutationReport {
    private MutationReport() {}

    /** A Markdown table, one line a part, and what is wrong, one line a mutant. */
    public static String markdown(MutationScore score) {
        StringBuilder text = new StringBuilder("| part |");
        for (Outcome outcome : Outcome.values()) {
            text.append(' ').append(outcome.text()).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Outcome.values().length)).append('\n');
        for (Part part : Part.values()) {
            Map<Outcome, Integer> counts = score.count(part);
            if (counts.values().stream().anyMatch(count -> count > 0)) {
                line(text, part.label(), counts);
            }
        }
        line(text, "all", score.count(null));
        text.append(String.format(
                Locale.ROOT,
                "\ncaught of those activated and neither proved equivalent nor explained: %.1f %%%n",
                100 * score.score()));
        for (Outcome outcome : new Outcome[] {Outcome.SURVIVED, Outcome.EXPLAINED, Outcome.TEST_FAULT}) {
            List<Row> rows = score.of(outcome);
            if (!rows.isEmpty()) {
                text.append('\n').append(outcome.text()).append(":\n\n");
            }
            rows.forEach(row -> text.append("- ").append(line(row)).append('\n'));
        }
        if (!score.unusedExplanations().isEmpty()) {
            text.append("\nexplanations that explain none of these mutants:\n\n");
            score.unusedExplanations()
                    .forEach(unused -> text.append("- ").append(unused).append('\n'));
        }
        return text.toString();
    }

    private static String line(Row row) {
        String change = row.mutant().describe();
        return switch (row.outcome()) {
            case TEST_FAULT -> change + ": " + row.by() + ": " + row.message();
            case EXPLAINED -> change + ": " + row.explanation();
            default -> change;
        };
    }

    private static void line(StringBuilder text, String name, Map<Outcome, Integer> counts) {
        text.append("| ").append(name).append(" |");
        counts.values().forEach(count -> text.append(' ').append(count).append(" |"));
        text.append('\n');
    }

    /** Everything, with one object a mutant; the same text for the same score. */
    public static String json(MutationScore score) {
        ObjectNode root = JsonText.object();
        root.put("config", score.config());
        root.put("seed", score.seed());
        root.put("score", score.score());
        ObjectNode parts = root.putObject("parts");
        for (Part part : Part.values()) {
            counts(parts.putObject(part.label()), score.count(part));
        }
        counts(root.putObject("all"), score.count(null));
        ArrayNode mutants = root.putArray("mutants");
        for (Row row : score.rows()) {
            Mutant mutant = row.mutant();
            ObjectNode node = mutants.addObject();
            node.put("number", mutant.number());
            node.put("part", mutant.part().label());
            node.put("outcome", row.outcome().text());
            node.put("change", mutant.describe());
            node.put("mode", mutant.mode());
            node.put("module", mutant.module());
            node.put("cell", mutant.cell());
            node.put("port", mutant.port());
            node.put("bit", mutant.bit());
            node.put("otherBit", mutant.otherBit());
            node.put("wire", mutant.wire());
            ArrayNode sources = node.putArray("sources");
            mutant.sources().forEach(sources::add);
            ArrayNode activatedBy = node.putArray("activatedBy");
            row.activatedBy().forEach(activatedBy::add);
            node.put("proof", row.proof().name().toLowerCase(Locale.ROOT));
            node.put("end", row.kind().name().toLowerCase(Locale.ROOT));
            node.put("by", row.by());
            node.put("message", row.message());
            node.put("explanation", row.explanation());
        }
        ArrayNode unused = root.putArray("unusedExplanations");
        score.unusedExplanations().forEach(unused::add);
        return JsonText.of(root);
    }

    private static void counts(ObjectNode node, Map<Outcome, Integer> counts) {
        counts.forEach((outcome, count) -> node.put(outcome.text(), count));
    }
}
