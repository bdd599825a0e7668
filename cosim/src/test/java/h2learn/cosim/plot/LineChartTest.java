package h2learn.cosim.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.plot.LineChart.Line;
import h2learn.cosim.plot.LineChart.Point;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LineChartTest {
    private static Document parsed(LineChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }

    private static double[] places(String points) {
        return List.of(points.split("[ ,]")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void aDoublingIsAStepOfTheSameLength() throws Exception {
        Line line = new Line("cycles", false, List.of(new Point(1, 8), new Point(2, 16), new Point(4, 32)));
        Document svg = parsed(new LineChart("growth", "lanes", "cycles", List.of(line)));
        Element drawn = (Element) svg.getElementsByTagName("polyline").item(0);
        double[] at = places(drawn.getAttribute("points"));
        assertEquals(at[2] - at[0], at[4] - at[2], 0.11, "to the right");
        assertEquals(at[1] - at[3], at[3] - at[5], 0.11, "upwards");
        assertTrue(at[2] > at[0] && at[3] < at[1], drawn.getAttribute("points"));
        assertEquals(3, svg.getElementsByTagName("circle").getLength());
    }

    @Test
    void namesAreEscapedAndIdealsDashed() throws Exception {
        Line line = new Line("a < b & c", true, List.of(new Point(1, 1), new Point(3, 5)));
        LineChart chart = new LineChart("<title>", "x", "y", List.of(line));
        assertTrue(parsed(chart).getDocumentElement().getTextContent().contains("a < b & c"));
        assertTrue(chart.svg().contains("stroke-dasharray"));
        assertEquals(chart.svg(), new LineChart("<title>", "x", "y", List.of(line)).svg());
    }

    @Test
    void zeroHasNoPlace() {
        Line line = new Line("cycles", false, List.of(new Point(0, 1)));
        assertThrows(IllegalArgumentException.class, () -> new LineChart("", "", "", List.of(line)));
    }
}
