package h2learn.host;

import h2learn.network.Network;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.network.Network.Weighted;
import java.util.ArrayList;
import java.util.List;

/** What a network asks for that the golden model computes but the accelerator does not yet. */
final class Unsupported {
    private Unsupported() {}

    /** Each a clause; empty when the accelerator computes all of it. */
    static List<String> reasons(Network network) {
        List<String> reasons = new ArrayList<>();
        for (int index = 0; index < network.layers().size(); index++) {
            String layer = "layer " + index;
            if (network.layers().get(index) instanceof Weighted) {
                neuron(network.neuron(index), layer, reasons);
            }
        }
        Training training = network.training();
        require(training.momentum() == 0, "training.momentum is not 0", reasons);
        require(training.weightDecay() == 0, "training.weightDecay is not 0", reasons);
        require(training.rounding() == UpdateRounding.NEAREST, "training.rounding is stochastic", reasons);
        require(training.loss() == Loss.MSE, "training.loss is external", reasons);
        return List.copyOf(reasons);
    }

    private static void neuron(Neuron neuron, String layer, List<String> reasons) {
        require(neuron.reset() == Reset.HARD, layer + " has no hard reset", reasons);
        require(!neuron.detachReset(), layer + " detaches the reset", reasons);
        require(neuron.surrogate() == Surrogate.RECTANGLE, layer + " has no rectangular surrogate", reasons);
    }

    private static void require(boolean there, String otherwise, List<String> reasons) {
        if (!there) {
            reasons.add(otherwise);
        }
    }
}
