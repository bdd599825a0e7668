package h2learn.exchange.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.InvalidInputException;
import h2learn.exchange.nir.NirReader;
import h2learn.exchange.nir.NirWriter;
import h2learn.model.Parameters;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.GradientExponents;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.number.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoundTripTest {
    private static final Formats FORMATS = new Formats(8, 6, 16, 14, 16, 8, 32);
    private static final ImportOptions ASK_THE_FILE = new ImportOptions(
            "random", Optional.empty(), Optional.empty(), Discretisation.Method.EULER, Optional.empty(), 1, 1, 0.5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void exportThenImportGivesTheSameBits(long seed) throws IOException {
        Network network = network(seed);
        MasterWeights master = MasterWeights.initial(network, FORMATS, seed);
        Parameters parameters = reals(network, master, seed);
        master = MasterWeights.of(network, parameters, FORMATS);
        Path file = folder.resolve("random.nir");
        Graph graph = GraphExport.of(network, parameters, 1e-3, Discretisation.Method.EULER);
        NirWriter.write(file, graph);
        byte[] first = Files.readAllBytes(file);
        GraphImport.Imported back = GraphImport.of(new NirReader().read(file), ASK_THE_FILE);
        assertEquals(network.layers(), back.network().layers());
        assertEquals(network.neuron(), back.network().neuron());
        assertEquals(network.steps(), back.network().steps());
        assertEquals(network.input(), back.network().input());
        assertEquals(master, MasterWeights.of(back.network(), back.parameters(), FORMATS));
        NirWriter.write(file, graph);
        assertArrayEquals(first, Files.readAllBytes(file));
    }

    @Test
    void maxPoolsHaveNoCounterpart() {
        Network network = network(2);
        List<Network.Layer> layers = new ArrayList<>(network.layers());
        layers.set(1, new Pool(Reduction.MAX, 2, 2));
        Network changed = with(network, layers);
        InvalidInputException e = assertThrows(
                InvalidInputException.class,
                () -> GraphExport.of(changed, new Parameters(changed), 1e-3, Discretisation.Method.EULER));
        assertEquals(1, e.problems().size());
        assertEquals(0, e.getMessage().indexOf("layers[1]: max-pool has no counterpart in NIR"));
    }

    /** Odd seeds dense, even ones with convolutions and pools. */
    private static Network network(long seed) {
        Reset reset = Reset.values()[below(seed, 1, 3)];
        Neuron common = neuron(below(seed, 2, 257) / 256.0, reset);
        Neuron other = neuron(below(seed, 3, 256) / 256.0, reset);
        boolean image = seed % 2 == 0;
        boolean bias = below(seed, 4, 2) == 0;
        List<Network.Layer> layers = new ArrayList<>();
        if (image) {
            layers.add(new Conv2d(3 + below(seed, 5, 3), 3, 1, 1, true, 10));
            layers.add(new Pool(Reduction.AVERAGE, 2 + below(seed, 6, 2), 2));
            layers.add(new Conv2d(4, 2 + below(seed, 7, 2), 1, 1, true, 10, other.equals(common) ? null : other));
        } else {
            layers.add(new Dense(5 + below(seed, 8, 5), bias, 10));
        }
        layers.add(new Dense(6, bias, 9, other.equals(common) ? null : other));
        Network.Input input = image
                ? new Network.Input(2, 9, 8, Network.Encoding.SPIKES, 1, 0, false)
                : new Network.Input(11, Network.Encoding.SPIKES, 1, 0, false);
        Network network = new Network(
                "random",
                "A random network.",
                input,
                3 + below(seed, 9, 6),
                common,
                layers,
                new Network.Classes(6, 1),
                new Network.Training(32, 5, 0.5, 0.8, 1));
        List<Network.Layer> exponents = new ArrayList<>();
        for (int index = 0; index < layers.size(); index++) {
            exponents.add(withExponent(network, index));
        }
        return with(network, exponents);
    }

    private static Network.Layer withExponent(Network network, int index) {
        int exponent = GradientExponents.ofLayer(index, network.layers().size(), network.steps(), network.classes());
        Network.Layer layer = network.layers().get(index);
        if (layer instanceof Dense dense) {
            return new Dense(dense.outputs(), dense.bias(), exponent, dense.neuron());
        }
        if (layer instanceof Conv2d conv) {
            return new Conv2d(
                    conv.outputs(), conv.kernel(), conv.stride(), conv.padding(), true, exponent, conv.neuron());
        }
        return layer;
    }

    private static Network with(Network network, List<Network.Layer> layers) {
        return new Network(
                network.name(),
                network.description(),
                network.input(),
                network.steps(),
                network.neuron(),
                layers,
                network.classes(),
                network.training());
    }

    private static Neuron neuron(double alpha, Reset reset) {
        return new Neuron(alpha, 0.5 + alpha / 2, 0.5, 1, reset, false, Surrogate.RECTANGLE);
    }

    /** The real numbers that the master copies stand for, biases included. */
    private static Parameters reals(Network network, MasterWeights master, long seed) {
        Parameters parameters = new Parameters(network);
        for (int layer = 0; layer < parameters.layers(); layer++) {
            double[] weight = parameters.weight(layer);
            for (int index = 0; index < weight.length; index++) {
                weight[index] = FORMATS.master().toReal(master.weight(layer)[index]);
            }
            double[] bias = parameters.bias(layer);
            for (int index = 0; index < bias.length; index++) {
                bias[index] = FORMATS.master().toReal(below(seed, 100L + index, 20000) - 10000);
            }
        }
        return parameters;
    }

    private static int below(long seed, long counter, int bound) {
        return (int) (CounterRandom.uniform(seed, 55, counter) * bound);
    }
}
