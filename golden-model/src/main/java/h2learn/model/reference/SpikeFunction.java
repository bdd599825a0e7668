package h2learn.model.reference;

import h2learn.network.Network;

/** What a neuron emits for its distance from the threshold, and the derivative that backpropagation uses. */
public interface SpikeFunction {
    /** The output for {@code distance} = u - theta. */
    double spike(double distance);

    /** The derivative that backpropagation multiplies by; 0 where the window is closed. */
    double derivative(double distance);

    /** The step with the neuron's surrogate: what the accelerator computes. */
    static SpikeFunction of(Network.Neuron neuron) {
        return neuron.surrogate() == Network.Surrogate.TRIANGLE ? triangle(neuron) : rectangle(neuron);
    }

    /** The step with a triangular surrogate. */
    static SpikeFunction triangle(Network.Neuron neuron) {
        double window = neuron.window();
        double beta = neuron.beta();
        return new SpikeFunction() {
            @Override
            public double spike(double distance) {
                return distance > 0 ? 1 : 0;
            }

            @Override
            public double derivative(double distance) {
                return Math.max(0, beta * (1 - Math.abs(distance) / window));
            }
        };
    }

    /** The step with a rectangular surrogate. */
    static SpikeFunction rectangle(Network.Neuron neuron) {
        double window = neuron.window();
        double beta = neuron.beta();
        return new SpikeFunction() {
            @Override
            public double spike(double distance) {
                return distance > 0 ? 1 : 0;
            }

            @Override
            public double derivative(double distance) {
                return Math.abs(distance) < window ? beta : 0;
            }
        };
    }
}
