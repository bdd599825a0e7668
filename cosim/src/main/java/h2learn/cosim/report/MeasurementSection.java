package h2learn.cosim.report;

import h2learn.cosim.report.Html.Cell;
import h2learn.cosim.report.MarkdownTables.Block;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;

/** Tables and plots of the benches. */
final class MeasurementSection {
    /** Of the headings "network on config". */
    static final int CONTRACT_DEPTH = 2;
    /** The column that says whether a line of the contract is kept. */
    static final String KEPT = "kept";

    private MeasurementSection() {}

    /** Lines of a contract that are not kept; 0 for anything else. */
    static long missed(Block block) {
        int column = block.header().indexOf(KEPT);
        return column < 0
                ? 0
                : block.rows().stream()
                        .filter(row -> !row.get(column).equals("yes"))
                        .count();
    }

    /** The lines of each contract; what they were made of stays in the file. */
    static String contract(Sourced<MarkdownTables> sourced) {
        StringBuilder html = new StringBuilder(Html.source(sourced.file()));
        for (Block block : sourced.value().blocks()) {
            if (block.depth() == CONTRACT_DEPTH) {
                html.append("<h3>").append(Html.text(block.text())).append("</h3>\n");
            } else if (block.header().contains(KEPT)) {
                html.append(table(block));
            }
        }
        return html.toString();
    }

    /** Everything in a file. */
    static String all(Sourced<MarkdownTables> sourced) {
        StringBuilder html = new StringBuilder(Html.source(sourced.file()));
        for (Block block : sourced.value().blocks()) {
            if (block.isTable()) {
                html.append(table(block));
            } else if (block.depth() > 0) {
                html.append("<h3>").append(Html.text(block.text())).append("</h3>\n");
            } else {
                html.append(Html.paragraph(block.text()));
            }
        }
        return html.toString();
    }

    static String plots(List<Sourced<Plot>> plots) {
        StringBuilder html = new StringBuilder();
        for (Sourced<Plot> plot : plots) {
            html.append("<figure>\n").append(plot.value().svg());
            html.append("<figcaption><code>")
                    .append(Html.text(plot.file()))
                    .append("</code></figcaption>\n</figure>\n");
        }
        return html.toString();
    }

    private static String table(Block block) {
        int kept = block.header().indexOf(KEPT);
        List<List<Cell>> rows = new ArrayList<>();
        for (List<String> row : block.rows()) {
            List<Cell> cells = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                String text = row.get(column);
                cells.add(new Cell(text, column == kept ? Colour.of(text.equals("yes")) : Colour.NONE));
            }
            rows.add(cells);
        }
        return Html.table(block.header(), rows);
    }
}
