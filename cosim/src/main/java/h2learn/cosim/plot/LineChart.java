package h2learn.cosim.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines through points, both axes logarithmic to base 2, so that a straight line's slope is the power of growth. Written by
 * hand since plotting libraries measure text with the machine's fonts, which changes the bytes.
 *
 * @param title above the plot
 * @param xLabel quantity and unit of the horizontal axis
 * @param yLabel the same of the vertical axis
 * @param lines at least one
 */
public record LineChart(String title, String xLabel, String yLabel, List<Line> lines) {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 170;
    private static final int TOP = 36;
    private static final int BOTTOM = 48;

    /** Told apart by people who see no red or no green as well. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#999999");

    /**
     * One line.
     *
     * @param name in the legend
     * @param dashed for what was not measured
     * @param points from left to right, all coordinates above 0
     */
    public record Line(String name, boolean dashed, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** A point; both coordinates above 0. */
    public record Point(double x, double y) {}

    public LineChart {
        lines = List.copyOf(lines);
        if (lines.stream().flatMap(line -> line.points().stream()).anyMatch(point -> !(point.x > 0 && point.y > 0))) {
            throw new IllegalArgumentException("a logarithmic axis has no place for 0");
        }
    }

    /** A whole SVG document. */
    public String svg() {
        Axis x = Axis.of(lines, true);
        Axis y = Axis.of(lines, false);
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT));
        svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT));
        text(svg, WIDTH / 2.0, 20, "middle", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", xLabel);
        svg.append(format(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2, escape(yLabel)));
        for (long power = x.low; power <= x.high; power++) {
            double at = x.place(Math.pow(2, power));
            grid(svg, at, TOP, at, HEIGHT - BOTTOM);
            text(svg, at, HEIGHT - BOTTOM + 16.0, "middle", label(power));
        }
        for (long power = y.low; power <= y.high; power++) {
            double at = y.place(Math.pow(2, power));
            grid(svg, LEFT, at, WIDTH - RIGHT, at);
            text(svg, LEFT - 6.0, at + 4, "end", label(power));
        }
        for (int index = 0; index < lines.size(); index++) {
            line(svg, lines.get(index), COLOURS.get(index % COLOURS.size()), index, x, y);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void line(StringBuilder svg, Line line, String colour, int index, Axis x, Axis y) {
        List<String> places = new ArrayList<>();
        String dashes = line.dashed ? " stroke-dasharray=\"5 4\"" : "";
        for (Point point : line.points) {
            places.add(format("%.1f,%.1f", x.place(point.x), y.place(point.y)));
            if (!line.dashed) {
                svg.append(format(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                        x.place(point.x), y.place(point.y), colour));
            }
        }
        svg.append(format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"%s/>%n",
                String.join(" ", places), colour, dashes));
        double legend = TOP + 10 + 18.0 * index;
        svg.append(format(
                "<path d=\"M%d %.1fh20\" stroke=\"%s\" stroke-width=\"1.5\"%s/>%n",
                WIDTH - RIGHT + 10, legend, colour, dashes));
        text(svg, WIDTH - RIGHT + 36.0, legend + 4, "start", line.name);
    }

    private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(format("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#ddd\" stroke-width=\"1\"/>%n", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escape(text)));
    }

    private static String label(long power) {
        return power >= 0 ? Long.toString(1L << power) : "1/" + (1L << -power);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace(System.lineSeparator(), "\n");
    }

    /** Whole powers of two around all points, and where a value lies on the page. */
    private record Axis(long low, long high, double from, double to) {
        static Axis of(List<Line> lines, boolean horizontal) {
            double[] powers = lines.stream()
                    .flatMap(line -> line.points().stream())
                    .mapToDouble(point -> log2(horizontal ? point.x : point.y))
                    .toArray();
            double least = Double.MAX_VALUE;
            double most = -Double.MAX_VALUE;
            for (double power : powers) {
                least = Math.min(least, power);
                most = Math.max(most, power);
            }
            long low = (long) Math.floor(least);
            long high = Math.max(low + 1, (long) Math.ceil(most));
            return horizontal
                    ? new Axis(low, high, LEFT, WIDTH - (double) RIGHT)
                    : new Axis(low, high, HEIGHT - (double) BOTTOM, TOP);
        }

        double place(double value) {
            return from + (to - from) * (log2(value) - low) / (high - low);
        }

        private static double log2(double value) {
            return Math.log(value) / Math.log(2);
        }
    }
}
