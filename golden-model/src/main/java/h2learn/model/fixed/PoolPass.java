package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.LayerShape;
import h2learn.network.LayerShape.Operation;
import h2learn.number.Rounding;
import java.util.Arrays;

/** One pool over all steps: counts or ORs the spikes of each square, and hands its ds down to them. */
final class PoolPass {
    private final LayerShape shape;
    private final Formats formats;
    private final boolean maximum;
    private final int[] offsets;

    PoolPass(LayerShape shape, Formats formats) {
        this.shape = shape;
        this.formats = formats;
        maximum = shape.operation() == Operation.MAX_POOL;
        offsets = new int[shape.taps()];
        for (int tap = 0; tap < offsets.length; tap++) {
            int row = tap / shape.kernel() * shape.input().width() + tap % shape.kernel();
            offsets[tap] = row * shape.input().channels();
        }
    }

    /** Fills spike and window of {@code trace}. */
    void forward(LayerTrace below, LayerTrace trace) {
        int channels = shape.output().channels();
        for (int step = 0; step < trace.steps(); step++) {
            for (int point = 0; point < shape.points(); point++) {
                int corner = step * below.outputs() + corner(point);
                int now = step * trace.outputs() + point * channels;
                for (int channel = 0; channel < channels; channel++) {
                    pool(below, corner + channel, trace, now + channel);
                }
            }
        }
    }

    private void pool(LayerTrace below, int corner, LayerTrace trace, int now) {
        if (maximum) {
            int first = firstMaximum(below, corner);
            trace.spike[now] = below.spike[first];
            trace.window[now] = below.window[first];
            return;
        }
        int sum = 0;
        int open = 0;
        for (int offset : offsets) {
            sum += below.spike[corner + offset];
            open |= below.window[corner + offset];
        }
        trace.spike[now] = (byte) sum;
        trace.window[now] = (byte) open;
    }

    /** Fills dspike of the layer below where its window is open, and counts its saturations. */
    void propagate(LayerTrace trace, LayerTrace below) {
        int channels = shape.output().channels();
        int[] sum = new int[below.outputs()];
        for (int step = 0; step < trace.steps(); step++) {
            Arrays.fill(sum, 0);
            int first = step * below.outputs();
            for (int point = 0; point < shape.points(); point++) {
                for (int channel = 0; channel < channels; channel++) {
                    int error = trace.dspike[step * trace.outputs() + point * channels + channel];
                    if (error != 0) {
                        distribute(error, below, first, corner(point) + channel, sum);
                    }
                }
            }
            for (int index = 0; index < sum.length; index++) {
                if (below.window[first + index] != 0) {
                    below.dspike[first + index] = (int) Rounding.saturate(sum[index], formats.gradientBits());
                    below.saturations += below.dspike[first + index] == sum[index] ? 0 : 1;
                }
            }
        }
    }

    private void distribute(int error, LayerTrace below, int first, int corner, int[] sum) {
        if (maximum) {
            sum[firstMaximum(below, first + corner) - first] += error;
            return;
        }
        for (int offset : offsets) {
            sum[corner + offset] += error;
        }
    }

    /** The first spike in raster order, or the first neuron when there is none. */
    private int firstMaximum(LayerTrace below, int corner) {
        for (int offset : offsets) {
            if (below.spike[corner + offset] != 0) {
                return corner + offset;
            }
        }
        return corner;
    }

    /** Where the top left neuron of a square lies, channel 0. */
    private int corner(int point) {
        int top = point / shape.output().width() * shape.stride();
        int left = point % shape.output().width() * shape.stride();
        return (top * shape.input().width() + left) * shape.input().channels();
    }
}
