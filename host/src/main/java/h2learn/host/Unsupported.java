package h2learn.host;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.model.fixed.LayerConstants;
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

/** What a network asks for that the golden model computes but this accelerator, or any yet, does not. */
final class Unsupported {
    private Unsupported() {}

    /** Each a clause about what no accelerator does yet; empty when there is none. */
    static List<String> reasons(Network network) {
        List<String> reasons = new ArrayList<>();
        require(network.training().loss() == Loss.MSE, "training.loss is external", reasons);
        return List.copyOf(reasons);
    }

    /** Each a sentence about an option that the config lacks, with the key to set; empty when it has all of them. */
    static List<String> missingOptions(Network network, AcceleratorConfig config) {
        Options options = config.options();
        List<String> missing = new ArrayList<>();
        for (int index = 0; index < network.layers().size(); index++) {
            if (network.layers().get(index) instanceof Weighted) {
                neuron(network, index, config, missing);
            }
        }
        Training training = network.training();
        need(training.momentum() == 0 || options.momentum(), "training.momentum is not 0", "momentum: true", missing);
        need(
                training.weightDecay() == 0 || options.weightDecay(),
                "training.weightDecay is not 0",
                "weightDecay: true",
                missing);
        need(
                training.rounding() == UpdateRounding.NEAREST || options.stochasticRounding(),
                "training.rounding is stochastic",
                "stochasticRounding: true",
                missing);
        return List.copyOf(missing);
    }

    private static void neuron(Network network, int index, AcceleratorConfig config, List<String> missing) {
        Options options = config.options();
        Neuron neuron = network.neuron(index);
        String layer = "layer " + index;
        need(neuron.reset() != Reset.SOFT || options.softReset(), layer + " resets softly", "softReset: true", missing);
        need(neuron.reset() != Reset.NONE || options.noReset(), layer + " has no reset", "noReset: true", missing);
        need(
                !neuron.detachReset() || options.detachReset(),
                layer + " detaches the reset",
                "detachReset: true",
                missing);
        need(
                neuron.surrogate() != Surrogate.TRIANGLE || options.triangle(),
                layer + " has the triangular surrogate",
                "triangle: true",
                missing);
        LayerConstants constants = LayerConstants.of(network, config.formats()).get(index);
        need(
                options.alpha() != Leak.SHIFT || constants.alphaShift() >= 0,
                layer + " has alpha " + neuron.alpha() + ", no power of two from 2^-" + Formats.LEAK_FRACTION_BITS
                        + " to 1",
                "alpha: multiplier",
                missing);
    }

    private static void need(boolean there, String wish, String setting, List<String> missing) {
        if (!there) {
            missing.add(wish + ": set options." + setting + " in the config");
        }
    }

    private static void require(boolean there, String otherwise, List<String> reasons) {
        if (!there) {
            reasons.add(otherwise);
        }
    }
}
