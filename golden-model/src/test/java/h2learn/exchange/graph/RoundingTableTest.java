package h2learn.exchange.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.network.Network.Reset;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoundingTableTest {
    private static final Formats FORMATS = new Formats(8, 6, 16, 14, 16, 8, 32);

    @Test
    void everyRoundingHasItsError() {
        double third = 1.0 / 3;
        Graph graph = TestGraphs.with(
                "lif",
                TestGraphs.lif(
                        Values.scalar(1e-4 / (1 - third)), Values.scalar(1 / (1 - third)), Values.scalar(third)));
        List<RoundingTable.Row> rows = rows(graph, 20);
        assertEquals(
                List.of("alpha", "theta", "weight", "bias", "everything"),
                rows.stream().map(RoundingTable.Row::quantity).toList());
        assertEquals(85.0 / 256, rows.get(0).used());
        assertEquals(third - 85.0 / 256, rows.get(0).error(), 1e-9);
        assertEquals(21.0 / 64, rows.get(1).used());
        assertEquals(0, rows.get(2).error(), 1e-12);
        assertEquals(3L * 4 * 20, rows.get(4).spikes());
        assertTrue(rows.get(4).spikesChanged() > 0, "no rounding changes a spike: the sample data show nothing");
    }

    @Test
    void whatTheFormatsHoldChangesNothing() {
        for (RoundingTable.Row row : rows(TestGraphs.chain(TestGraphs.nodes()), 20)) {
            if (row.layer() >= 0) {
                assertEquals(0, row.error(), row.text());
                assertEquals(0, row.spikesChanged(), row.text());
                assertEquals(0, row.saturated(), row.text());
            }
        }
    }

    @Test
    void saturationIsCounted() {
        Node wide = new Node.Dense(new Values(List.of(3, 2), new double[] {5, -3, -7, 1, 1.98, -2}), Optional.empty());
        RoundingTable.Row weight = rows(TestGraphs.with("fc", wide), 5).get(2);
        assertEquals(3, weight.saturated());
        assertEquals(5, weight.error(), 0.02);
        assertTrue(weight.spikesChanged() > 0);
    }

    private static List<RoundingTable.Row> rows(Graph graph, int count) {
        GraphImport.Imported imported = GraphImport.of(graph, ImportOptions.of("test", 1e-4, Reset.HARD, 4));
        List<Sample> samples = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int[] values = new int[8];
            for (int index = 0; index < values.length; index++) {
                values[index] = CounterRandom.uniform(3, number, index) < 0.5 ? 1 : 0;
            }
            samples.add(new Sample(values, 0));
        }
        return RoundingTable.of(imported.network(), imported.parameters(), FORMATS, samples);
    }
}
