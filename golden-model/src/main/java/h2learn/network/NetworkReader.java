package h2learn.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.config.InvalidInputException;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
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
        return read(reader.read(nameOrPath), nameOrPath + ": ");
    }

    /**
     * Reads a network that is part of another document.
     *
     * @param tree changed where the schema refuses something
     * @param before what each problem's sentence begins with, for example {@code "case.yaml: network."}
     * @throws InvalidInputException with all problems
     */
    public Network read(ObjectNode tree, String before) {
        return read(reader.check(tree), before);
    }

    private static Network read(Document document, String before) {
        Encoding encoding = document.constant("input.encoding", Encoding.DIRECT);
        boolean direct = encoding == Encoding.DIRECT;
        Input input = new Input(
                document.integer("input.channels", 1),
                document.integer("input.height", 1),
                document.integer("input.width", 1),
                encoding,
                document.integer("input.bits", direct ? 8 : 1),
                document.integer("input.fractionBits", direct ? document.integer("input.bits", 8) : 0),
                document.flag("input.signed", false));
        int steps = document.integer("steps", 6);
        Classes classes = new Classes(document.integer("classes.count", 1), document.integer("classes.neurons", 1));
        checkSpikes(document, input);
        Neuron neuron = NeuronReader.read(document, "neuron", NeuronReader.DEFAULT);
        Network network = new Network(
                document.text("name", "unnamed"),
                document.text("description", ""),
                input,
                steps,
                neuron,
                new LayerTableReader(document).read(input, steps, classes, neuron),
                classes,
                training(document));
        document.throwIfRefusedAfter(before);
        return network;
    }

    private static Training training(Document document) {
        return new Training(
                document.integer("training.minibatch", 32),
                document.integer("training.epochs", 5),
                document.number("training.learningRate", 0.5),
                document.number("training.learningRateDecay", 0.8),
                document.number("training.initialGain", 1),
                document.number("training.momentum", 0),
                document.number("training.weightDecay", 0),
                document.constant("training.rounding", UpdateRounding.NEAREST),
                document.integer("training.roundingSeed", 0),
                document.constant("training.loss", Loss.MSE));
    }

    private static void checkSpikes(Document document, Input input) {
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
    }
}
