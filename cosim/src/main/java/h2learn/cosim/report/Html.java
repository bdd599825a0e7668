package h2learn.cosim.report;

import java.util.List;

/** Pieces of a page. What comes from files goes through {@link #text}, without exception. */
final class Html {
    private Html() {}

    /** Text as it is to be read, whatever is in it. */
    static String text(String plain) {
        StringBuilder escaped = new StringBuilder();
        plain.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    static String paragraph(String plain) {
        return "<p>" + text(plain) + "</p>\n";
    }

    /** What was not run, and how to. */
    static String notRun(String command) {
        return "<p class=\"grey\">not run, type: <code>" + text(command) + "</code></p>\n";
    }

    /** Where something was read. */
    static String source(String file) {
        return "<p class=\"source\">from <code>" + text(file) + "</code></p>\n";
    }

    /** A part that is closed at first. */
    static String details(String summary, String html) {
        return "<details><summary>" + text(summary) + "</summary>\n" + html + "</details>\n";
    }

    /** A cell of a table. */
    record Cell(String plain, Colour colour) {
        static Cell of(String plain) {
            return new Cell(plain, Colour.NONE);
        }

        static Cell of(long number) {
            return of(String.valueOf(number));
        }
    }

    static String table(List<String> header, List<List<Cell>> rows) {
        StringBuilder html = new StringBuilder("<table>\n<tr>");
        header.forEach(name -> html.append("<th>").append(text(name)).append("</th>"));
        html.append("</tr>\n");
        for (List<Cell> row : rows) {
            html.append("<tr>");
            for (Cell cell : row) {
                html.append(cell.colour == Colour.NONE ? "<td>" : "<td class=\"" + cell.colour.style() + "\">");
                html.append(text(cell.plain)).append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</table>\n").toString();
    }
}
