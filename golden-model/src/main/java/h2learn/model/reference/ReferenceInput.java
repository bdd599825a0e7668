package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.network.LayerShape;
import org.jspecify.annotations.Nullable;

/** The real values that a layer reads at each step: the sample's in layer 0, else what the layer below wrote. */
final class ReferenceInput {
    private final LayerShape shape;
    private final Sample sample;
    private final ReferenceTrace.@Nullable Layer below;
    private final double[] values;

    /** @param below trace of the layer below; absent in layer 0 */
    ReferenceInput(LayerShape shape, Sample sample, ReferenceTrace.@Nullable Layer below) {
        this.shape = shape;
        this.sample = sample;
        this.below = below;
        values = new double[shape.inputValues()];
    }

    /** Those of step {@code step} from 0, as [y][x][channel], until the next call. Not to be changed. */
    double[] values(int step) {
        if (below != null) {
            System.arraycopy(below.spike, step * values.length, values, 0, values.length);
            return values;
        }
        double scale = Math.scalb(1.0, -shape.inputFractionBits());
        int first = shape.staticInput() ? 0 : step * values.length;
        for (int index = 0; index < values.length; index++) {
            values[index] = sample.values()[first + index] * scale;
        }
        return values;
    }
}
