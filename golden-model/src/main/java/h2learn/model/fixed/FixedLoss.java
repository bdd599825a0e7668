package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.Network;
import h2learn.number.Rounding;
import h2learn.number.ScaledFactor;

/** The gradient of the last layer's spikes: of the mean squared error of the firing rates, or given. */
final class FixedLoss {
    private final int classes;
    private final int neurons;
    private final int steps;
    private final ScaledFactor factor;
    private final int exponent;
    private final Formats formats;

    FixedLoss(Network network, LayerConstants last, Formats formats) {
        classes = network.classes().count();
        neurons = network.classes().neurons();
        steps = network.steps();
        factor = last.loss();
        exponent = last.gradientExponent();
        this.formats = formats;
    }

    /** Spikes of each class over all steps. */
    int[] classCounts(LayerTrace last) {
        int[] counts = new int[classes];
        for (int step = 0; step < steps; step++) {
            for (int output = 0; output < last.outputs(); output++) {
                counts[output / neurons] += last.spike[step * last.outputs() + output];
            }
        }
        return counts;
    }

    /** Half the squared distance of the rates from the label's (1 for its class, 0 for the others). */
    double value(int[] counts, int label) {
        double sum = 0;
        for (int index = 0; index < classes; index++) {
            double difference = (double) error(counts, index, label) / (steps * neurons);
            sum += difference * difference;
        }
        return sum / 2;
    }

    /** Fills dspike of the last layer where the window is open, counts saturations, returns ds of each neuron. */
    int[] gradient(int[] counts, int label, LayerTrace last) {
        long[] rounded = new long[last.outputs()];
        for (int output = 0; output < rounded.length; output++) {
            rounded[output] = factor.apply(error(counts, output / neurons, label));
        }
        return writeBack(rounded, last);
    }

    /** The same for the gradients of an external loss, real numbers, as [class]: each is rounded to nearest. */
    int[] external(double[] gradients, LayerTrace last) {
        long[] rounded = new long[last.outputs()];
        for (int output = 0; output < rounded.length; output++) {
            rounded[output] = (long) Math.rint(Math.scalb(gradients[output / neurons], exponent));
        }
        return writeBack(rounded, last);
    }

    private int[] writeBack(long[] rounded, LayerTrace last) {
        int[] gradient = new int[rounded.length];
        for (int output = 0; output < gradient.length; output++) {
            gradient[output] = (int) Rounding.saturate(rounded[output], formats.gradientBits());
            if (gradient[output] != rounded[output]) {
                last.saturations += steps;
            }
            for (int step = 0; step < steps; step++) {
                int now = step * gradient.length + output;
                last.dspike[now] = last.window[now] != 0 ? gradient[output] : 0;
            }
        }
        return gradient;
    }

    private int error(int[] counts, int index, int label) {
        return counts[index] - (index == label ? steps * neurons : 0);
    }
}
