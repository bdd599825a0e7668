package h2learn.host;

/**
 * What of a layer one command works on: some samples, some rows of the image, some blocks of channels. The hardware sees
 * a smaller layer; a command's blocks count from the tile's first one.
 *
 * @param layer the whole layer
 * @param samples of the tile
 * @param inputRows rows of the input image that the tile has
 * @param topPadding rows of zeros above them, 0..15
 * @param outputRows rows of the output image that the tile has
 * @param kernelRows rows of the kernel that the tile has weights of
 * @param inputChannels channels of the input that the tile has, without padding
 * @param outputChannels channels of the output that the tile has, without padding
 */
public record LayerTile(
        Placement.Layer layer,
        int samples,
        int inputRows,
        int topPadding,
        int outputRows,
        int kernelRows,
        int inputChannels,
        int outputChannels) {

    /** All of a layer for some samples. */
    public static LayerTile whole(Placement.Layer layer, int samples) {
        LayerGeometry geometry = layer.geometry();
        return new LayerTile(
                layer,
                samples,
                geometry.input().height(),
                geometry.padding(),
                geometry.output().height(),
                geometry.kernelHeight(),
                geometry.input().channels(),
                geometry.output().channels());
    }

    /** The first rows of the output alone, of one sample. The tile keeps all rows of the input. */
    public LayerTile withFirstRows(int rows) {
        return new LayerTile(layer, 1, inputRows, topPadding, rows, kernelRows, inputChannels, outputChannels);
    }

    /** The same rows and samples with these input channels alone. */
    public LayerTile withInputChannels(int channels) {
        return new LayerTile(layer, samples, inputRows, topPadding, outputRows, kernelRows, channels, outputChannels);
    }

    /** The same rows and samples with these output channels alone. */
    public LayerTile withOutputChannels(int channels) {
        return new LayerTile(layer, samples, inputRows, topPadding, outputRows, kernelRows, inputChannels, channels);
    }

    /** Output points: positions times steps. */
    public int points(int steps) {
        return samples * outputRows * layer.geometry().output().width() * steps;
    }
}
