package h2learn.network;

import h2learn.config.Document;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Surrogate;
import java.util.Arrays;
import java.util.Locale;

/** Reads the keys of a {@link Neuron}. */
final class NeuronReader {
    /** What a network without a key {@code neuron} has. */
    static final Neuron DEFAULT = new Neuron(0.25, 0.25, 0.5, 1);

    private NeuronReader() {}

    /**
     * @param path of the group of keys
     * @param otherwise for the keys that are not there
     */
    static Neuron read(Document document, String path, Neuron otherwise) {
        return new Neuron(
                document.number(path + ".alpha", otherwise.alpha()),
                document.number(path + ".theta", otherwise.theta()),
                document.number(path + ".window", otherwise.window()),
                document.number(path + ".beta", otherwise.beta()),
                document.constant(path + ".reset", otherwise.reset()),
                document.flag(path + ".detachReset", otherwise.detachReset()),
                surrogate(document, path + ".surrogate", otherwise.surrogate()));
    }

    private static Surrogate surrogate(Document document, String path, Surrogate otherwise) {
        String name = document.text(path, otherwise.name()).toUpperCase(Locale.ROOT);
        if (Arrays.stream(Surrogate.values()).noneMatch(known -> known.name().equals(name))) {
            document.refuse(
                    path,
                    path + ": \"" + document.text(path, "") + "\" is not rectangle or triangle; a surrogate of infinite"
                            + " support (sigmoid, arctangent) leaves no neuron outside its window, so that the Backward"
                            + " Engine could skip nothing; use rectangle or triangle");
            return otherwise;
        }
        return Surrogate.valueOf(name);
    }
}
