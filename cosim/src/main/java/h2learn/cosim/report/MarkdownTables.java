package h2learn.cosim.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a bench wrote as Markdown: headings, sentences and tables.
 *
 * @param blocks in their order
 */
public record MarkdownTables(List<Block> blocks) {
    /**
     * A heading's text, a sentence, or a table.
     *
     * @param depth of a heading, 1 or more; 0 otherwise
     * @param text of a heading or a sentence; empty for a table
     * @param header of a table
     * @param rows of a table, each as long as the header
     */
    public record Block(int depth, String text, List<String> header, List<List<String>> rows) {
        boolean isTable() {
            return !header.isEmpty();
        }
    }

    /**
     * Reads one with at least one table.
     *
     * @param command that writes it
     * @param column that some table must have
     * @throws h2learn.config.InvalidInputException when the file cannot be read or holds no such table
     */
    public static MarkdownTables read(Path path, String command, String column) {
        ResultFile file = new ResultFile(path, command);
        List<Block> blocks = new ArrayList<>();
        List<String> header = List.of();
        List<List<String>> rows = new ArrayList<>();
        for (String line : (file.read() + "\n").lines().toList()) {
            if (line.startsWith("|")) {
                List<String> cells = cells(line);
                if (header.isEmpty()) {
                    header = cells;
                } else if (cells.size() != header.size()) {
                    throw file.broken("'" + line.strip() + "' has " + cells.size() + " cells under " + header.size());
                } else {
                    rows.add(cells);
                }
                continue;
            }
            if (!header.isEmpty()) {
                blocks.add(table(header, rows));
                header = List.of();
                rows = new ArrayList<>();
            }
            int depth = line.length() - line.replaceFirst("^#+", "").length();
            String text = line.substring(depth).strip();
            if (!text.isEmpty()) {
                blocks.add(new Block(depth, text, List.of(), List.of()));
            }
        }
        if (!header.isEmpty()) {
            blocks.add(table(header, rows));
        }
        if (blocks.stream().noneMatch(block -> block.header.contains(column))) {
            throw file.broken("it has no table with a column '" + column + "'");
        }
        return new MarkdownTables(List.copyOf(blocks));
    }

    /** The first row is the line between header and rows. */
    private static Block table(List<String> header, List<List<String>> rows) {
        return new Block(0, "", header, List.copyOf(rows.subList(Math.min(1, rows.size()), rows.size())));
    }

    private static List<String> cells(String line) {
        String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }
}
