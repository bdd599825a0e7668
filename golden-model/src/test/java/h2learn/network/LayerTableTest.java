package h2learn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.network.LayerShape.Extent;
import h2learn.network.LayerShape.Operation;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Input;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTableTest {
    private static final String YAML =
            """
            name: image
            description: Every key of an image network.
            input: {channels: 2, height: 12, width: 14, encoding: spikes}
            steps: 3
            neuron: {alpha: 0.75, reset: soft, detachReset: true, surrogate: triangle}
            layers:
              - {type: conv2d, outputs: 5, kernel: 3, stride: 2, padding: 1, bias: false, gradientExponent: 8}
              - {type: average-pool}
              - {type: conv2d, outputs: 4, kernel: 2, neuron: {theta: 0.5, reset: none}}
              - {type: max-pool, kernel: 2, stride: 1}
              - {type: dense, outputs: 12, neuron: {surrogate: rectangle}}
            classes: {count: 4, neurons: 3}
            training: {momentum: 0.9, weightDecay: 0.001, rounding: stochastic, roundingSeed: 5, loss: external}
            """;

    @TempDir
    private Path folder;

    @Test
    void mapsEveryKey() throws IOException {
        Network network = read(YAML);
        Neuron neuron = new Neuron(0.75, 0.25, 0.5, 1, Reset.SOFT, true, Surrogate.TRIANGLE);
        assertEquals(new Input(2, 12, 14, Network.Encoding.SPIKES, 1, 0, false), network.input());
        assertEquals(neuron, network.neuron());
        int hidden = GradientExponents.ofLayer(2, 5, 3, network.classes());
        int last = GradientExponents.ofLayer(4, 5, 3, network.classes());
        assertEquals(
                List.of(
                        new Conv2d(5, 3, 2, 1, false, 8),
                        new Pool(Reduction.AVERAGE, 2, 2),
                        new Conv2d(
                                4,
                                2,
                                1,
                                0,
                                true,
                                hidden,
                                new Neuron(0.75, 0.5, 0.5, 1, Reset.NONE, true, Surrogate.TRIANGLE)),
                        new Pool(Reduction.MAX, 2, 1),
                        new Dense(
                                12, true, last, new Neuron(0.75, 0.25, 0.5, 1, Reset.SOFT, true, Surrogate.RECTANGLE))),
                network.layers());
        assertEquals(
                new Training(32, 5, 0.5, 0.8, 1, 0.9, 0.001, UpdateRounding.STOCHASTIC, 5, Loss.EXTERNAL),
                network.training());
        assertEquals(neuron, network.neuron(0));
        assertEquals(0.5, network.neuron(2).theta());
    }

    @Test
    void whatIsWrittenIsReadBackAsTheSame() throws IOException {
        Network every = read(YAML);
        assertEquals(every, read(NetworkWriter.toYaml(every)));
        for (String name : new NetworkReader().names()) {
            Network named = new NetworkReader().read(name);
            assertEquals(named, read(NetworkWriter.toYaml(named)));
        }
    }

    /** 14x12 -> stride 2 -> 7x6 -> pooled 3x3 -> 2x2 kernel -> 2x2 -> pooled 1x1. */
    @Test
    void derivesTheShapes() throws IOException {
        List<LayerShape> shapes = read(YAML).shapes();
        assertEquals(
                List.of(
                        new Extent(5, 6, 7),
                        new Extent(5, 3, 3),
                        new Extent(4, 2, 2),
                        new Extent(4, 1, 1),
                        new Extent(12, 1, 1)),
                shapes.stream().map(LayerShape::output).toList());
        assertEquals(
                List.of(18, 0, 20, 0, 4),
                shapes.stream().map(LayerShape::inputs).toList());
        assertEquals(
                List.of(5, 0, 4, 0, 12),
                shapes.stream().map(LayerShape::outputs).toList());
        assertEquals(
                List.of(42, 9, 4, 1, 1), shapes.stream().map(LayerShape::points).toList());
        assertEquals(
                List.of(1, 1, 3, 1, 1),
                shapes.stream().map(LayerShape::inputPlanes).toList());
        assertEquals(
                List.of(0, 0, 2, 0, 0),
                shapes.stream().map(LayerShape::inputFractionBits).toList());
        assertEquals(Operation.AVERAGE_POOL, shapes.get(1).operation());
        assertEquals(8, shapes.get(1).gradientExponent(), "a pool has the exponent of the layer below");
        assertEquals("[5, 3, 3, 2]", Arrays.toString(shapes.get(0).weightShape()));
        assertEquals("[12, 4]", Arrays.toString(shapes.get(4).weightShape()));
        assertEquals(12, read(YAML).outputs());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void everyOutputPointReadsItsSquareOfTheImage(int kernel) {
        for (int stride = 1; stride <= 4; stride++) {
            for (int padding = 0; padding < kernel; padding++) {
                Network network = image(new Conv2d(3, kernel, stride, padding, true, 8));
                LayerShape shape = network.shapes().get(0);
                Connections connections = new Connections(shape);
                int read = 0;
                for (int point = 0; point < shape.input().points(); point++) {
                    int[] reach = connections.reach(point);
                    read += reach.length / 2;
                    for (int pair = 0; pair < reach.length; pair += 2) {
                        int y = reach[pair] / shape.output().width() * stride + reach[pair + 1] / kernel - padding;
                        int x = reach[pair] % shape.output().width() * stride + reach[pair + 1] % kernel - padding;
                        assertEquals(point, y * shape.input().width() + x);
                    }
                }
                int inside = 0;
                for (int point = 0; point < shape.points(); point++) {
                    for (int tap = 0; tap < kernel * kernel; tap++) {
                        int y = point / shape.output().width() * stride + tap / kernel - padding;
                        int x = point % shape.output().width() * stride + tap % kernel - padding;
                        inside += y >= 0 && y < 9 && x >= 0 && x < 8 ? 1 : 0;
                    }
                }
                assertEquals(inside, read, "stride " + stride + " padding " + padding);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            kernel: 3, stride: 2 | kernel: 8, stride: 2 | layers[0].kernel: 8 is out of range; give the height and width of the kernel, 1 to 7
            kernel: 3, stride: 2 | stride: 2 | layers[0].kernel: is missing; give the height and width of the kernel, 1 to 7
            stride: 2, padding: 1 | stride: 5, padding: 1 | layers[0].stride: 5 is out of range; give the distance of neighbouring output points, 1 to 4
            stride: 2, padding: 1 | stride: 2, padding: 3 | layers[0].padding: 3 is not less than the kernel, 3; use less, or points would read nothing but padding
            outputs: 5, kernel | kernel | layers[0].outputs: is missing; give the neurons of the layer, 1 to 65536
            max-pool, kernel: 2 | max-pool, kernel: 4 | layers[3].kernel: 4 does not fit a pool; use 2 or 3
            max-pool, kernel: 2 | max-pool, outputs: 2 | layers[3].outputs: a pool has no outputs; take it out or set the layer's type
            dense, outputs: 12 | dense, kernel: 1, outputs: 12 | layers[4].kernel: dense has no kernel; take it out or set the layer's type
            outputs: 4, kernel: 2 | outputs: 4, kernel: 5 | layers[2].kernel: its square does not fit the image that this layer reads; use a smaller kernel, smaller strides before it or more padding
            conv2d, outputs: 5 | max-pool, outputs: 5 | layers[0]: max-pool cannot be the first layer, it pools spikes; pool the samples themselves or start with a layer of neurons
            conv2d, outputs: 4 | max-pool, outputs: 4 | layers[2]: max-pool cannot follow another pool; use one pool between two layers of neurons
            type: dense | type: linear | layers[4].type: "linear" is not one of dense, conv2d, average-pool or max-pool; give dense, conv2d, average-pool or max-pool
            count: 4, neurons: 3 | count: 4, neurons: 2 | classes: 4 classes of 2 neurons make 8 outputs, but the last layer has 12; make them equal
            reset: soft | reset: gentle | neuron.reset: "gentle" is not one of hard, soft or none; give hard (the potential becomes 0), soft (theta is subtracted) or none
            momentum: 0.9 | momentum: 1 | training.momentum: 1 is out of range; give the share of the last update's direction that is kept, 0 to 0.99
            height: 12 | height: 0 | input.height: 0 is out of range; give the image's height in pixels, 1 to 1024
            channels: 2, height: 12, width: 14 | channels: 60000, height: 1000, width: 1000 | input: channels, height and width make 60000000000 values, more than 1048576; use a smaller image
            """)
    void namesWhatIsWrongWhereAndHowToMendIt(String from, String to, String problem) {
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> read(YAML.replace(from, to)));
        assertTrue(
                refusal.problems().contains(folder.resolve("network.yaml") + ": " + problem),
                () -> refusal.problems().toString());
    }

    @Test
    void refusesAPoolAtTheEnd() {
        String yaml = YAML.replace("  - {type: max-pool, kernel: 2, stride: 1}\n", "")
                .replace("type: dense, outputs: 12, neuron: {surrogate: rectangle}", "type: max-pool");
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> read(yaml));
        assertTrue(refusal.problems()
                .contains(folder.resolve("network.yaml")
                        + ": layers[3]: max-pool cannot be the last layer; end with a layer of neurons"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid", "atan", "gaussian"})
    void refusesSurrogatesOfInfiniteSupportWithTheReason(String name) {
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> read(YAML.replace("surrogate: triangle", "surrogate: " + name)));
        assertEquals(
                List.of(folder.resolve("network.yaml") + ": neuron.surrogate: \"" + name
                        + "\" is not rectangle or triangle; a surrogate of infinite support (sigmoid, arctangent) leaves"
                        + " no neuron outside its window, so that the Backward Engine could skip nothing; use rectangle"
                        + " or triangle"),
                refusal.problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion-conv", "event-conv", "cifar-like"})
    void namedImageNetworksAreComputedExactlyAndWithoutWarning(String name) {
        AcceleratorConfig base = new ConfigReader().read("base");
        Network network = new NetworkReader().read(name);
        assertEquals(List.of(), NetworkCheck.problems(network, base));
        assertEquals(List.of(), NetworkCheck.warnings(network, base));
    }

    @Test
    void refusesWhatCouldOverflowOverThePointsOfAnImage() {
        Formats formats = new ConfigReader().read("base").formats();
        // 72 points * 4 steps * 128 * 255 * 228 = 2 143 272 960 < 2^31
        Network fits = image(new Conv2d(3, 1, 1, 0, false, 8));
        Network more = new Network(
                fits.name(),
                fits.description(),
                fits.input(),
                fits.steps(),
                fits.neuron(),
                fits.layers(),
                fits.classes(),
                new Training(229, 1, 0.5, 1, 1));
        assertEquals(List.of(), NetworkCheck.arithmeticProblems(fits, formats));
        assertTrue(NetworkCheck.arithmeticProblems(more, formats)
                .get(0)
                .startsWith("layers[0]: the weight gradient can reach 2152673280 over a minibatch of 229"));
    }

    @Test
    void looksAtEachLayersOwnNeurons() {
        Formats formats = new ConfigReader().read("base").formats();
        Network network = image(new Conv2d(3, 1, 1, 0, false, 8, new Neuron(0.5, 600, 0.5, 1)));
        assertTrue(NetworkCheck.arithmeticProblems(network, formats)
                .get(0)
                .startsWith("layers[0].neuron.theta: 600.0 does not fit the potential's format"));
    }

    private static Network image(Conv2d first) {
        return new Network(
                "image",
                "An image.",
                new Input(1, 9, 8, Network.Encoding.DIRECT, 8, 7, false),
                4,
                new Neuron(0.5, 0.5, 0.5, 1),
                List.of(first, new Dense(2, true, 8)),
                new Network.Classes(2, 1),
                new Training(228, 1, 0.5, 1, 1));
    }

    private Network read(String yaml) throws IOException {
        return new NetworkReader()
                .read(Files.writeString(folder.resolve("network.yaml"), yaml).toString());
    }
}
