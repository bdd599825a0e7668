package h2learn.exchange.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.data.Sample;
import h2learn.exchange.nir.NirReader;
import h2learn.model.reference.ReferenceModel;
import h2learn.model.reference.ReferenceTrace;
import h2learn.model.reference.ReferenceWeights;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Reset;
import h2learn.tensor.NpyArray;
import h2learn.tensor.Npz;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spikes of an imported network against those of its framework: files made by scripts/exchange_vectors.py. */
final class FrameworkSpikesTest {
    private static final Path FOLDER = Path.of("src/test/resources/exchange");

    @ParameterizedTest
    @CsvSource({
        "snntorch-zero, HARD, 8",
        "snntorch-subtract, SOFT, 8",
        "spikingjelly-lif, HARD, 8",
        "spikingjelly-decay-input, HARD, 8",
        "conv-average, HARD, 6",
        "conv-sum-if, HARD, 6"
    })
    void importedNetworkSpikesAsInItsFramework(String name, Reset reset, int steps) {
        Graph graph = new NirReader().read(FOLDER.resolve(name + ".nir"));
        GraphImport.Imported imported = GraphImport.of(graph, ImportOptions.of("imported", 1e-4, reset, steps));
        SortedMap<String, NpyArray> vectors = Npz.read(FOLDER.resolve(name + ".npz"));
        assertEquals(0, differences(imported, vectors, steps));
    }

    @ParameterizedTest
    @CsvSource({"snntorch-zero, SOFT, 1e-4", "snntorch-subtract, HARD, 1e-4", "snntorch-zero, HARD, 2e-4"})
    void anotherResetOrTimeStepSpikesOtherwise(String name, Reset reset, double dt) {
        Graph graph = new NirReader().read(FOLDER.resolve(name + ".nir"));
        GraphImport.Imported imported = GraphImport.of(graph, ImportOptions.of("imported", dt, reset, 8));
        SortedMap<String, NpyArray> vectors = Npz.read(FOLDER.resolve(name + ".npz"));
        assertTrue(differences(imported, vectors, 8) > 100, "the test vectors tell no difference");
    }

    private static long differences(GraphImport.Imported imported, SortedMap<String, NpyArray> vectors, int steps) {
        Network network = imported.network();
        ReferenceModel model = new ReferenceModel(network);
        ReferenceWeights weights = new ReferenceWeights(network, imported.parameters());
        NpyArray inputs = vectors.get("inputs");
        List<LayerShape> shapes = network.shapes();
        List<NpyArray> expected = new ArrayList<>();
        vectors.forEach((key, array) -> {
            if (key.startsWith("spikes_")) {
                expected.add(array);
            }
        });
        int samples = inputs.shape()[0];
        long differences = 0;
        Network.Input input = network.input();
        LayerShape.Extent read = new LayerShape.Extent(input.channels(), input.height(), input.width());
        for (int sample = 0; sample < samples; sample++) {
            int[] values = channelsLast(inputs, sample, samples, steps, read);
            List<ReferenceTrace.Layer> layers =
                    model.run(weights, new Sample(values, 0)).layers();
            int neurons = 0;
            for (LayerShape shape : shapes) {
                if (shape.weighted()) {
                    int[] spikes = channelsLast(expected.get(neurons), sample, samples, steps, shape.output());
                    double[] computed = layers.get(shape.index()).spike();
                    assertEquals(spikes.length, computed.length);
                    for (int index = 0; index < spikes.length; index++) {
                        differences += spikes[index] == computed[index] ? 0 : 1;
                    }
                    neurons++;
                }
            }
            assertEquals(expected.size(), neurons);
        }
        return differences;
    }

    /** One sample of [sample][t][channel][y][x] as [t][y][x][channel]. */
    private static int[] channelsLast(NpyArray array, int sample, int samples, int steps, LayerShape.Extent extent) {
        assertEquals(samples * steps * extent.values(), array.size());
        int[] values = new int[steps * extent.values()];
        for (int step = 0; step < steps; step++) {
            for (int channel = 0; channel < extent.channels(); channel++) {
                for (int point = 0; point < extent.points(); point++) {
                    int from = ((sample * steps + step) * extent.channels() + channel) * extent.points() + point;
                    values[(step * extent.points() + point) * extent.channels() + channel] =
                            (int) array.integers()[from];
                }
            }
        }
        return values;
    }
}
