package h2learn.network;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Weighted;
import h2learn.number.FixedFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether an accelerator computes a network exactly (problems) and well (warnings). Memory sizes are not looked at. */
public final class NetworkCheck {
    private NetworkCheck() {}

    /** Why the accelerator cannot train the network, each a sentence; empty when it can. */
    public static List<String> problems(Network network, AcceleratorConfig config) {
        List<String> problems = new ArrayList<>(arithmeticProblems(network, config.formats()));
        if (network.steps() > config.limits().steps()) {
            problems.add("steps: " + network.steps() + " is more than the accelerator's limits.steps, "
                    + config.limits().steps() + "; use fewer steps or a larger accelerator");
        }
        int planes = config.limits().inputPlanes();
        if (network.input().bits() > planes) {
            problems.add(
                    "input.bits: " + network.input().bits() + " is more than the accelerator's limits.inputPlanes, "
                            + planes + "; use fewer bits or a larger accelerator");
        }
        for (LayerShape shape : network.shapes()) {
            if (shape.index() > 0 && shape.inputPlanes() > planes) {
                problems.add("layers[" + shape.index() + "]: its input, averages of " + shape.inputPlanes()
                        + " bits, has more than the accelerator's limits.inputPlanes, " + planes
                        + "; use max-pool or a larger accelerator");
            }
        }
        return List.copyOf(problems);
    }

    /** The part of {@link #problems} that number formats alone decide. */
    public static List<String> arithmeticProblems(Network network, Formats formats) {
        List<String> problems = new ArrayList<>();
        neurons(network).forEach((path, neuron) -> problems.addAll(LayerCheck.problems(neuron, path, formats)));
        for (LayerShape shape : network.shapes()) {
            problems.addAll(LayerCheck.problems(network, shape, formats));
        }
        return List.copyOf(problems);
    }

    /** What is computed exactly but probably not learned well, each a sentence. */
    public static List<String> warnings(Network network, AcceleratorConfig config) {
        Formats formats = config.formats();
        FixedFormat weight = formats.weight();
        List<String> warnings = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
            if (!shape.weighted()) {
                continue;
            }
            double bound = network.training().initialGain() / Math.sqrt(shape.inputs());
            double vanish = Math.min(1, weight.toReal(1) / 2 / bound);
            if (vanish > 0.5) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "layers[%d]: %.0f %% of the initial weights round to 0 with %d fraction bits; use more"
                                + " formats.weightFractionBits or a larger training.initialGain",
                        shape.index(),
                        100 * vanish,
                        formats.weightFractionBits()));
            }
            if (bound > weight.toReal(weight.maximum())) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "layers[%d]: initial weights up to %.3f saturate at %.3f; use fewer"
                                + " formats.weightFractionBits or a smaller training.initialGain",
                        shape.index(),
                        bound,
                        weight.toReal(weight.maximum())));
            }
        }
        neurons(network).forEach((path, neuron) -> {
            inexactWarning(path + ".theta", neuron.theta(), formats, warnings);
            inexactWarning(path + ".window", neuron.window(), formats, warnings);
        });
        return List.copyOf(warnings);
    }

    /** All neurons that layers have, by their path in the network's file. */
    private static Map<String, Neuron> neurons(Network network) {
        Map<String, Neuron> neurons = new LinkedHashMap<>();
        for (LayerShape shape : network.shapes()) {
            if (network.layers().get(shape.index()) instanceof Weighted weighted) {
                boolean own = weighted.neuron() != null;
                neurons.put(own ? "layers[" + shape.index() + "].neuron" : "neuron", network.neuron(shape.index()));
            }
        }
        return neurons;
    }

    private static void inexactWarning(String path, double value, Formats formats, List<String> warnings) {
        FixedFormat potential = formats.potential();
        double used = potential.toReal(potential.quantize(value));
        if (Math.abs(used - value) > 0.05 * Math.abs(value)) {
            warnings.add(path + ": " + value + " becomes " + used + " with " + formats.weightFractionBits()
                    + " fraction bits; use more formats.weightFractionBits");
        }
    }
}
