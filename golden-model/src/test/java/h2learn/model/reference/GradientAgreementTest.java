package h2learn.model.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.ConfigReader;
import h2learn.data.DataSet;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Training;
import h2learn.network.NetworkReader;
import h2learn.number.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of docs/05-accuracy.md: gradients of each layer of the named networks, at their initial weights, against
 * the float model's. With more bits the error must fall as the format's precision says.
 */
class GradientAgreementTest {
    private static final Formats DEFAULT = new ConfigReader().read("base").formats();
    /** Two more bits of gradients below and one above, five more of potentials; the same weights. */
    private static final Formats FINER = new Formats(13, 11, 16, 14, 16, 11, 32);

    private static final int MORE_GRADIENT_BITS = 2;
    private static final Path PAGE = Path.of("../docs/05-accuracy.md");

    @ParameterizedTest
    @ValueSource(strings = {"tiny-mlp", "fashion-mlp", "fashion-conv", "event-conv", "cifar-like"})
    void gradientsAgreeToThePrecisionOfTheFormat(String name) throws IOException {
        Network network = new NetworkReader().read(name);
        int count = name.equals("cifar-like") ? 4 : 16;
        MasterWeights master = roundedWeights(network);
        GradientComparison coarse = compare(network, DEFAULT, master, count);
        GradientComparison fine = compare(withGradientBits(network), FINER, master, count);
        List<String> rows = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
            if (shape.weighted()) {
                rows.add(row(network, shape, coarse, fine));
            }
        }
        String table = String.join("\n", rows) + "\n";
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("agreement-" + name + ".md"), table);
        for (LayerShape shape : network.shapes()) {
            if (shape.weighted()) {
                int layer = shape.index();
                String where = name + " layer " + layer + "\n" + table;
                assertTrue(coarse.sameSpikes(layer) > 0, where);
                assertTrue(fine.sameSpikes(layer) < coarse.sameSpikes(layer) / 2, where);
                assertTrue(fine.sameSpikes(layer) < 0.1, where);
                assertTrue(
                        fine.differing(layer) < coarse.differing(layer)
                                || layer == network.layers().size() - 1,
                        where);
                // twelve layers amplify every spike that differs until the two models' spikes are unrelated
                assertTrue(name.equals("cifar-like") || fine.ownSpikes(layer) < coarse.ownSpikes(layer), where);
            }
        }
        String page = Files.readString(PAGE);
        assertTrue(
                page.contains(table),
                "docs/05-accuracy.md must hold these rows, now in target/agreement-" + name + ".md:\n" + table);
    }

    private static String row(Network network, LayerShape shape, GradientComparison coarse, GradientComparison fine) {
        int layer = shape.index();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %.1f | %.2f | %.3f | %.4f | %.2f | %.2f | %.2f | %.2f |",
                network.name(),
                layer,
                network.layers().get(layer).type(),
                100 * coarse.saturated(layer),
                coarse.gradientError(layer),
                coarse.sameSpikes(layer),
                fine.sameSpikes(layer),
                coarse.ownSpikes(layer),
                fine.ownSpikes(layer),
                100 * coarse.differing(layer),
                100 * fine.differing(layer));
    }

    private static GradientComparison compare(Network network, Formats formats, MasterWeights master, int count) {
        // one sample at a time: a whole minibatch of finer gradients would not fit 32 bits
        GradientComparison comparison = new GradientComparison(oneSample(network), formats, master);
        samples(network, count).forEach(comparison::add);
        return comparison;
    }

    /** Initial weights that the engines' format holds exactly. */
    private static MasterWeights roundedWeights(Network network) {
        MasterWeights master = MasterWeights.initial(network, DEFAULT, 1);
        int shift = DEFAULT.masterFractionBits() - DEFAULT.weightFractionBits();
        for (int layer = 0; layer < master.layers(); layer++) {
            int[] weight = master.weight(layer);
            for (int index = 0; index < weight.length; index++) {
                weight[index] = EngineWeights.round(weight[index], DEFAULT) << shift;
            }
        }
        return master;
    }

    /** Fashion-MNIST where the network reads it, else pixels and spikes by seed. */
    private static List<Sample> samples(Network network, int count) {
        Network.Input input = network.input();
        if (network.name().startsWith("fashion") || network.name().startsWith("tiny")) {
            DataSet images = Encoder.encode(DataSets.embedded(), network, 1);
            return images.train().subList(0, count);
        }
        boolean direct = input.encoding() == Network.Encoding.DIRECT;
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            int[] values = new int[direct ? input.values() : network.steps() * input.values()];
            for (int index = 0; index < values.length; index++) {
                double uniform = CounterRandom.uniform(6, sample, index);
                values[index] = direct ? (int) (256 * uniform) : uniform < 0.1 ? 1 : 0;
            }
            samples.add(new Sample(values, sample % network.classes().count()));
        }
        return samples;
    }

    private static Network oneSample(Network network) {
        return new Network(
                network.name(),
                network.description(),
                network.input(),
                network.steps(),
                network.neuron(),
                network.layers(),
                network.classes(),
                new Training(1, 1, 0.01, 1, 1));
    }

    private static Network withGradientBits(Network network) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : network.layers()) {
            if (layer instanceof Conv2d conv) {
                layers.add(new Conv2d(
                        conv.outputs(),
                        conv.kernel(),
                        conv.stride(),
                        conv.padding(),
                        conv.bias(),
                        conv.gradientExponent() + MORE_GRADIENT_BITS,
                        conv.neuron()));
            } else if (layer instanceof Dense dense) {
                layers.add(new Dense(
                        dense.outputs(), dense.bias(), dense.gradientExponent() + MORE_GRADIENT_BITS, dense.neuron()));
            } else {
                layers.add(layer);
            }
        }
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
}
