package h2learn.exchange.checkpoint;

import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which tensors of a checkpoint are a network's weights; read from YAML.
 *
 * @param layers one for each layer that has weights, first to last
 */
public record CheckpointMapping(List<Entry> layers) {
    public CheckpointMapping {
        layers = List.copyOf(layers);
    }

    /**
     * @param weight name of the tensor, [out, in] or [out, in, kernel height, kernel width]
     * @param bias name of the tensor [out]; absent when the layer has none
     * @param transpose whether a dense weight lies as [in, out]
     * @param scale the network's weights and biases are the checkpoint's times this
     */
    public record Entry(String weight, Optional<String> bias, boolean transpose, double scale) {}

    /**
     * Reads a file.
     *
     * @throws InvalidInputException with all problems of the file
     */
    public static CheckpointMapping read(String path) {
        Document document = new DocumentReader("mapping").read(path);
        document.throwIfRefused(path);
        List<Entry> layers = new ArrayList<>();
        for (int index = 0; index < document.size("layers"); index++) {
            String layer = "layers[" + index + "].";
            layers.add(new Entry(
                    document.text(layer + "weight", ""),
                    document.usable(layer + "bias") ? Optional.of(document.text(layer + "bias", "")) : Optional.empty(),
                    document.flag(layer + "transpose", false),
                    document.number(layer + "scale", 1)));
        }
        return new CheckpointMapping(layers);
    }
}
