package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.number.FixedFormat;
import h2learn.number.ScaledFactor;
import java.util.ArrayList;
import java.util.List;

/**
 * The integers that one layer's commands carry; host code puts these very values into them. Those of a pool stand for
 * nothing but its gradient exponent.
 *
 * @param theta threshold, 16 bits, Fw fraction bits
 * @param window half-width a of the surrogate window, 16 bits, Fw fraction bits
 * @param alpha leak, unsigned, 9 bits, 8 fraction bits
 * @param beta height of the surrogate, unsigned, 9 bits, 8 fraction bits
 * @param reset what a spike does to the potential
 * @param detachReset whether the gradient ignores that the reset depends on the spike
 * @param slope of the triangular surrogate: beta * 2^8 / window; 0 for the rectangular one
 * @param inputFractionBits Fin
 * @param gradientExponent e of this layer
 * @param backwardShift Fw + Fin + e[l] - e[l-1], right shift of the error that goes into the layer below; 0 in layer 0, which
 *     has none below
 * @param loss factor of the last layer's loss; 0 in every other layer
 * @param updateExponent Fm - e - Fin
 */
public record LayerConstants(
        int theta,
        int window,
        int alpha,
        int beta,
        Reset reset,
        boolean detachReset,
        ScaledFactor slope,
        int inputFractionBits,
        int gradientExponent,
        int backwardShift,
        ScaledFactor loss,
        int updateExponent) {

    /** One for each layer, first to last. */
    public static List<LayerConstants> of(Network network, Formats formats) {
        List<LayerShape> shapes = network.shapes();
        FixedFormat potential = formats.potential();
        List<LayerConstants> constants = new ArrayList<>();
        for (LayerShape shape : shapes) {
            Neuron neuron = network.neuron(shape.index());
            int exponent = shape.gradientExponent();
            int below = shape.index() == 0 ? 0 : shapes.get(shape.index() - 1).gradientExponent();
            boolean last = shape.index() == shapes.size() - 1;
            int window = (int) potential.quantize(neuron.window());
            int beta = leak(neuron.beta());
            constants.add(new LayerConstants(
                    (int) potential.quantize(neuron.theta()),
                    window,
                    leak(neuron.alpha()),
                    beta,
                    neuron.reset(),
                    neuron.detachReset(),
                    neuron.surrogate() == Surrogate.TRIANGLE
                            ? ScaledFactor.of((double) beta / window)
                            : new ScaledFactor(0, 0),
                    shape.inputFractionBits(),
                    exponent,
                    shape.index() == 0
                            ? 0
                            : formats.weightFractionBits() + shape.inputFractionBits() + exponent - below,
                    last ? lossFactor(network, exponent) : new ScaledFactor(0, 0),
                    formats.masterFractionBits() - exponent - shape.inputFractionBits()));
        }
        return List.copyOf(constants);
    }

    /** The neuron equations with these constants. */
    NeuronRule neuron() {
        return new NeuronRule(theta, window, alpha, beta, reset, detachReset, slope);
    }

    /**
     * k when alpha is 2^-k, so that a shift does what the multiplier does: {@code rne(alpha * u, 8) = rne(u, k)}; -1
     * when it is no power of two.
     */
    public int alphaShift() {
        return alpha > 0 && alpha <= 1 << Formats.LEAK_FRACTION_BITS && Integer.bitCount(alpha) == 1
                ? Formats.LEAK_FRACTION_BITS - Integer.numberOfTrailingZeros(alpha)
                : -1;
    }

    /** Nearest factor to (learningRate / minibatchSamples) * 2^updateExponent: what UPDATE multiplies dW by. */
    public ScaledFactor update(double learningRate, int minibatchSamples) {
        return ScaledFactor.of(Math.scalb(learningRate / minibatchSamples, updateExponent));
    }

    /** Nearest factor to weightDecay * minibatchSamples / 2^updateExponent: what UPDATE adds of a weight to dW. */
    public ScaledFactor decay(double weightDecay, int minibatchSamples) {
        return ScaledFactor.of(Math.scalb(weightDecay * minibatchSamples, -updateExponent));
    }

    private static ScaledFactor lossFactor(Network network, int exponent) {
        double fullCount = (double) network.steps() * network.classes().neurons();
        return ScaledFactor.of(Math.scalb(1 / (fullCount * fullCount), exponent));
    }

    private static int leak(double value) {
        int largest = (1 << Formats.LEAK_BITS) - 1;
        return (int) Math.max(0, Math.min(largest, Math.rint(Math.scalb(value, Formats.LEAK_FRACTION_BITS))));
    }
}
