package h2learn.host;

import h2learn.config.AcceleratorConfig;
import h2learn.network.LayerShape;
import h2learn.network.LayerShape.Extent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer as the engines walk over it: always a convolution. A dense layer above an image has a kernel as large as that
 * image. The first layer's input may be unfolded by the host: each output position has the values of its taps side by
 * side as channels, which fills the lanes where an image has few channels.
 *
 * @param input extent of what the engines read
 * @param output extent of what they write
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param stride distance of neighbouring output points
 * @param padding zeros around the input
 * @param unfolded whether the host lays out the taps as channels
 */
public record LayerGeometry(
        Extent input, Extent output, int kernelHeight, int kernelWidth, int stride, int padding, boolean unfolded) {

    /** @param below extent of the layer below; absent for the first layer, whose input is the sample */
    static LayerGeometry of(LayerShape shape, @Nullable Extent below, AcceleratorConfig config) {
        Extent output = shape.output();
        boolean dense =
                shape.taps() == 1 && output.points() == 1 && shape.input().points() == 1;
        if (dense && below != null) {
            return new LayerGeometry(below, output, below.height(), below.width(), 1, 0, false);
        }
        int folded = shape.taps() * config.blocks(shape.input().channels());
        if (below == null && config.blocks(shape.inputs()) < folded) {
            Extent taps = new Extent(shape.inputs(), output.height(), output.width());
            return new LayerGeometry(taps, output, 1, 1, 1, 0, true);
        }
        return new LayerGeometry(
                shape.input(), output, shape.kernel(), shape.kernel(), shape.stride(), shape.padding(), false);
    }

    /** Taps of the kernel. */
    public int taps() {
        return kernelHeight * kernelWidth;
    }

    /** The input points, row by row, that an output point reads; taps outside the image read none. */
    public List<Integer> read(int outputPoint) {
        List<Integer> points = new ArrayList<>();
        for (int tap = 0; tap < taps(); tap++) {
            int row = outputPoint / output.width() * stride + tap / kernelWidth - padding;
            int column = outputPoint % output.width() * stride + tap % kernelWidth - padding;
            if (row >= 0 && row < input.height() && column >= 0 && column < input.width()) {
                points.add(row * input.width() + column);
            }
        }
        return points;
    }
}
