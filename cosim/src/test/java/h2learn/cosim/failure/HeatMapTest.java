package h2learn.cosim.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.lockstep.TensorDifference;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    /** Two samples, three steps, four channels. */
    private static TensorDifference trace() {
        int[] expected = new int[24];
        int[] got = new int[24];
        boolean[] compared = new boolean[24];
        Arrays.fill(compared, true);
        got[4 + 2] = 1; // sample 0, step 1, channel 2
        got[12 + 4 + 2] = -1; // sample 1, step 1, channel 2
        got[12 + 8] = 5; // sample 1, step 2, channel 0
        got[3] = 9; // does not matter, nor does the other sample's
        compared[3] = false;
        compared[12 + 3] = false;
        return new TensorDifference(List.of("sample", "step", "channel"), new int[] {2, 3, 4}, expected, got, compared);
    }

    @Test
    void rowsAreStepsAndColumnsChannels() {
        assertEquals(
                List.of(
                        "3 of 24 values differ, at",
                        "  sample (0 to 1): 0-1",
                        "  step (0 to 2): 1-2",
                        "  channel (0 to 3): 0, 2",
                        "rows: step; columns: channel; . equal, 1 to 9 and # (more): so many differ",
                        "     0 ... ",
                        "     1 ..2.",
                        "     2 1..."),
                new HeatMap(trace()).lines());
    }

    @Test
    void largeTensorsAndWordsWithoutLanesFitAScreen() {
        int[] got = new int[200 * 300];
        got[199 * 300 + 299] = 1;
        boolean[] compared = new boolean[got.length];
        Arrays.fill(compared, true);
        TensorDifference large = new TensorDifference(
                List.of("output", "input"), new int[] {200, 300}, new int[got.length], got, compared);
        List<String> lines = new HeatMap(large).lines();
        assertTrue(lines.size() < 60, "lines: " + lines.size());
        assertTrue(lines.stream().allMatch(line -> line.length() < 110));
        assertTrue(lines.get(lines.size() - 1).endsWith(".1"), lines.get(lines.size() - 1));

        TensorDifference words = new TensorDifference(
                List.of("word", "lane"), new int[] {200 * 300, 1}, new int[got.length], got, compared);
        lines = new HeatMap(words).lines();
        assertTrue(lines.size() < 60, "lines: " + lines.size());
        assertTrue(lines.get(lines.size() - 1).endsWith("1"), lines.get(lines.size() - 1));
    }

    @Test
    void thePictureIsXmlWithACellAPlaceAndNamesItsTitle() throws Exception {
        String svg = new HeatMap(trace()).svg("a < b & c");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals(1 + 3 * 4, document.getElementsByTagName("rect").getLength());
        assertEquals("a < b & c", document.getElementsByTagName("text").item(0).getTextContent());
        assertTrue(svg.contains("#eeeeee"), "what does not matter");
        assertEquals(svg, new HeatMap(trace()).svg("a < b & c"));
    }
}
