package h2learn.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.network.Network;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.network.NetworkReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsupportedTest {
    private final AcceleratorConfig base = new ConfigReader().read("base");

    @Test
    void saysWhatDoesNotFit() {
        Network network = new NetworkReader().read("event-conv");
        PlacementException refusal = assertThrows(PlacementException.class, () -> Placement.of(network, base));
        assertTrue(
                refusal.getMessage()
                        .startsWith("network event-conv does not fit config base even one sample at a time:\n"),
                refusal.getMessage());
        assertTrue(
                refusal.getMessage()
                        .contains("  2560 points of one part of layer 0 are needed, limits.points holds 1024"),
                refusal.getMessage());
    }

    @Test
    void namesTheOptionsThatTheConfigLacks() {
        Neuron neuron = new Neuron(0.5, 0.5, 0.5, 1, Reset.SOFT, true, Surrogate.TRIANGLE);
        Network network =
                network(neuron, new Training(4, 1, 0.5, 1, 1, 0.5, 0.1, UpdateRounding.STOCHASTIC, 1, Loss.MSE));
        String message = assertThrows(PlacementException.class, () -> Placement.of(network, base))
                .getMessage();
        for (String sentence : List.of(
                "layer 1 resets softly: set options.softReset: true in the config",
                "layer 1 detaches the reset: set options.detachReset: true in the config",
                "layer 1 has the triangular surrogate: set options.triangle: true in the config",
                "training.momentum is not 0: set options.momentum: true in the config",
                "training.weightDecay is not 0: set options.weightDecay: true in the config",
                "training.rounding is stochastic: set options.stochasticRounding: true in the config")) {
            assertTrue(message.contains(sentence), message);
        }
        assertFalse(message.contains("layer 0"), message);
    }

    @Test
    void refusesWhatNoAcceleratorDoes() {
        Network network = network(
                new Neuron(0.5, 0.5, 0.5, 1),
                new Training(4, 1, 0.5, 1, 1, 0, 0, UpdateRounding.NEAREST, 1, Loss.EXTERNAL));
        PlacementException refusal = assertThrows(PlacementException.class, () -> Placement.of(network, base));
        assertEquals(
                "network options is not yet placed on the accelerator: training.loss is external",
                refusal.getMessage());
    }

    private static Network network(Neuron last, Training training) {
        return new Network(
                "options",
                "Every option.",
                new Network.Input(4, Network.Encoding.SPIKES, 1, 0, false),
                2,
                new Neuron(0.5, 0.5, 0.5, 1),
                List.of(new Dense(3, true, 8), new Dense(2, true, 8, last)),
                new Network.Classes(2, 1),
                training);
    }

    @Test
    void placesADenseNetwork() {
        assertEquals(
                2,
                Placement.of(new NetworkReader().read("fashion-mlp"), base)
                        .layers()
                        .size());
    }
}
