package h2learn.model.fixed;

import h2learn.data.Sample;
import h2learn.network.LayerShape;
import org.jspecify.annotations.Nullable;

/** The integers that a layer reads at each step: the sample's in layer 0, else what the layer below wrote. */
final class LayerInput {
    private final LayerShape shape;
    private final Sample sample;
    private final @Nullable LayerTrace below;
    private final int[] values;

    /** @param below trace of the layer below; absent in layer 0 */
    LayerInput(LayerShape shape, Sample sample, @Nullable LayerTrace below) {
        this.shape = shape;
        this.sample = sample;
        this.below = below;
        values = new int[shape.inputValues()];
    }

    /** Those of step {@code step} from 0, as [y][x][channel], until the next call. Not to be changed. */
    int[] values(int step) {
        if (below != null) {
            int first = step * values.length;
            for (int index = 0; index < values.length; index++) {
                values[index] = below.spike[first + index];
            }
            return values;
        }
        if (shape.staticInput()) {
            return sample.values();
        }
        System.arraycopy(sample.values(), step * values.length, values, 0, values.length);
        return values;
    }
}
