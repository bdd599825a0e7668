package h2learn.host.plan;

import h2learn.host.LayerGeometry;
import h2learn.host.LayerTile;
import h2learn.host.Placement;

/**
 * Rows of a layer's output, the rows of its input that belong to them, and how the hardware sees both as a small image:
 * output row o of the tile reads, through kernel row k, row o * stride + k - topPadding of the tile's input.
 *
 * @param input rows of the layer's input
 * @param output rows of the layer's output
 * @param topPadding rows of zeros above the tile's input: {@code input.from + padding - output.from * stride}
 * @param kernel rows of the kernel that connect them; all but for a dense layer above an image
 */
record RowTile(Range input, Range output, int topPadding, Range kernel) {
    /** For FORWARD, WEIGHT_GRADIENT and POOL: the input rows that some output rows read; all where those are all. */
    static RowTile reading(LayerGeometry geometry, Range output) {
        int padding = geometry.padding();
        if (output.count() == geometry.output().height()) {
            Range kernel = Range.all(geometry.kernelHeight());
            return new RowTile(Range.all(geometry.input().height()), output, padding, kernel);
        }
        int stride = geometry.stride();
        int kernel = geometry.kernelHeight();
        int from = Math.max(0, output.from() * stride - padding);
        int to = Math.min(geometry.input().height(), (output.to() - 1) * stride + kernel - padding);
        return new RowTile(
                new Range(from, to), output, from + padding - output.from() * stride, Range.all(kernel));
    }

    /**
     * For BACKWARD and POOL_BACKWARD: the output rows that read some input rows, at least one.
     *
     * @param cutsKernel whether a layer whose kernel is as high as its input, which has one output row that reads each
     *     input row by the kernel row of the same number, takes no more kernel rows than input rows
     */
    static RowTile readers(LayerGeometry geometry, Range input, boolean cutsKernel) {
        int padding = geometry.padding();
        int stride = geometry.stride();
        int kernel = geometry.kernelHeight();
        int height = geometry.output().height();
        if (cutsKernel && padding == 0 && kernel == geometry.input().height()) {
            return new RowTile(input, Range.all(1), 0, input);
        }
        int lowest = Math.max(0, ceilDivide(input.from() + padding - kernel + 1, stride));
        int from = Math.min(height - 1, Math.min(lowest, (input.from() + padding) / stride));
        int to = Math.max(from + 1, Math.min(height, (input.to() - 1 + padding) / stride + 1));
        return new RowTile(
                input, new Range(from, to), input.from() + padding - from * stride, Range.all(kernel));
    }

    private static int ceilDivide(int value, int by) {
        return -Math.floorDiv(-value, by);
    }

    /** What the hardware is told, with all channels. */
    LayerTile of(Placement.Layer layer, int samples) {
        LayerGeometry geometry = layer.geometry();
        return new LayerTile(
                layer,
                samples,
                input.count(),
                topPadding,
                output.count(),
                kernel.count(),
                geometry.input().channels(),
                geometry.output().channels());
    }
}
