package h2learn.model.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import h2learn.config.InvalidInputException;
import h2learn.model.Parameters;
import h2learn.model.TestNetworks;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.tensor.ElementType;
import h2learn.tensor.NpyArray;
import h2learn.tensor.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFileTest {
    private static final Network NETWORK = TestNetworks.of(TestNetworks.DIRECT, 4, true, 20, 6);
    private static final Network WITHOUT_BIAS = TestNetworks.of(TestNetworks.DIRECT, 4, false, 20, 6);

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = folder.resolve("w.npz");
        Parameters parameters = Parameters.initial(NETWORK, 7);
        parameters.bias(1)[3] = 0.1;
        WeightFile.write(file, NETWORK, parameters);
        SortedMap<String, NpyArray> arrays = Npz.read(file);
        assertEquals(Set.of("layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"), arrays.keySet());
        assertArrayEquals(new int[] {20, 12}, arrays.get("layer1.weight").shape());
        assertArrayEquals(new int[] {6}, arrays.get("layer2.bias").shape());
        assertSame(parameters, WeightFile.read(file, NETWORK));

        byte[] bytes = Files.readAllBytes(file);
        WeightFile.write(file, NETWORK, WeightFile.read(file, NETWORK));
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void masterWeightsSurviveTheFileBitByBit() {
        Path file = folder.resolve("w.npz");
        MasterWeights master = MasterWeights.initial(NETWORK, TestNetworks.NARROW, 5);
        master.bias(0)[2] = -32768;
        master.weight(1)[1] = 32767;
        WeightFile.write(file, NETWORK, RealWeights.of(NETWORK, master, TestNetworks.NARROW));
        assertEquals(master, MasterWeights.of(NETWORK, WeightFile.read(file, NETWORK), TestNetworks.NARROW));
    }

    @Test
    void readsSinglePrecision() {
        Path file = folder.resolve("w.npz");
        WeightFile.write(file, WITHOUT_BIAS, new Parameters(WITHOUT_BIAS));
        SortedMap<String, NpyArray> arrays = Npz.read(file);
        double[] weight = new double[120];
        weight[5] = 0.1f;
        arrays.put("layer2.weight", NpyArray.reals(ElementType.FLOAT32, weight, 6, 20));
        Npz.write(file, arrays);
        assertArrayEquals(weight, WeightFile.read(file, WITHOUT_BIAS).weight(1));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Path file = folder.resolve("bad.npz");
        double[] nan = new double[240];
        nan[2 * 12 + 3] = Double.NaN;
        double[] infinite = new double[19];
        infinite[4] = Double.POSITIVE_INFINITY;
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        arrays.put("layer1.weight", NpyArray.reals(nan, 20, 12));
        arrays.put("layer1.bias", NpyArray.reals(infinite, 19));
        arrays.put("layer2.bias", NpyArray.integers(ElementType.INT16, new long[6], 6));
        arrays.put("layer3.weight", NpyArray.reals(new double[1], 1));
        arrays.put("fc.weight", NpyArray.reals(new double[1], 1));
        Npz.write(file, arrays);
        assertEquals(
                List.of(
                        file + ": layer1.weight: element [2, 3] is NaN; weights are finite numbers",
                        file + ": layer1.bias: has shape [19], not [20]; give the weights of this network",
                        file + ": layer1.bias: element [4] is Infinity; weights are finite numbers",
                        file + ": layer2.weight: is missing; add it with shape [6, 20]",
                        file + ": layer2.bias: has elements of type i2; save real numbers, f4 or f8",
                        file + ": fc.weight: is no array of the network test, which has layers 1 to 2; leave it out",
                        file
                                + ": layer3.weight: is no array of the network test, which has layers 1 to 2; leave it out"),
                assertThrows(InvalidInputException.class, () -> WeightFile.read(file, NETWORK))
                        .problems());
    }

    @Test
    void refusesTheTransposedMatrixAndABiasThatTheNetworkHasNot() {
        Path file = folder.resolve("w.npz");
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        arrays.put("layer1.weight", NpyArray.reals(new double[240], 12, 20));
        arrays.put("layer1.bias", NpyArray.reals(new double[20], 20));
        arrays.put("layer2.weight", NpyArray.reals(new double[120], 6, 20));
        Npz.write(file, arrays);
        assertEquals(
                List.of(
                        file + ": layer1.weight: has shape [12, 20], not [20, 12]; give the weights of this network",
                        file + ": layer1.bias: is there, but the network's layer 1 has no bias; leave it out or give"
                                + " the layer one"),
                assertThrows(InvalidInputException.class, () -> WeightFile.read(file, WITHOUT_BIAS))
                        .problems());
    }

    private static void assertSame(Parameters expected, Parameters actual) {
        for (int layer = 0; layer < expected.layers(); layer++) {
            assertArrayEquals(expected.weight(layer), actual.weight(layer));
            assertArrayEquals(expected.bias(layer), actual.bias(layer));
        }
    }
}
