package h2learn.model.reference;

import h2learn.network.LayerShape;
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

    /**
     * One layer's arrays; those of steps are flat, element (t, o) at t * outputs + o with t from 0, output o of an image
     * (y * width + x) * channels + c. A pool has spike, derivative and dspike only.
     */
    public static final class Layer {
        private final int steps;
        private final int outputs;
        final double[] spike;
        final double[] derivative;
        final double[] potential;
        final double[] dspike;
        final double[] gradient;
        final double[] gradientSum;

        Layer(int steps, LayerShape shape) {
            this.steps = steps;
            outputs = shape.outputValues();
            int values = steps * outputs;
            spike = new double[values];
            derivative = new double[values];
            dspike = new double[values];
            potential = new double[shape.weighted() ? values : 0];
            gradient = new double[shape.weighted() ? values : 0];
            gradientSum = new double[shape.weighted() ? outputs : 0];
        }

        public int steps() {
            return steps;
        }

        /** Outputs of a step: the neurons of a dense layer, channels times points of an image. */
        public int outputs() {
            return outputs;
        }

        /** s as [t][o]; of an average-pool, the value that the next layer reads. */
        public double[] spike() {
            return spike;
        }

        /** The surrogate's derivative, beta * h, as [t][o]; of a pool, 0 where its ds reaches no open window. */
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
