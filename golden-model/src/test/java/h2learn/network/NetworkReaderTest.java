package h2learn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkReaderTest {
    private static final String HEAD = "name: mine\ndescription: Mine.\n";
    private static final String BODY =
            "input: {channels: 9, encoding: direct}\nsteps: 4\nlayers: [{outputs: 5}, {outputs: 6}]\nclasses: {count: 3, neurons: 2}\n";

    @TempDir
    private Path folder;

    @Test
    void fillsInTheseDefaults() throws IOException {
        assertEquals(
                new Network(
                        "mine",
                        "Mine.",
                        new Input(9, Encoding.DIRECT, 8, 8, false),
                        4,
                        new Neuron(0.25, 0.25, 0.5, 1),
                        List.of(new Dense(5, true, 9 + GradientExponents.HIDDEN_OFFSET), new Dense(6, true, 9)),
                        new Classes(3, 2),
                        new Training(32, 5, 0.5, 0.8, 1)),
                read(HEAD + BODY));
    }

    @Test
    void mapsEveryKey() throws IOException {
        String yaml =
                """
                name: explicit
                description: Every key.
                input: {channels: 7, encoding: direct, bits: 5, fractionBits: 3, signed: true}
                steps: 3
                neuron: {alpha: 0.75, theta: 0.5, window: 0.125, beta: 1.5}
                layers:
                  - {outputs: 11, bias: false, gradientExponent: 13}
                  - {outputs: 12, bias: true, gradientExponent: 12}
                classes: {count: 4, neurons: 3}
                training: {minibatch: 9, epochs: 2, learningRate: 0.25, learningRateDecay: 0.5, initialGain: 3.5}
                """;
        assertEquals(
                new Network(
                        "explicit",
                        "Every key.",
                        new Input(7, Encoding.DIRECT, 5, 3, true),
                        3,
                        new Neuron(0.75, 0.5, 0.125, 1.5),
                        List.of(new Dense(11, false, 13), new Dense(12, true, 12)),
                        new Classes(4, 3),
                        new Training(9, 2, 0.25, 0.5, 3.5)),
                read(yaml));
    }

    @Test
    void spikesAreOneBitWithoutAFraction() throws IOException {
        Network network = read(HEAD + BODY.replace("direct", "spikes"));
        assertEquals(new Input(9, Encoding.SPIKES, 1, 0, false), network.input());
    }

    @ParameterizedTest
    @CsvSource({"fashion-mlp,base", "fashion-mlp,wide", "tiny-mlp,tiny", "tiny-mlp,base"})
    void namedNetworksRunOnNamedAcceleratorsWithoutProblemOrWarning(String name, String accelerator) {
        Network network = new NetworkReader().read(name);
        AcceleratorConfig config = new ConfigReader().read(accelerator);
        assertEquals(name, network.name());
        assertEquals(List.of(), NetworkCheck.problems(network, config));
        assertEquals(List.of(), NetworkCheck.warnings(network, config));
    }

    @Test
    void listsTheNamedNetworks() {
        assertEquals(
                List.of("cifar-like", "event-conv", "fashion-conv", "fashion-mlp", "tiny-mlp"),
                new NetworkReader().names());
    }

    /** 2^e / (T * K) <= 127 is what fits 8 bits. */
    @ParameterizedTest
    @CsvSource({"1,1,6", "4,10,12", "6,1,9", "8,2,10", "64,10,16"})
    void theLastLayersDefaultExponentHoldsTheLargestError(int steps, int neurons, int exponent) {
        assertEquals(exponent, GradientExponents.ofLayer(1, 2, steps, new Classes(10, neurons)));
        assertTrue(Math.scalb(1.0 / (steps * neurons), exponent) <= 127);
        assertTrue(Math.scalb(1.0 / (steps * neurons), exponent + 1) > 127);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            steps: 4 | steps: 0 | steps: 0 is out of range; give the time steps, 1 to 64
            steps: 4 | steps: 2.5 | steps: 2.5 is not a whole number; give the time steps, 1 to 64
            steps: 4 | step: 4 | step: is an unknown key; did you mean steps? & steps: is missing; give the time steps, 1 to 64
            count: 3 | count: 4 | classes: 4 classes of 2 neurons make 8 outputs, but the last layer has 6; make them equal
            count: 3, neurons: 2 | neurons: 2 | classes.count: is missing; give the classes, 1 to 65536
            outputs: 5 | outputs: few | layers[0].outputs: "few" is not a whole number; give the neurons of the layer, 1 to 65536
            outputs: 5 | outputs: 5, gradientExponent: 41 | layers[0].gradientExponent: 41 is out of range; give the exponent of the layer's gradients, 0 to 40
            outputs: 5 | outputs: 5, biased: true | layers[0].biased: is an unknown key; did you mean bias?
            encoding: direct | encoding: spikes, bits: 8 | input.bits: 8 does not fit spikes; use 1
            encoding: direct | encoding: rate | input.encoding: "rate" is not one of direct or spikes; give direct (the values themselves) or spikes (one bit a step)
            steps: 4 | steps: 4\\nneuron: {window: 0} | neuron.window: 0 is out of range; give the half-width of the surrogate window, above 0 to 256
            steps: 4 | steps: 4\\nneuron: {alpha: 1.5} | neuron.alpha: 1.5 is out of range; give the leak, 0 to 1
            steps: 4 | steps: 4\\nneuron: {theta: 1.0e+999} | neuron.theta: Infinity is not a finite number; write a number
            steps: 4 | steps: 4\\ntraining: {learningRate: 1.0e+400} | training.learningRate: Infinity is not a finite number; write a number
            """)
    void namesWhatIsWrongWhereAndHowToMendIt(String from, String to, String problems) throws IOException {
        String yaml = HEAD + BODY.replace(from, to.replace("\\n", "\n"));
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> read(yaml));
        String file = folder.resolve("network.yaml").toString();
        assertEquals(
                List.of(problems.split(" & ")).stream()
                        .map(problem -> file + ": " + problem)
                        .sorted()
                        .toList(),
                refusal.problems().stream().sorted().toList());
    }

    private Network read(String yaml) throws IOException {
        return new NetworkReader()
                .read(Files.writeString(folder.resolve("network.yaml"), yaml).toString());
    }
}
