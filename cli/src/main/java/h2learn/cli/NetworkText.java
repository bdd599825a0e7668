package h2learn.cli;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network in a line. */
final class NetworkText {
    private NetworkText() {}

    /** For example {@code 784-256-100, T 4, direct input of 8 bits, 10 classes of 10 neurons}. */
    static String shape(Network network) {
        String layers = network.shapes().stream()
                .map(shape -> "-" + shape.outputValues())
                .collect(Collectors.joining("", String.valueOf(network.input().values()), ""));
        return String.format(
                Locale.ROOT,
                "%s, T %d, %s input of %d bit(s), %d classes of %d neuron(s)",
                layers,
                network.steps(),
                network.input().encoding().name().toLowerCase(Locale.ROOT),
                network.input().bits(),
                network.classes().count(),
                network.classes().neurons());
    }

    /** How many numbers training changes. */
    static long parameters(Network network) {
        long count = 0;
        for (LayerShape shape : network.shapes()) {
            count += (long) shape.outputs() * (shape.inputs() + (shape.bias() ? 1 : 0));
        }
        return count;
    }
}
