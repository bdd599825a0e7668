package h2learn.model.reference;

/**
 * A smooth spike, 1 / (1 + exp(-steepness * distance)), with its true derivative: it makes the whole network
 * differentiable, so that backpropagation must give the derivative of the loss.
 */
record LogisticSpike(double steepness) implements SpikeFunction {
    @Override
    public double spike(double distance) {
        return 1 / (1 + Math.exp(-steepness * distance));
    }

    @Override
    public double derivative(double distance) {
        double spike = spike(distance);
        return steepness * spike * (1 - spike);
    }
}
