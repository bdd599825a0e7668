package h2learn.model.exchange;

/** Names of tensors in files: layers are counted from 1, as a person counts them. */
final class TensorNames {
    private TensorNames() {}

    /** {@code layerK.tensor} of the layer with this index, from 0. */
    static String of(int layer, String tensor) {
        return "layer" + (layer + 1) + "." + tensor;
    }
}
