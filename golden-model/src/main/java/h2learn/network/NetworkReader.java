package h2learn.network;

import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.config.InvalidInputException;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link Network} from YAML, fills in the defaults and validates it. */
public final class NetworkReader {
    private final DocumentReader reader = new DocumentReader("network");

    /** The networks that come with the program. */
    public List<String> names() {
        return reader.names();
    }

    /**
     * Reads a named network or a file. A layer without {@code gradientExponent} gets that of {@link GradientExponents}.
     *
     * @param nameOrPath {@code fashion-mlp}, {@code tiny-mlp}; anything else is the path of a YAML file
     * @throws InvalidInputException with all problems of the file, each a sentence with its path in the file
     */
    public Network read(String nameOrPath) {
        Document document = reader.read(nameOrPath);
        Encoding encoding = document.constant("input.encoding", Encoding.DIRECT);
        boolean direct = encoding == Encoding.DIRECT;
        Input input = new Input(
                document.integer("input.channels", 1),
                encoding,
                document.integer("input.bits", direct ? 8 : 1),
                document.integer("input.fractionBits", direct ? document.integer("input.bits", 8) : 0),
                document.flag("input.signed", false));
        int steps = document.integer("steps", 6);
        Classes classes = new Classes(document.integer("classes.count", 1), document.integer("classes.neurons", 1));
        check(document, input, classes);
        Network network = new Network(
                document.text("name", "unnamed"),
                document.text("description", ""),
                input,
                steps,
                new Neuron(
                        document.number("neuron.alpha", 0.25),
                        document.number("neuron.theta", 0.25),
                        document.number("neuron.window", 0.5),
                        document.number("neuron.beta", 1)),
                layers(document, steps, classes),
                classes,
                new Training(
                        document.integer("training.minibatch", 32),
                        document.integer("training.epochs", 5),
                        document.number("training.learningRate", 0.5),
                        document.number("training.learningRateDecay", 0.8),
                        document.number("training.initialGain", 1)));
        document.throwIfRefused(nameOrPath);
        return network;
    }

    private static List<Layer> layers(Document document, int steps, Classes classes) {
        List<Layer> layers = new ArrayList<>();
        int count = document.size("layers");
        for (int index = 0; index < count; index++) {
            String path = "layers[" + index + "]";
            layers.add(new Layer(
                    document.integer(path + ".outputs", 1),
                    document.flag(path + ".bias", true),
                    document.integer(
                            path + ".gradientExponent", GradientExponents.ofLayer(index, count, steps, classes))));
        }
        return layers;
    }

    private static void check(Document document, Input input, Classes classes) {
        if (input.encoding() == Encoding.SPIKES) {
            if (input.bits() != 1) {
                document.refuse("input.bits", "input.bits: " + input.bits() + " does not fit spikes; use 1");
            }
            if (input.fractionBits() != 0) {
                document.refuse(
                        "input.fractionBits",
                        "input.fractionBits: " + input.fractionBits() + " does not fit spikes; use 0");
            }
            if (input.signed()) {
                document.refuse("input.signed", "input.signed: true does not fit spikes; use false");
            }
        }
        String last = "layers[" + (document.size("layers") - 1) + "].outputs";
        boolean known = document.usable(last) && document.usable("classes.count") && document.usable("classes");
        long neurons = (long) classes.count() * classes.neurons();
        if (known && neurons != document.integer(last, 0)) {
            document.refuse(
                    "classes",
                    "classes: " + classes.count() + " classes of " + classes.neurons() + " neurons make " + neurons
                            + " outputs, but the last layer has " + document.integer(last, 0) + "; make them equal");
        }
    }
}
