package h2learn.model.reference;

import java.util.List;

/**
 * Everything that the float model computes for one sample.
 *
 * @param layers first to last
 * @param classCounts spikes of each class over all steps
 * @param loss half the squared error of the class rates
 */
public record ReferenceTrace(List<Layer> layers, double[] classCounts, double loss) {
    public ReferenceTrace {
        layers = List.copyOf(layers);
    }

    /** One layer's arrays; those of steps are flat, element (t, o) at t * outputs + o with t from 0. */
    public static final class Layer {
        private final int steps;
        private final int outputs;
        final double[] spike;
        final double[] derivative;
        final double[] potential;
        final double[] dspike;
        final double[] gradient;
        final double[] gradientSum;

        Layer(int steps, int outputs) {
            this.steps = steps;
            this.outputs = outputs;
            spike = new double[steps * outputs];
            derivative = new double[steps * outputs];
            potential = new double[steps * outputs];
            dspike = new double[steps * outputs];
            gradient = new double[steps * outputs];
            gradientSum = new double[outputs];
        }

        public int steps() {
            return steps;
        }

        public int outputs() {
            return outputs;
        }

        /** s as [t][o]. */
        public double[] spike() {
            return spike;
        }

        /** The surrogate's derivative, beta * h, as [t][o]. */
        public double[] derivative() {
            return derivative;
        }

        /** u as [t][o]. */
        public double[] potential() {
            return potential;
        }

        /** ds as [t][o]; 0 where the derivative is 0. */
        public double[] dspike() {
            return dspike;
        }

        /** gu as [t][o]. */
        public double[] gradient() {
            return gradient;
        }

        /** The sum of gu over t, as [o]. */
        public double[] gradientSum() {
            return gradientSum;
        }
    }
}
