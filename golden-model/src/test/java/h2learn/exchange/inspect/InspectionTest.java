package h2learn.exchange.inspect;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Graph;
import h2learn.exchange.graph.TestGraphs;
import h2learn.exchange.nir.NirWriter;
import h2learn.network.NetworkCheck;
import h2learn.tensor.ElementType;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectionTest {
    private static final Path FOLDER = Path.of("src/test/resources/exchange");
    private static final AcceleratorConfig BASE = new ConfigReader().read("base");

    @TempDir
    private Path folder;

    @Test
    void aGraphsNodesLayersAndMemoryAreShown() {
        String text = inspect(FOLDER.resolve("snntorch-zero.nir"));
        assertContains(text, "NIR 1.0.6, 6 nodes, 5 edges");
        assertContains(text, "weight [32, 24], -");
        assertContains(text, 24 * 32 + 32 + 32 * 10 + 10 + " trained parameters");
        assertContains(text, "import asks for --dt and --reset");
        // N = 16: 2x2 + 1 blocks for the first layer, 1x2 + 1 for the second
        assertContains(text, "weight blocks           8 of ");
        // one step: 2 words of inputs, 2 and 1 of spikes
        assertContains(text, "spike words             5 of ");
        assertContains(text, "trace words             3 of ");
        assertContains(text, "Accelerator base can run it.");
    }

    @Test
    void whatCannotRunIsNamed() {
        Path file = folder.resolve("recurrent.nir");
        NirWriter.write(file, TestGraphs.withEdges(TestGraphs.chain(TestGraphs.nodes()), new Graph.Edge("lif", "fc")));
        String text = inspect(file);
        assertContains(text, "The accelerator cannot run it:");
        assertContains(text, "node lif (LIF): goes on to several nodes, out, fc");
    }

    @Test
    void nodesStandInTheOrderOfTheirEdges() {
        Path file = folder.resolve("cycle.nir");
        NirWriter.write(file, TestGraphs.withEdges(TestGraphs.chain(TestGraphs.nodes()), new Graph.Edge("lif", "fc")));
        String text = inspect(file);
        int input = text.indexOf("  in ");
        int weights = text.indexOf("  fc ");
        int neurons = text.indexOf("  lif ");
        int output = text.indexOf("  out ");
        assertTrue(0 < input && input < weights && weights < neurons && neurons < output, text);
    }

    @Test
    void convolutionsAreHeldAgainstTheHardware() {
        String text = inspect(FOLDER.resolve("conv-average.nir"));
        assertContains(text, "conv2d");
        assertContains(text, "4x8x8");
    }

    @Test
    void checkpointsAndRecordingsAreShown() {
        String checkpoint = inspect(FOLDER.resolve("checkpoint.safetensors"));
        assertContains(checkpoint, "checkpoint, 4 tensors");
        assertContains(checkpoint, "fc1.weight");
        assertContains(checkpoint, "[32, 24]");
        Path file = folder.resolve("a.npy");
        Npy.write(file, NpyArray.integers(ElementType.INT32, new long[] {1, 2, 300, 1, 4, 5, 600, 0}, 2, 4));
        String recording = inspect(file);
        assertContains(recording, "recording of 2 events, 1 of them brighter");
        assertContains(recording, "within 5x6 pixels, from 300 to 600 microseconds");
    }

    @Test
    void networksAreShown() {
        assertContains(inspect(Path.of("fashion-mlp")), "network fashion-mlp: 784 x 1 x 1 values");
        assertThrows(InvalidInputException.class, () -> inspect(folder.resolve("none.yaml")));
    }

    private static String inspect(Path file) {
        return String.join("\n", Inspection.of(file, BASE, network -> NetworkCheck.problems(network, BASE)));
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), "\"" + part + "\" is not in:\n" + text);
    }
}
