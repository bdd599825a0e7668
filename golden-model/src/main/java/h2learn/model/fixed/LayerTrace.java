package h2learn.model.fixed;

/**
 * Everything that one layer computes for one sample. Arrays of steps are flat, element (t, o) at t * outputs + o with t
 * from 0. Not to be changed outside this package.
 */
public final class LayerTrace {
    private final int steps;
    private final int outputs;
    final byte[] spike;
    final byte[] window;
    final int[] potential;
    final int[] dspike;
    final int[] gradient;
    final int[] gradientSum;
    int saturations;

    LayerTrace(int steps, int outputs) {
        this.steps = steps;
        this.outputs = outputs;
        spike = new byte[steps * outputs];
        window = new byte[steps * outputs];
        potential = new int[steps * outputs];
        dspike = new int[steps * outputs];
        gradient = new int[steps * outputs];
        gradientSum = new int[outputs];
    }

    public int steps() {
        return steps;
    }

    public int outputs() {
        return outputs;
    }

    /** s, 0 or 1, as [t][o]. */
    public byte[] spike() {
        return spike;
    }

    /** h, 0 or 1, as [t][o]. */
    public byte[] window() {
        return window;
    }

    /** u, 16-bit integers, Fw fraction bits, as [t][o]. */
    public int[] potential() {
        return potential;
    }

    /** ds, integers of the layer's gradient format, as [t][o]; 0 where the window is closed. */
    public int[] dspike() {
        return dspike;
    }

    /** gu, integers of the layer's gradient format, as [t][o]. */
    public int[] gradient() {
        return gradient;
    }

    /** The sum of gu over t, as [o]. */
    public int[] gradientSum() {
        return gradientSum;
    }

    /** How many values of ds and gu saturation changed. */
    public int saturations() {
        return saturations;
    }
}
