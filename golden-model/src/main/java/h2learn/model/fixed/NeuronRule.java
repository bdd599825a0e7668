package h2learn.model.fixed;

import h2learn.network.Network.Reset;
import h2learn.number.Rounding;
import h2learn.number.ScaledFactor;

/**
 * The neuron equations of docs/03-numbers.md for one neuron and one step, forward and backward.
 *
 * @param theta threshold, 16 bits, Fw fraction bits
 * @param window half-width a of the surrogate window, 16 bits, Fw fraction bits
 * @param alpha leak, unsigned, 9 bits, 8 fraction bits
 * @param beta height of the surrogate, unsigned, 9 bits, 8 fraction bits
 * @param reset what a spike does to the potential
 * @param detachReset whether the gradient ignores that the reset depends on the spike
 * @param slope of the triangular surrogate; 0 for the rectangular one
 */
public record NeuronRule(
        int theta, int window, int alpha, int beta, Reset reset, boolean detachReset, ScaledFactor slope) {
    private static final int POTENTIAL_BITS = 16;
    private static final int LEAK_FRACTION_BITS = 8;

    /** What is left of u for the next step: rne(alpha * kept, 8). */
    public long leak(int potential, boolean spiked) {
        long kept = potential;
        if (spiked && reset != Reset.NONE) {
            if (reset == Reset.HARD) {
                return 0;
            }
            kept -= theta;
        }
        return Rounding.shiftRight(alpha * kept, LEAK_FRACTION_BITS);
    }

    /** u = sat(leak + x, 16). */
    public static int potential(long leak, int input) {
        return (int) Rounding.saturate(leak + input, POTENTIAL_BITS);
    }

    /** s: whether u is above the threshold. */
    public boolean spikes(int potential) {
        return potential > theta;
    }

    /** h: whether the surrogate window is open. */
    public boolean opens(int potential) {
        return Math.abs(potential - theta) < window;
    }

    /** Binary digits that {@link #gradient} has more than gu. */
    public static int gradientShift(int weightFractionBits) {
        return 2 * LEAK_FRACTION_BITS + weightFractionBits;
    }

    /**
     * gu before it is rounded and saturated.
     *
     * @param dspike ds; of no effect where the window is closed
     * @param next gu of the next step, 0 in the last
     */
    public long gradient(int potential, boolean spiked, boolean open, int dspike, int next, int weightFractionBits) {
        int fraction = LEAK_FRACTION_BITS + weightFractionBits;
        long leaked = (long) alpha * next;
        long gradient = reset == Reset.HARD && spiked ? 0 : leaked << fraction;
        if (open) {
            long throughSpike = ((long) dspike << fraction) - resetBy(potential) * leaked;
            gradient += surrogate(potential - theta) * throughSpike;
        }
        return gradient;
    }

    /** Whether the gradient depends on u. */
    public boolean needsPotential() {
        return slope.multiplier() != 0 || (reset == Reset.HARD && !detachReset);
    }

    /** By how much a spike lowers what the leak keeps, as far as the gradient sees it. */
    private long resetBy(int potential) {
        if (detachReset || reset == Reset.NONE) {
            return 0;
        }
        return reset == Reset.HARD ? potential : theta;
    }

    /** What gs is multiplied by where the window is open, at a distance u - theta: unsigned, 9 bits, 8 fraction bits. */
    private long surrogate(int distance) {
        return slope.multiplier() == 0 ? beta : slope.apply(window - Math.abs(distance));
    }
}
