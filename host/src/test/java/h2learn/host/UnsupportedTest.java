package h2learn.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    void refusesPoolsInOneSentence() {
        Network network = new NetworkReader().read("event-conv");
        PlacementException refusal = assertThrows(PlacementException.class, () -> Placement.of(network, base));
        assertEquals(
                "network event-conv is not yet placed on the accelerator: layer 1 is average-pool, layer 3 is"
                        + " average-pool",
                refusal.getMessage());
    }

    @Test
    void refusesOptionsThatNoEngineHas() {
        Neuron neuron = new Neuron(0.5, 0.5, 0.5, 1, Reset.SOFT, true, Surrogate.TRIANGLE);
        Network network = new Network(
                "options",
                "Every option.",
                new Network.Input(4, Network.Encoding.SPIKES, 1, 0, false),
                2,
                new Neuron(0.5, 0.5, 0.5, 1),
                List.of(new Dense(3, true, 8), new Dense(2, true, 8, neuron)),
                new Network.Classes(2, 1),
                new Training(4, 1, 0.5, 1, 1, 0.5, 0.1, UpdateRounding.STOCHASTIC, 1, Loss.EXTERNAL));
        PlacementException refusal = assertThrows(PlacementException.class, () -> Placement.of(network, base));
        assertEquals(
                "network options is not yet placed on the accelerator: layer 1 has no hard reset, layer 1 detaches the"
                        + " reset, layer 1 has no rectangular surrogate, training.momentum is not 0,"
                        + " training.weightDecay is not 0, training.rounding is stochastic, training.loss is external",
                refusal.getMessage());
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
