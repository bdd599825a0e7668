package h2learn.network;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.Network.Neuron;
import h2learn.number.FixedFormat;
import h2learn.number.ScaledFactor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Whether number formats hold what one layer of neurons computes. */
final class LayerCheck {
    private static final int LARGEST_BACKWARD_SHIFT = 31;
    private static final double LARGEST_FACTOR = 65535.5;

    private final Network network;
    private final LayerShape shape;
    private final Formats formats;
    private final List<String> problems = new ArrayList<>();

    private LayerCheck(Network network, LayerShape shape, Formats formats) {
        this.network = network;
        this.shape = shape;
        this.formats = formats;
    }

    /** All problems, each a sentence; none for a pool. */
    static List<String> problems(Network network, LayerShape shape, Formats formats) {
        LayerCheck check = new LayerCheck(network, shape, formats);
        if (shape.weighted()) {
            check.forward();
            check.backwardShift();
            check.gradient();
            check.update();
        }
        return check.problems;
    }

    /**
     * Problems of a layer's or the network's neurons.
     *
     * @param path of the neurons in the network's file
     */
    static List<String> problems(Neuron neuron, String path, Formats formats) {
        List<String> problems = new ArrayList<>();
        FixedFormat potential = formats.potential();
        double largest = potential.toReal(potential.maximum());
        double theta = neuron.theta();
        double window = neuron.window();
        boolean representable = true;
        if (Math.abs(theta) > largest) {
            representable = false;
            problems.add(path + ".theta: " + theta + " does not fit the potential's format, which ends at " + largest
                    + "; lower it or use fewer formats.weightFractionBits");
        }
        if (window > largest || potential.quantize(window) < 1) {
            representable = false;
            problems.add(path + ".window: " + window + " does not fit the potential's format, " + potential.toReal(1)
                    + " to " + largest + "; change it or formats.weightFractionBits");
        }
        if (representable
                && (potential.quantize(theta) + potential.quantize(window) > potential.maximum()
                        || potential.quantize(theta) - potential.quantize(window) < potential.minimum())) {
            problems.add(path + ".window: the potential saturates at " + largest
                    + ", inside the window around theta; lower theta or window or use fewer"
                    + " formats.weightFractionBits");
        }
        return problems;
    }

    private void forward() {
        long weight = -formats.weight().minimum();
        long worst =
                weight * largestInput() * shape.inputs() + (shape.bias() ? weight << shape.inputFractionBits() : 0);
        long limit = (1L << (formats.accumulatorBits() - 1)) - 1;
        if (worst > limit) {
            problems.add("layers[" + shape.index() + "]: the forward sum can reach " + worst
                    + ", more than an accumulator of " + formats.accumulatorBits() + " bits holds, " + limit
                    + "; use fewer inputs or weight bits or more formats.accumulatorBits");
        }
    }

    private void backwardShift() {
        int index = shape.index();
        if (index > 0) {
            int below = network.shapes().get(index - 1).gradientExponent();
            int shift = formats.weightFractionBits() + shape.inputFractionBits() + shape.gradientExponent() - below;
            if (shift < 0 || shift > LARGEST_BACKWARD_SHIFT) {
                problems.add("layers[" + index + "].gradientExponent: " + shape.gradientExponent() + " over a layer of "
                        + below + " makes the error's right shift " + shift + ", outside 0.." + LARGEST_BACKWARD_SHIFT
                        + "; bring the two exponents closer");
            }
        }
    }

    private void gradient() {
        long gradient = -formats.gradient(shape.gradientExponent()).minimum();
        long input = Math.max(largestInput(), shape.bias() ? 1L << shape.inputFractionBits() : 0);
        BigInteger worst = BigInteger.valueOf(gradient * input)
                .multiply(BigInteger.valueOf((long) shape.points() * network.steps()))
                .multiply(BigInteger.valueOf(network.training().minibatch()));
        if (worst.bitLength() >= Formats.WEIGHT_GRADIENT_BITS) {
            problems.add("layers[" + shape.index() + "]: the weight gradient can reach " + worst
                    + " over a minibatch of " + network.training().minibatch() + ", more than "
                    + Formats.WEIGHT_GRADIENT_BITS
                    + " bits hold; use a smaller training.minibatch, fewer steps or fewer formats.gradientBits");
        }
    }

    /** The first update has the largest factor: the learning rate only falls. */
    private void update() {
        int exponent = formats.masterFractionBits() - shape.gradientExponent() - shape.inputFractionBits();
        double rate = network.training().learningRate();
        int minibatch = network.training().minibatch();
        double factor = Math.scalb(rate / minibatch, exponent);
        if (factor >= LARGEST_FACTOR) {
            problems.add("training.learningRate: " + rate + " makes the update's factor of layers[" + shape.index()
                    + "] " + factor + ", which must be below " + LARGEST_FACTOR
                    + "; lower it or raise the layer's gradientExponent");
        }
        double decay = network.training().weightDecay();
        double decayFactor = Math.scalb(decay * minibatch, -exponent);
        if (decayFactor >= LARGEST_FACTOR) {
            problems.add("training.weightDecay: " + decay + " makes the decay's factor of layers[" + shape.index()
                    + "] " + decayFactor + ", which must be below " + LARGEST_FACTOR
                    + "; lower it or the layer's gradientExponent");
        } else if (decay > 0 && ScaledFactor.of(decayFactor).multiplier() == 0) {
            problems.add("training.weightDecay: " + decay + " makes the decay's factor of layers[" + shape.index()
                    + "] " + decayFactor + ", which rounds to 0; raise it or set it to 0");
        }
    }

    /** Largest magnitude of an input value, all its planes set. */
    private long largestInput() {
        return shape.inputSigned() ? 1L << (shape.inputPlanes() - 1) : (1L << shape.inputPlanes()) - 1;
    }
}
