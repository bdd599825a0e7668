package h2learn.network;

import h2learn.network.Network.Classes;

/**
 * The gradient exponent of a layer whose description leaves it out, for gradients of 8 bits (wider ones only saturate
 * less).
 *
 * <p>Last layer: the largest exponent that holds the loss's largest gradient, 1 / (T * K), without saturation. Hidden
 * layers: {@value #HIDDEN_OFFSET} more; their gradients are sums of few errors times small weights, and an exponent
 * that saturates rarely but keeps the small ones from rounding to 0 was measured to train best.
 */
public final class GradientExponents {
    /** How much finer a hidden layer's gradients are than the last layer's. */
    public static final int HIDDEN_OFFSET = 1;

    private static final int LARGEST_GRADIENT = 127;
    private static final int LARGEST_EXPONENT = 40;

    private GradientExponents() {}

    /**
     * @param index of the layer, from 0
     * @param count layers of the network
     * @param steps time steps T
     */
    public static int ofLayer(int index, int count, int steps, Classes classes) {
        long fullCount = (long) steps * classes.neurons();
        int last = 63 - Long.numberOfLeadingZeros(Math.max(1, fullCount * LARGEST_GRADIENT));
        return Math.min(LARGEST_EXPONENT, index == count - 1 ? last : last + HIDDEN_OFFSET);
    }
}
