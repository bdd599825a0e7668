package h2learn.cosim.failure;

import h2learn.cosim.lockstep.TensorDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Where the values of a tensor differ: rows are steps (or what the outermost axis counts), columns are channels (or what
 * the innermost axis counts), and a cell counts over all other axes. Large tensors have several rows or columns a cell.
 */
final class HeatMap {
    private static final int MOST_ROWS = 48;
    private static final int MOST_COLUMNS = 96;
    private static final int CELL = 10;
    private static final int LEFT = 60;
    private static final int TOP = 70;
    private static final int WORDS_A_ROW = 32;
    private static final int MOST_LISTED = 16;

    private final TensorDifference tensor;
    private final int rowAxis;
    private final int columnAxis;
    /** Words without lanes stand in rows of this many; 0 where there are rows and columns of themselves. */
    private final int wrapped;

    private final int rowsACell;
    private final int columnsACell;
    private final int[][] differing;
    private final int[][] compared;

    HeatMap(TensorDifference tensor) {
        this.tensor = tensor;
        columnAxis = tensor.shape().length - 1;
        rowAxis = Math.max(0, tensor.axes().indexOf("step"));
        boolean lanes = !tensor.axes().get(columnAxis).equals("lane") || tensor.shape()[columnAxis] > 1;
        wrapped = lanes ? 0 : WORDS_A_ROW;
        int allRows = wrapped == 0 ? tensor.shape()[rowAxis] : ceilDiv(tensor.expected().length, wrapped);
        int allColumns = wrapped == 0 ? tensor.shape()[columnAxis] : wrapped;
        rowsACell = ceilDiv(allRows, MOST_ROWS);
        columnsACell = ceilDiv(allColumns, MOST_COLUMNS);
        int rows = ceilDiv(allRows, rowsACell);
        int columns = ceilDiv(allColumns, columnsACell);
        differing = new int[rows][columns];
        compared = new int[rows][columns];
        for (int index = 0; index < tensor.expected().length; index++) {
            int row = (wrapped == 0 ? coordinate(index, rowAxis) : index / wrapped) / rowsACell;
            int column = (wrapped == 0 ? coordinate(index, columnAxis) : index % wrapped) / columnsACell;
            compared[row][column] += tensor.compared()[index] ? 1 : 0;
            differing[row][column] += tensor.differs(index) ? 1 : 0;
        }
    }

    private static int ceilDiv(int value, int by) {
        return Math.max(1, (value + by - 1) / by);
    }

    /** Place along an axis of a value. */
    private int coordinate(int index, int axis) {
        int below = 1;
        for (int inner = axis + 1; inner < tensor.shape().length; inner++) {
            below *= tensor.shape()[inner];
        }
        return index / below % tensor.shape()[axis];
    }

    /** Lines for a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(summary());
        for (int axis = 0; axis < tensor.shape().length; axis++) {
            lines.add("  " + tensor.axes().get(axis) + " (0 to " + (tensor.shape()[axis] - 1) + "): " + listed(axis));
        }
        lines.add(legend());
        for (int row = 0; row < differing.length; row++) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%6d ", row * rowsACell));
            for (int column = 0; column < differing[row].length; column++) {
                line.append(symbol(differing[row][column], compared[row][column]));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private String summary() {
        return tensor.differing() + " of " + tensor.expected().length + " values differ, at";
    }

    private String legend() {
        return "rows: " + rowsText() + "; columns: " + columnsText() + "; . equal, 1 to 9 and # (more): so many differ";
    }

    private String rowsText() {
        String each = rowsACell == 1 ? "" : ", " + rowsACell + " each";
        return (wrapped == 0 ? tensor.axes().get(rowAxis) : wrapped + " values") + each;
    }

    private String columnsText() {
        String each = columnsACell == 1 ? "" : ", " + columnsACell + " each";
        return (wrapped == 0 ? tensor.axes().get(columnAxis) : "the values of a row") + each;
    }

    private static char symbol(int differing, int compared) {
        if (compared == 0) {
            return ' ';
        }
        return differing == 0 ? '.' : differing > 9 ? '#' : (char) ('0' + differing);
    }

    /** The places along an axis at which anything differs, neighbours joined. */
    private String listed(int axis) {
        TreeSet<Integer> places = new TreeSet<>();
        for (int index = 0; index < tensor.expected().length; index++) {
            if (tensor.differs(index)) {
                places.add(coordinate(index, axis));
            }
        }
        List<String> ranges = new ArrayList<>();
        Integer first = places.isEmpty() ? null : places.first();
        while (first != null) {
            int last = first;
            while (places.contains(last + 1)) {
                last++;
            }
            ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
            first = places.higher(last);
        }
        boolean tooMany = ranges.size() > MOST_LISTED;
        return String.join(", ", tooMany ? ranges.subList(0, MOST_LISTED) : ranges) + (tooMany ? " and more" : "");
    }

    /** A picture that stands for itself; {@code title} is its first line. */
    String svg(String title) {
        int width = Math.max(480, LEFT + CELL * differing[0].length + 20);
        int height = TOP + CELL * differing.length + 40;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n",
                width,
                height));
        svg.append(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height));
        text(svg, 10, 18, title);
        text(svg, 10, 34, summary().replaceFirst(", at$", "") + " (white: equal; light to dark red: few to all)");
        text(svg, LEFT, TOP - 8, columnsText() + " \u2192");
        text(svg, 10, TOP - 8, rowsText() + " \u2193");
        for (int row = 0; row < differing.length; row++) {
            if (row % 5 == 0) {
                text(svg, 10, TOP + CELL * row + CELL - 1, String.valueOf(row * rowsACell));
            }
            for (int column = 0; column < differing[row].length; column++) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#dddddd\"/>%n",
                        LEFT + CELL * column,
                        TOP + CELL * row,
                        CELL,
                        CELL,
                        colour(differing[row][column], compared[row][column])));
            }
        }
        for (int column = 0; column < differing[0].length; column += 10) {
            text(svg, LEFT + CELL * column, TOP + CELL * differing.length + 14, String.valueOf(column * columnsACell));
        }
        return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
    }

    private static String colour(int differing, int compared) {
        if (compared == 0) {
            return "#eeeeee";
        }
        if (differing == 0) {
            return "#ffffff";
        }
        int others = 170 - 170 * differing / compared;
        return String.format(Locale.ROOT, "#%02x%02x%02x", 255 - 75 * differing / compared, others, others);
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, escaped));
    }
}
