package h2learn.model;

import h2learn.network.Network;

/**
 * Cross-entropy of the softmax of the classes' firing rates, each multiplied by a gain: rates lie in 0..1, so that
 * without one the softmax of 10 classes could never exceed 0.23. The same bits on every machine.
 */
public final class SoftmaxCrossEntropy implements ExternalLoss {
    /** Makes a rate of 1 against rates of 0 in 10 classes a probability of 0.9994. */
    public static final double GAIN = 10;

    private final double fullCount;

    public SoftmaxCrossEntropy(Network network) {
        fullCount = (double) network.steps() * network.classes().neurons();
    }

    /** (probability - (class == label)) / (T * K): the gain is left out, it would only scale the learning rate. */
    @Override
    public double[] gradient(double[] classCounts, int label) {
        double[] gradient = probabilities(classCounts);
        gradient[label] -= 1;
        for (int index = 0; index < gradient.length; index++) {
            gradient[index] /= fullCount;
        }
        return gradient;
    }

    /** Divided by the gain, as the gradient is. */
    @Override
    public double value(double[] classCounts, int label) {
        return -StrictMath.log(probabilities(classCounts)[label]) / GAIN;
    }

    private double[] probabilities(double[] classCounts) {
        double[] probabilities = new double[classCounts.length];
        double sum = 0;
        for (int index = 0; index < classCounts.length; index++) {
            probabilities[index] = StrictMath.exp(GAIN * classCounts[index] / fullCount);
            sum += probabilities[index];
        }
        for (int index = 0; index < probabilities.length; index++) {
            probabilities[index] /= sum;
        }
        return probabilities;
    }
}
