package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.Network;
import h2learn.number.Rounding;
import h2learn.number.ScaledFactor;

/** Mean squared error of the classes' firing rates. */
final class FixedLoss {
    private final int classes;
    private final int neurons;
    private final int steps;
    private final ScaledFactor factor;
    private final Formats formats;

    FixedLoss(Network network, LayerConstants last, Formats formats) {
        classes = network.classes().count();
        neurons = network.classes().neurons();
        steps = network.steps();
        factor = last.loss();
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
        int[] gradient = new int[last.outputs()];
        for (int output = 0; output < gradient.length; output++) {
            long rounded = factor.apply(error(counts, output / neurons, label));
            gradient[output] = (int) Rounding.saturate(rounded, formats.gradientBits());
            if (gradient[output] != rounded) {
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
