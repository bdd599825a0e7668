package h2learn.network;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.number.FixedFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether an accelerator computes a network exactly (problems) and well (warnings). Memory sizes are not looked at. */
public final class NetworkCheck {
    private static final int LARGEST_BACKWARD_SHIFT = 31;
    private static final double LARGEST_UPDATE_FACTOR = 65535.5;

    private NetworkCheck() {}

    /** Why the accelerator cannot train the network, each a sentence; empty when it can. */
    public static List<String> problems(Network network, AcceleratorConfig config) {
        List<String> problems = new ArrayList<>(arithmeticProblems(network, config.formats()));
        if (network.steps() > config.limits().steps()) {
            problems.add("steps: " + network.steps() + " is more than the accelerator's limits.steps, "
                    + config.limits().steps() + "; use fewer steps or a larger accelerator");
        }
        if (network.input().bits() > config.limits().inputPlanes()) {
            problems.add(
                    "input.bits: " + network.input().bits() + " is more than the accelerator's limits.inputPlanes, "
                            + config.limits().inputPlanes() + "; use fewer bits or a larger accelerator");
        }
        return List.copyOf(problems);
    }

    /** The part of {@link #problems} that number formats alone decide. */
    public static List<String> arithmeticProblems(Network network, Formats formats) {
        List<String> problems = new ArrayList<>();
        neuronProblems(network, formats, problems);
        for (LayerShape shape : network.shapes()) {
            forwardProblems(shape, formats, problems);
            gradientProblems(network, shape, formats, problems);
            updateProblems(network, shape, formats, problems);
        }
        return List.copyOf(problems);
    }

    /** What is computed exactly but probably not learned well, each a sentence. */
    public static List<String> warnings(Network network, AcceleratorConfig config) {
        Formats formats = config.formats();
        FixedFormat weight = formats.weight();
        List<String> warnings = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
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
        inexactWarning("neuron.theta", network.neuron().theta(), formats, warnings);
        inexactWarning("neuron.window", network.neuron().window(), formats, warnings);
        return List.copyOf(warnings);
    }

    private static void neuronProblems(Network network, Formats formats, List<String> problems) {
        FixedFormat potential = formats.potential();
        double largest = potential.toReal(potential.maximum());
        double theta = network.neuron().theta();
        double window = network.neuron().window();
        boolean representable = true;
        if (Math.abs(theta) > largest) {
            representable = false;
            problems.add("neuron.theta: " + theta + " does not fit the potential's format, which ends at " + largest
                    + "; lower it or use fewer formats.weightFractionBits");
        }
        if (window > largest || potential.quantize(window) < 1) {
            representable = false;
            problems.add("neuron.window: " + window + " does not fit the potential's format, " + potential.toReal(1)
                    + " to " + largest + "; change it or formats.weightFractionBits");
        }
        if (representable
                && (potential.quantize(theta) + potential.quantize(window) > potential.maximum()
                        || potential.quantize(theta) - potential.quantize(window) < potential.minimum())) {
            problems.add("neuron.window: the potential saturates at " + largest
                    + ", inside the window around theta; lower theta or window or use fewer"
                    + " formats.weightFractionBits");
        }
    }

    private static void forwardProblems(LayerShape shape, Formats formats, List<String> problems) {
        long weight = -formats.weight().minimum();
        long worst = weight * largestInput(shape) * shape.inputs()
                + (shape.bias() ? weight << shape.inputFractionBits() : 0);
        long limit = (1L << (formats.accumulatorBits() - 1)) - 1;
        if (worst > limit) {
            problems.add("layers[" + shape.index() + "]: the forward sum can reach " + worst
                    + ", more than an accumulator of " + formats.accumulatorBits() + " bits holds, " + limit
                    + "; use fewer inputs or weight bits or more formats.accumulatorBits");
        }
    }

    private static void gradientProblems(Network network, LayerShape shape, Formats formats, List<String> problems) {
        int index = shape.index();
        if (index > 0) {
            int below = network.layers().get(index - 1).gradientExponent();
            int shift = formats.weightFractionBits() + shape.gradientExponent() - below;
            if (shift < 0 || shift > LARGEST_BACKWARD_SHIFT) {
                problems.add("layers[" + index + "].gradientExponent: " + shape.gradientExponent() + " over a layer of "
                        + below + " makes the error's right shift " + shift + ", outside 0.." + LARGEST_BACKWARD_SHIFT
                        + "; bring the two exponents closer");
            }
        }
        long gradient = -formats.gradient(shape.gradientExponent()).minimum();
        long input = Math.max(largestInput(shape), shape.bias() ? 1L << shape.inputFractionBits() : 0);
        long worst = gradient * input * network.steps() * network.training().minibatch();
        long limit = (1L << (Formats.WEIGHT_GRADIENT_BITS - 1)) - 1;
        if (worst > limit) {
            problems.add("layers[" + index + "]: the weight gradient can reach " + worst + " over a minibatch of "
                    + network.training().minibatch() + ", more than " + Formats.WEIGHT_GRADIENT_BITS
                    + " bits hold; use a smaller training.minibatch, fewer steps or fewer formats.gradientBits");
        }
    }

    /** The first update has the largest factor: the learning rate only falls. */
    private static void updateProblems(Network network, LayerShape shape, Formats formats, List<String> problems) {
        int exponent = formats.masterFractionBits() - shape.gradientExponent() - shape.inputFractionBits();
        double rate = network.training().learningRate();
        double factor = Math.scalb(rate / network.training().minibatch(), exponent);
        if (factor >= LARGEST_UPDATE_FACTOR) {
            problems.add("training.learningRate: " + rate + " makes the update's factor of layers[" + shape.index()
                    + "] " + factor + ", which must be below " + LARGEST_UPDATE_FACTOR
                    + "; lower it or raise the layer's gradientExponent");
        }
    }

    /** Largest magnitude of an input value. */
    private static long largestInput(LayerShape shape) {
        return shape.inputSigned() ? 1L << (shape.inputPlanes() - 1) : (1L << shape.inputPlanes()) - 1;
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
