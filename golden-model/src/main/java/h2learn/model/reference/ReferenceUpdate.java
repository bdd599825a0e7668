package h2learn.model.reference;

import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Training;
import java.util.List;

/** Stochastic gradient descent with weight decay and momentum, whose direction it keeps between minibatches. */
public final class ReferenceUpdate {
    private final List<LayerShape> shapes;
    private final Training training;
    private final Parameters directions;

    /** With a momentum of zero. */
    public ReferenceUpdate(Network network) {
        shapes = network.shapes();
        training = network.training();
        directions = new Parameters(network);
    }

    /**
     * Updates all layers once.
     *
     * @param minibatchSamples how many samples {@code gradients} sums
     */
    public void run(Parameters parameters, ReferenceGradients gradients, double learningRate, int minibatchSamples) {
        for (LayerShape shape : shapes) {
            run(parameters, gradients, learningRate, minibatchSamples, shape.index(), 0, shape.outputs());
        }
    }

    /** The same for rows {@code from} (inclusive) to {@code to} (exclusive) of one layer. */
    void run(
            Parameters parameters,
            ReferenceGradients gradients,
            double learningRate,
            int minibatchSamples,
            int layer,
            int from,
            int to) {
        int inputs = shapes.get(layer).inputs();
        int samples = training.momentum() > 0 ? training.minibatch() : minibatchSamples;
        double factor = learningRate / samples;
        double decay = training.weightDecay() * minibatchSamples;
        step(
                parameters.weight(layer),
                gradients.weight(layer),
                directions.weight(layer),
                factor,
                decay,
                from * inputs,
                to * inputs);
        if (shapes.get(layer).bias()) {
            step(parameters.bias(layer), gradients.bias(layer), directions.bias(layer), factor, 0, from, to);
        }
    }

    private void step(
            double[] parameter, double[] gradient, double[] direction, double factor, double decay, int from, int to) {
        for (int index = from; index < to; index++) {
            direction[index] = training.momentum() * direction[index] + (gradient[index] + decay * parameter[index]);
            parameter[index] -= factor * direction[index];
        }
    }
}
