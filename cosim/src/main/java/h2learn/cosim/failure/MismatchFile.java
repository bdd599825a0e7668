package h2learn.cosim.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.lockstep.Mismatch;
import h2learn.cosim.lockstep.TensorDifference;
import h2learn.tensor.ElementType;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record of a failure in its folder: {@value #NAME}, and beside it both sides' tensor as .npy files. */
final class MismatchFile {
    static final String NAME = "mismatch.json";

    private static final String GOLDEN = "golden.npy";
    private static final String SIMULATED = "rtl.npy";
    private static final String COMPARED = "compared.npy";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What a folder says.
     *
     * @param message one or more lines
     * @param difference both sides' tensor; null when the failure is of another kind
     */
    record Record(String message, @Nullable TensorDifference difference) {}

    private MismatchFile() {}

    static void write(Path folder, Failed failed, Optional<TensorDifference> difference) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("kind", failed.kind().name());
        root.put("message", failed.message());
        Mismatch mismatch = failed.mismatch();
        if (mismatch != null) {
            ObjectNode value = root.putObject("mismatch");
            value.put("engine", mismatch.engine());
            value.put("tensor", mismatch.tensor());
            put(value, "layer", mismatch.layer());
            put(value, "update", mismatch.update());
            put(value, "sample", mismatch.sample());
            put(value, "step", mismatch.step());
            put(value, "row", mismatch.row());
            put(value, "column", mismatch.column());
            put(value, "channel", mismatch.channel());
            put(value, "input", mismatch.input());
            value.put("expected", mismatch.expected());
            value.put("got", mismatch.got());
            value.put("cycle", mismatch.cycle());
        }
        if (difference.isPresent()) {
            TensorDifference both = difference.get();
            ObjectNode tensor = root.putObject("tensor");
            both.axes().forEach(tensor.putArray("axes")::add);
            Arrays.stream(both.shape()).forEach(tensor.putArray("shape")::add);
            tensor.put("values", both.expected().length);
            tensor.put("differing", both.differing());
            Npy.write(folder.resolve(GOLDEN), array(both.expected(), both.shape()));
            Npy.write(folder.resolve(SIMULATED), array(both.got(), both.shape()));
            long[] compared = new long[both.compared().length];
            for (int index = 0; index < compared.length; index++) {
                compared[index] = both.compared()[index] ? 1 : 0;
            }
            Npy.write(folder.resolve(COMPARED), NpyArray.integers(ElementType.BOOLEAN, compared, both.shape()));
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        Files.writeString(
                folder.resolve(NAME), MAPPER.writer(printer).writeValueAsString(root) + "\n", StandardCharsets.UTF_8);
    }

    /** What does not apply is left out. */
    private static void put(ObjectNode node, String key, long value) {
        if (value >= 0) {
            node.put(key, value);
        }
    }

    private static NpyArray array(int[] values, int[] shape) {
        return NpyArray.integers(
                ElementType.INT32, Arrays.stream(values).asLongStream().toArray(), shape);
    }

    /** Reads the record of a folder. Throws {@link InvalidInputException} when it holds none, or a broken one. */
    static Record read(Path folder) {
        Path file = folder.resolve(NAME);
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    folder + ": holds no " + NAME + "; give a folder that 'h2learn regress replay --folder' wrote");
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(file + ": not readable as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e));
        }
        String message = root.path("message").asText();
        if (root.path("tensor").isMissingNode()) {
            return new Record(message, null);
        }
        List<String> axes = new ArrayList<>();
        root.path("tensor").path("axes").forEach(axis -> axes.add(axis.asText()));
        NpyArray golden = Npy.read(folder.resolve(GOLDEN));
        NpyArray simulated = Npy.read(folder.resolve(SIMULATED));
        NpyArray compared = Npy.read(folder.resolve(COMPARED));
        if (golden.shape().length != axes.size()
                || !simulated.hasShape(golden.shape())
                || !compared.hasShape(golden.shape())) {
            throw new InvalidInputException(folder + ": " + GOLDEN + ", " + SIMULATED + " and " + COMPARED
                    + " do not have the axes that " + NAME + " says; write the folder again");
        }
        boolean[] matters = new boolean[compared.size()];
        for (int index = 0; index < matters.length; index++) {
            matters[index] = compared.integers()[index] != 0;
        }
        return new Record(message, new TensorDifference(axes, golden.shape(), ints(golden), ints(simulated), matters));
    }

    private static int[] ints(NpyArray array) {
        return Arrays.stream(array.integers()).mapToInt(Math::toIntExact).toArray();
    }
}
