package h2learn.network;

import h2learn.config.Document;
import h2learn.network.LayerShape.Extent;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the layer table and refuses layers that do not fit together. */
final class LayerTableReader {
    private static final long LARGEST_VALUES = 1L << 20;
    private static final long LARGEST_WEIGHTS = 1L << 28;

    private final Document document;
    private final int count;

    LayerTableReader(Document document) {
        this.document = document;
        count = document.size("layers");
    }

    /**
     * All layers, even those that are refused.
     *
     * @param neuron the network's neurons, of which a layer's own may differ
     */
    List<Layer> read(Input input, int steps, Classes classes, Neuron neuron) {
        List<Layer> layers = new ArrayList<>();
        Extent extent = new Extent(input.channels(), input.height(), input.width());
        boolean known = document.usable("input.channels");
        long values = (long) input.channels() * input.height() * input.width();
        if (known && values > LARGEST_VALUES) {
            document.refuse(
                    "input",
                    "input: channels, height and width make " + values + " values, more than " + LARGEST_VALUES
                            + "; use a smaller image");
            known = false;
        }
        for (int index = 0; index < count; index++) {
            int exponent = GradientExponents.ofLayer(index, count, steps, classes);
            Layer layer = layer("layers[" + index + "]", exponent, neuron);
            if (layer instanceof Pool) {
                place(index, layer, index == 0 ? null : layers.get(index - 1));
            }
            Extent read = extent;
            extent = LayerShape.output(layer, read);
            if (known && !size(index, layer, read, extent)) {
                known = false;
            }
            if (known && extent.points() == 0) {
                document.refuse(
                        "layers[" + index + "].kernel",
                        "layers[" + index + "].kernel: its square does not fit the image that this layer reads; use a"
                                + " smaller kernel, smaller strides before it or more padding");
                known = false;
            }
            layers.add(layer);
        }
        if (known) {
            classes(classes, extent);
        }
        return layers;
    }

    private Layer layer(String path, int exponent, Neuron neuron) {
        String type = document.text(path + ".type", "dense");
        if (type.equals("average-pool") || type.equals("max-pool")) {
            return pool(path, type.equals("max-pool") ? Reduction.MAX : Reduction.AVERAGE);
        }
        require(path + ".outputs", "give the neurons of the layer, 1 to 65536");
        int outputs = document.integer(path + ".outputs", 1);
        boolean bias = document.flag(path + ".bias", true);
        int gradientExponent = document.integer(path + ".gradientExponent", exponent);
        boolean hasOwn = document.usable(path + ".neuron");
        Neuron own = NeuronReader.read(document, path + ".neuron", neuron);
        if (type.equals("dense")) {
            refuse(path, "dense", "kernel", "stride", "padding");
            return new Dense(outputs, bias, gradientExponent, hasOwn ? own : null);
        }
        require(path + ".kernel", "give the height and width of the kernel, 1 to 7");
        int kernel = document.integer(path + ".kernel", 1);
        int padding = document.integer(path + ".padding", 0);
        if (padding >= kernel && document.usable(path + ".kernel")) {
            document.refuse(
                    path + ".padding",
                    path + ".padding: " + padding + " is not less than the kernel, " + kernel
                            + "; use less, or points would read nothing but padding");
        }
        int stride = document.integer(path + ".stride", 1);
        return new Conv2d(outputs, kernel, stride, padding, bias, gradientExponent, hasOwn ? own : null);
    }

    private Pool pool(String path, Reduction reduction) {
        int kernel = document.integer(path + ".kernel", 2);
        if (kernel != 2 && kernel != 3) {
            document.refuse(path + ".kernel", path + ".kernel: " + kernel + " does not fit a pool; use 2 or 3");
        }
        refuse(path, "a pool", "outputs", "padding", "bias", "gradientExponent", "neuron");
        return new Pool(reduction, kernel, document.integer(path + ".stride", kernel));
    }

    /** Whether the layer's arrays have a size that can be worked with. */
    private boolean size(int index, Layer layer, Extent read, Extent written) {
        long values = (long) written.channels() * written.height() * written.width();
        long taps = layer instanceof Conv2d conv ? (long) conv.kernel() * conv.kernel() : 1;
        long inputs = layer instanceof Dense ? read.values() : read.channels() * taps;
        long weights = layer instanceof Pool ? 0 : written.channels() * inputs;
        if (values > LARGEST_VALUES || weights > LARGEST_WEIGHTS) {
            String path = "layers[" + index + "]";
            document.refuse(
                    path,
                    path + ": has " + values + " outputs a step and " + weights + " weights, more than "
                            + LARGEST_VALUES + " and " + LARGEST_WEIGHTS + "; use fewer channels or a larger stride");
            return false;
        }
        return true;
    }

    private void place(int index, Layer layer, @Nullable Layer below) {
        String path = "layers[" + index + "]";
        if (below == null) {
            document.refuse(
                    path,
                    path + ": " + layer.type() + " cannot be the first layer, it pools spikes; pool the samples"
                            + " themselves or start with a layer of neurons");
        } else if (below instanceof Pool) {
            document.refuse(
                    path,
                    path + ": " + layer.type() + " cannot follow another pool; use one pool between two layers of"
                            + " neurons");
        }
        if (index == count - 1) {
            document.refuse(
                    path, path + ": " + layer.type() + " cannot be the last layer; end with a layer of neurons");
        }
    }

    private void classes(Classes classes, Extent last) {
        boolean usable = document.usable("layers[" + (count - 1) + "].outputs")
                && document.usable("classes.count")
                && document.usable("classes");
        long neurons = (long) classes.count() * classes.neurons();
        if (usable && neurons != last.values()) {
            document.refuse(
                    "classes",
                    "classes: " + classes.count() + " classes of " + classes.neurons() + " neurons make " + neurons
                            + " outputs, but the last layer has " + last.values() + "; make them equal");
        }
    }

    private void require(String path, String mend) {
        if (document.at(path).isMissingNode()) {
            document.refuse(path, path + ": is missing; " + mend);
        }
    }

    private void refuse(String path, String type, String... keys) {
        for (String key : keys) {
            if (!document.at(path + "." + key).isMissingNode()) {
                document.refuse(
                        path + "." + key,
                        path + "." + key + ": " + type + " has no " + key + "; take it out or set the layer's type");
            }
        }
    }
}
