package h2learn.model.fixed;

import h2learn.network.LayerShape;

/**
 * Everything that one layer computes for one sample. Arrays of steps are flat, element (t, o) at t * outputs + o with t
 * from 0; output o of an image is (y * width + x) * channels + c. A pool has spike, window and dspike only. Not to be
 * changed outside this package.
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

    LayerTrace(int steps, LayerShape shape) {
        this.steps = steps;
        outputs = shape.outputValues();
        int values = steps * outputs;
        spike = new byte[values];
        window = new byte[values];
        dspike = new int[values];
        potential = new int[shape.weighted() ? values : 0];
        gradient = new int[shape.weighted() ? values : 0];
        gradientSum = new int[shape.weighted() ? outputs : 0];
    }

    public int steps() {
        return steps;
    }

    /** Outputs of a step: the neurons of a dense layer, channels times points of an image. */
    public int outputs() {
        return outputs;
    }

    /** s, 0 or 1, as [t][o]; of an average-pool the number of spikes, 0..9. */
    public byte[] spike() {
        return spike;
    }

    /** h, 0 or 1, as [t][o]; of a pool, whether its ds reaches a neuron whose window is open. */
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
