package h2learn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.ConfigReader;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkCheckTest {
    private final AcceleratorConfig base = new ConfigReader().read("base");
    private Input input = new Input(784, Encoding.DIRECT, 8, 8, false);
    private int steps = 4;
    private Neuron neuron = new Neuron(0.5, 0.5, 0.5, 1);
    private int exponent = 10;
    private Training training = new Training(50, 1, 0.5, 1, 1);
    private Formats formats = base.formats();

    @Test
    void acceptsASoundPair() {
        assertEquals(List.of(), problems());
        assertEquals(List.of(), NetworkCheck.warnings(network(), base));
    }

    @Test
    void refusesMoreStepsThanTheAcceleratorHolds() {
        steps = 17;
        assertOneProblem("steps: 17 is more than the accelerator's limits.steps, 16");
    }

    @Test
    void refusesMorePlanesThanTheAcceleratorHolds() {
        input = new Input(784, Encoding.DIRECT, 9, 8, false);
        assertOneProblem("input.bits: 9 is more than the accelerator's limits.inputPlanes, 8");
    }

    @ParameterizedTest
    @CsvSource({"9,true", "8,false", "3,false"})
    void refusesABackwardShiftBelowZero(int last, boolean accepted) {
        exponent = last + 6 + (accepted ? 0 : 1);
        Network base = network();
        Network network = new Network(
                base.name(),
                base.description(),
                base.input(),
                base.steps(),
                base.neuron(),
                List.of(new Dense(256, true, exponent), new Dense(100, true, last)),
                base.classes(),
                base.training());
        List<String> problems = NetworkCheck.arithmeticProblems(network, formats);
        assertEquals(accepted ? 0 : 1, problems.size());
        assertTrue(accepted || problems.get(0).contains("makes the error's right shift -1, outside 0..31"));
    }

    /** 784 * 255 * 128 + (128 << 8) = 25622528 < 2^25 - 1: 26 bits hold it, 25 do not. */
    @ParameterizedTest
    @CsvSource({"26,0", "25,1"})
    void refusesAForwardSumThatOverflows(int accumulatorBits, int expected) {
        formats = new Formats(8, 6, 16, 14, 16, 8, accumulatorBits);
        assertEquals(
                expected, NetworkCheck.arithmeticProblems(network(), formats).size());
    }

    /** 128 * 4 steps * 256 (the bias; pixels reach 255) * M > 2^31 - 1 from M = 16384 on. */
    @ParameterizedTest
    @CsvSource({"16383,0", "16384,1"})
    void refusesAWeightGradientThatOverflows(int minibatch, int expected) {
        training = new Training(minibatch, 1, 0.5, 1, 1);
        assertEquals(expected, problems().size(), problems().toString());
    }

    @Test
    void refusesNeuronsThatThePotentialCannotHold() {
        neuron = new Neuron(0.5, 600, 0.5, 1);
        assertOneProblem("neuron.theta: 600.0 does not fit the potential's format, which ends at 511.984375");
        neuron = new Neuron(0.5, 0.5, 0.001, 1);
        assertOneProblem("neuron.window: 0.001 does not fit the potential's format, 0.015625 to 511.984375");
        neuron = new Neuron(0.5, 500, 20, 1);
        assertOneProblem("neuron.window: the potential saturates at 511.984375, inside the window around theta");
    }

    @Test
    void refusesALearningRateWhoseFactorDoesNotFit() {
        exponent = 0;
        input = new Input(784, Encoding.SPIKES, 1, 0, false);
        training = new Training(1, 1, 1000, 1, 1);
        assertTrue(problems().get(0).startsWith("training.learningRate: 1000.0 makes the update's factor"));
    }

    @Test
    void warnsOfInitialWeightsThatVanishOrSaturate() {
        training = new Training(50, 1, 0.5, 1, 0.2);
        assertTrue(NetworkCheck.warnings(network(), base).get(0).startsWith("layers[0]: 100 % of the initial weights"));
        training = new Training(50, 1, 0.5, 1, 80);
        assertTrue(NetworkCheck.warnings(network(), base).get(0).startsWith("layers[0]: initial weights up to 2.857"));
    }

    @Test
    void warnsOfAThresholdThatRoundingMoves() {
        neuron = new Neuron(0.5, 0.07, 0.5, 1);
        assertEquals(
                List.of("neuron.theta: 0.07 becomes 0.0625 with 6 fraction bits; use more formats.weightFractionBits"),
                NetworkCheck.warnings(network(), base));
    }

    private void assertOneProblem(String start) {
        assertEquals(1, problems().size(), problems().toString());
        assertTrue(problems().get(0).startsWith(start), problems().get(0));
    }

    private List<String> problems() {
        return NetworkCheck.problems(network(), base);
    }

    private Network network() {
        return new Network(
                "test",
                "Test.",
                input,
                steps,
                neuron,
                List.of(new Dense(256, true, exponent), new Dense(100, true, exponent)),
                new Classes(10, 10),
                training);
    }
}
