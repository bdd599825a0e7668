package h2learn.exchange.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Graph;
import h2learn.exchange.graph.Node;
import h2learn.exchange.graph.TestGraphs;
import h2learn.exchange.graph.Values;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NirFilesTest {
    @TempDir
    private Path folder;

    @Test
    void writtenGraphsComeBack() {
        Graph graph = TestGraphs.chain(TestGraphs.nodes());
        Path file = folder.resolve("graph.nir");
        NirWriter.write(file, graph);
        Graph back = new NirReader().read(file);
        assertEquals(graph.edges(), back.edges());
        assertEquals(graph.nodes().keySet(), back.nodes().keySet());
        Node.Neurons lif = (Node.Neurons) back.nodes().get("lif");
        assertEquals(Optional.empty(), lif.reset(), "a file of version 0.x has no v_reset");
        assertEquals("1.0", back.version());
    }

    @Test
    void missingAndWrongFieldsAreAllNamed() throws IOException {
        Path file = folder.resolve("wrong.nir");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup root = hdf.putGroup("node");
            root.putDataset("type", "NIRGraph");
            root.putDataset("edges", new String[][] {{"a", "b"}});
            WritableGroup nodes = root.putGroup("nodes");
            WritableGroup affine = nodes.putGroup("a");
            affine.putDataset("type", "Affine");
            affine.putDataset("weight", new float[] {1, 2, 3});
            WritableGroup lif = nodes.putGroup("b");
            lif.putDataset("type", "LIF");
            lif.putDataset("tau", new float[] {Float.NaN, 1});
            lif.putDataset("r", "one");
            lif.putDataset("v_leak", new float[] {0});
            lif.putDataset("v_threshold", new float[] {Float.POSITIVE_INFINITY});
            WritableGroup strange = nodes.putGroup("c");
            strange.putDataset("type", "CubaLIF");
        }
        List<String> problems = assertThrows(InvalidInputException.class, () -> new NirReader().read(file))
                .problems();
        String where = file + ": node ";
        assertEquals(
                List.of(
                        where + "a: weight: has the shape [3], not 2 dimensions; write it as the framework's own export"
                                + " does",
                        where + "a: bias: is missing; expected numbers",
                        where + "b: tau: 1 of its 2 values are NaN or infinite; save the network before it diverged",
                        where + "b: r: is something else; expected numbers",
                        where + "b: v_threshold: 1 of its 1 values are NaN or infinite; save the network before it"
                                + " diverged"),
                problems);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertProblem(folder.resolve("none.nir"), "no such file");
        assertProblem(folder, "is a folder");
        Path text = folder.resolve("text.nir");
        Files.writeString(text, "name: not HDF5\n".repeat(20));
        assertProblem(text, "cannot be read as HDF5");
        Path small = folder.resolve("small.nir");
        Files.writeString(small, "x");
        assertProblem(small, "has only 1 bytes");
        Path other = folder.resolve("other.h5");
        try (WritableHdfFile hdf = HdfFile.write(other)) {
            hdf.putDataset("data", new double[] {1, 2});
        }
        assertProblem(other, "has no group node");
    }

    @Test
    void wordsForPaddingAreUnderstood() throws IOException {
        assertEquals(List.of(1, 1), padding("same", 3).padding());
        assertEquals(List.of(0, 0), padding("valid", 3).padding());
        assertTrue(assertThrows(InvalidInputException.class, () -> padding("same", 4))
                .getMessage()
                .contains("pads an even kernel unevenly"));
        assertTrue(assertThrows(InvalidInputException.class, () -> padding("full", 3))
                .getMessage()
                .contains("neither same nor valid"));
    }

    private Node.Convolution padding(String word, int kernel) throws IOException {
        Path file = folder.resolve("padding.nir");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup root = hdf.putGroup("node");
            root.putDataset("type", "NIRGraph");
            root.putDataset("edges", new String[][] {{"a", "a"}});
            WritableGroup conv = root.putGroup("nodes").putGroup("a");
            conv.putDataset("type", "Conv2d");
            conv.putDataset("weight", new float[1][1][kernel][kernel]);
            conv.putDataset("stride", new long[] {1});
            conv.putDataset("padding", word);
            conv.putDataset("dilation", 1L);
            conv.putDataset("groups", 1L);
        }
        Map<String, Node> nodes = new NirReader().read(file).nodes();
        return (Node.Convolution) nodes.get("a");
    }

    @Test
    void valuesKnowTheirRange() {
        assertEquals("0.5", Values.filled(3, 0.5).range());
        assertEquals("-1.0 to 2.0", Values.of(2, -1).range());
        assertEquals(-1, Values.count(List.of(1 << 20, 1 << 20)));
    }

    private static void assertProblem(Path file, String sentence) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> new NirReader().read(file));
        assertTrue(e.getMessage().contains(sentence) && e.getMessage().startsWith(file.toString()), e.getMessage());
    }
}
