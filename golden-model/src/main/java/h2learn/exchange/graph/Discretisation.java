package h2learn.exchange.graph;

import h2learn.network.Network.Reset;

/**
 * From continuous time to steps: v' = (leak - v + r i) / tau becomes u_t = alpha u_{t-1} + gain i_t + offset.
 *
 * @param dt length of a step in the unit of tau, above 0
 * @param method how a step is taken
 * @param reset what a spike does to the potential
 */
public record Discretisation(double dt, Method method, Reset reset) {
    /** Constants this close to a multiple of 2^-8 (alpha) or to 1 (gain) differ by the rounding of float32 only. */
    private static final double NOISE = 0x1p-22;

    private static final double ALPHA_UNIT = 0x1p-8;

    /**
     * EULER: alpha = 1 - dt / tau and a factor dt / tau for r i and the leak, as snnTorch, SpikingJelly and Norse
     * compute and export. EXACT: alpha = exp(-dt / tau) and 1 - alpha, the solution for an input that is constant
     * during a step.
     */
    public enum Method {
        EULER,
        EXACT
    }

    /**
     * One neuron's constants.
     *
     * @param alpha leak
     * @param gain factor of the input: the weights are multiplied by it
     * @param offset added in each step: the bias takes it
     */
    public record Constants(double alpha, double gain, double offset) {}

    /** The constants of a neuron with these parameters; the tau of INTEGRATE and THRESHOLD is not looked at. */
    public Constants constants(Node.Kind kind, double tau, double r, double leak) {
        return switch (kind) {
            case THRESHOLD -> new Constants(0, 1, 0);
            case INTEGRATE -> new Constants(1, withoutNoise(r * dt, 1), 0);
            case LEAKY -> {
                double alpha = alpha(tau);
                double share = method == Method.EULER ? dt / tau : -Math.expm1(-dt / tau);
                yield new Constants(alpha, withoutNoise(r * share, 1), leak * share);
            }
        };
    }

    /** The leak of a time constant; below 0 when EULER's step is longer than tau. */
    public double alpha(double tau) {
        double alpha = method == Method.EULER ? 1 - dt / tau : Math.exp(-dt / tau);
        return withoutNoise(alpha, Math.rint(alpha / ALPHA_UNIT) * ALPHA_UNIT);
    }

    /** The time constant whose leak is {@code alpha}, below 1; inverts {@link #alpha}. */
    public double tau(double alpha) {
        return method == Method.EULER ? dt / (1 - alpha) : -dt / Math.log(alpha);
    }

    private static double withoutNoise(double value, double likely) {
        return Math.abs(value - likely) <= NOISE ? likely : value;
    }
}
