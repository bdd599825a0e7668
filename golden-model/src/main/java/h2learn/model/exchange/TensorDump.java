package h2learn.model.exchange;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.InvalidInputException;
import h2learn.model.fixed.FixedStep;
import h2learn.model.reference.ReferenceStep;
import h2learn.network.Network;
import h2learn.tensor.Npy;
import h2learn.tensor.WholeFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes every tensor of one minibatch as a .npy file of real numbers, with {@value #MANIFEST} that says what each is:
 * docs/04-files.md. The same minibatch always gives the same bytes.
 */
public final class TensorDump {
    /** The list of the files with their axes and formats. */
    public static final String MANIFEST = "tensors.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TensorDump() {}

    /**
     * Writes a minibatch of the integer model. A folder that is there already is replaced when it is an earlier dump.
     *
     * @throws InvalidInputException when the folder is something else or cannot be written; it is then as before
     */
    public static void write(Path folder, FixedStep step) {
        write(folder, step.network(), "fixed", FixedTensors.of(step));
    }

    /** The same for the float model. */
    public static void write(Path folder, ReferenceStep step) {
        write(folder, step.network(), "float", ReferenceTensors.of(step));
    }

    private static void write(Path folder, Network network, String model, List<DumpedTensor> tensors) {
        WholeFolder.write(folder, MANIFEST, partial -> {
            for (DumpedTensor tensor : tensors) {
                Npy.write(partial.resolve(tensor.name() + ".npy"), tensor.array());
            }
            Files.writeString(partial.resolve(MANIFEST), manifest(network, model, tensors), StandardCharsets.UTF_8);
        });
    }

    private static String manifest(Network network, String model, List<DumpedTensor> tensors) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("network", network.name());
        root.put("model", model);
        ArrayNode files = root.putArray("tensors");
        for (DumpedTensor tensor : tensors) {
            ObjectNode file = files.addObject();
            file.put("file", tensor.name() + ".npy");
            file.put("type", tensor.array().type().code());
            tensor.axes().forEach(file.putArray("axes")::add);
            ArrayNode shape = file.putArray("shape");
            for (int size : tensor.array().shape()) {
                shape.add(size);
            }
            if (tensor.fractionBits() != DumpedTensor.FLOAT) {
                file.put("fractionBits", tensor.fractionBits());
            }
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    }
}
