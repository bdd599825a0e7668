package h2learn.cosim.report;

import h2learn.cosim.report.Html.Cell;
import h2learn.cosim.report.MutationResult.Open;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The mutation score, and each mutant that survived, with what is known of it. */
final class MutationSection {
    private MutationSection() {}

    /** In one line. */
    static String summary(MutationResult mutants) {
        return String.format(
                Locale.ROOT,
                "%.1f %% caught, %d survived",
                100 * mutants.score(),
                mutants.all().getOrDefault(MutationResult.SURVIVED, 0L));
    }

    static String html(Sourced<MutationResult> sourced) {
        MutationResult mutants = sourced.value();
        StringBuilder html = new StringBuilder(Html.source(sourced.file()));
        html.append(Html.paragraph(String.format(
                Locale.ROOT,
                "Of the accelerator %s, seed %d: %.1f %% caught of those that a run activates and that are neither proved"
                        + " equivalent nor explained.",
                mutants.config(),
                mutants.seed(),
                100 * mutants.score())));
        List<String> header = new ArrayList<>(List.of("part"));
        header.addAll(mutants.all().keySet());
        List<List<Cell>> rows = new ArrayList<>();
        mutants.parts().forEach((part, counts) -> rows.add(row(part, mutants, counts)));
        rows.add(row("all", mutants, mutants.all()));
        html.append(Html.table(header, rows));
        List<List<Cell>> open = new ArrayList<>();
        for (Open mutant : mutants.open()) {
            Colour colour = mutant.outcome().equals(MutationResult.EXPLAINED) ? Colour.GREY : Colour.RED;
            open.add(List.of(
                    new Cell(mutant.outcome(), colour),
                    Cell.of(mutant.change()),
                    Cell.of(mutant.sources()),
                    Cell.of(mutant.note())));
        }
        if (!open.isEmpty()) {
            html.append(Html.table(List.of("outcome", "change", "Verilog", "explanation"), open));
        }
        return html.toString();
    }

    private static List<Cell> row(String part, MutationResult mutants, Map<String, Long> counts) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(part)));
        for (String outcome : mutants.all().keySet()) {
            long count = counts.getOrDefault(outcome, 0L);
            boolean bad = outcome.equals(MutationResult.SURVIVED) || outcome.equals(MutationResult.TEST_FAULT);
            row.add(new Cell(String.valueOf(count), bad && count > 0 ? Colour.RED : Colour.NONE));
        }
        return row;
    }
}
