package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.FixedFormat;
import h2learn.number.ScaledFactor;
import java.util.ArrayList;
import java.util.List;

/**
 * The integers that one layer's commands carry; host code puts these very values into them.
 *
 * @param theta threshold, 16 bits, Fw fraction bits
 * @param window half-width a of the surrogate window, 16 bits, Fw fraction bits
 * @param alpha leak, unsigned, 9 bits, 8 fraction bits
 * @param beta height of the surrogate, unsigned, 9 bits, 8 fraction bits
 * @param inputFractionBits Fin
 * @param gradientExponent e of this layer
 * @param backwardShift Fw + e[l] - e[l-1], right shift of the error that goes into the layer below; 0 in layer 0, which
 *     has none below
 * @param loss factor of the last layer's loss; 0 in every other layer
 * @param updateExponent Fm - e - Fin
 */
public record LayerConstants(
        int theta,
        int window,
        int alpha,
        int beta,
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
            int exponent = shape.gradientExponent();
            int below = shape.index() == 0 ? 0 : shapes.get(shape.index() - 1).gradientExponent();
            boolean last = shape.index() == shapes.size() - 1;
            constants.add(new LayerConstants(
                    (int) potential.quantize(network.neuron().theta()),
                    (int) potential.quantize(network.neuron().window()),
                    leak(network.neuron().alpha()),
                    leak(network.neuron().beta()),
                    shape.inputFractionBits(),
                    exponent,
                    shape.index() == 0 ? 0 : formats.weightFractionBits() + exponent - below,
                    last ? lossFactor(network, exponent) : new ScaledFactor(0, 0),
                    formats.masterFractionBits() - exponent - shape.inputFractionBits()));
        }
        return List.copyOf(constants);
    }

    /** Nearest factor to (learningRate / minibatchSamples) * 2^updateExponent: what UPDATE multiplies dW by. */
    public ScaledFactor update(double learningRate, int minibatchSamples) {
        return ScaledFactor.of(Math.scalb(learningRate / minibatchSamples, updateExponent));
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
