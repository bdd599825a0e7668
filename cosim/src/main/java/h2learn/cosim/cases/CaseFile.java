package h2learn.cosim.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.ConfigWriter;
import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.network.Network;
import h2learn.network.NetworkCheck;
import h2learn.network.NetworkReader;
import h2learn.network.NetworkWriter;
import h2learn.tensor.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A whole case in one YAML file: config and network with all defaults filled in, so that it needs no other file. */
public final class CaseFile {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .stringQuotingChecker(new Quotes())
            .build());

    /** Verilog is full of what YAML takes for something else; several lines are written as they are. */
    private static final class Quotes extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || !value.matches("[A-Za-z][A-Za-z0-9_ ,./()-]*");
        }
    }

    private final DocumentReader reader = new DocumentReader("case");
    private final ConfigReader configs = new ConfigReader();
    private final NetworkReader networks = new NetworkReader();

    /** The file's text; {@link #read} gives the same case again. */
    public static String toYaml(Case written) {
        try {
            return YAML.writeValueAsString(toTree(written));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The case as a tree of keys and values, as {@link #toYaml} writes it. */
    public static ObjectNode toTree(Case written) {
        ObjectNode root = YAML.createObjectNode();
        root.put("id", written.id());
        root.put("plan", constant(written.plan()));
        root.put("check", constant(written.check()));
        root.put("samples", written.samples());
        root.put("updates", written.updates());
        root.put("seed", written.seed());
        root.put("timing", constant(written.timing()));
        root.set("config", ConfigWriter.toTree(written.config()));
        root.set("network", NetworkWriter.toTree(written.network()));
        ArrayNode edits = root.putArray("edits");
        for (Edit edit : written.edits()) {
            edits.addObject()
                    .put("module", edit.module())
                    .put("find", edit.find())
                    .put("replace", edit.replace());
        }
        return root;
    }

    /** Writes the file, whole or not at all. Throws {@link InvalidInputException} when that is not possible. */
    public static void write(Path file, Case written) {
        byte[] bytes = toYaml(written).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, stream -> stream.write(bytes));
    }

    private static String constant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException with all problems of the case, its config and its network, each a sentence with its
     *     path in the file
     */
    public Case read(Path file) {
        return read(reader.read(file.toString()), file + ": ");
    }

    /**
     * Reads a case from a tree, with all the checks of a file.
     *
     * @param tree changed where the schema refuses something
     * @param before what each problem's sentence begins with
     */
    public Case read(ObjectNode tree, String before) {
        return read(reader.check(tree), before);
    }

    private Case read(Document document, String source) {
        List<String> problems = new ArrayList<>();
        AcceleratorConfig config = part(document, "config", problems, tree -> configs.read(tree, source + "config."));
        Network network = part(document, "network", problems, tree -> networks.read(tree, source + "network."));
        if (config != null && network != null) {
            NetworkCheck.problems(network, config).forEach(problem -> problems.add(source + "network." + problem));
        }
        attempt(problems, () -> {
            document.throwIfRefusedAfter(source);
            return document;
        });
        if (!problems.isEmpty() || config == null || network == null) {
            throw new InvalidInputException(problems);
        }
        return new Case(
                document.text("id", ""),
                config,
                network,
                document.constant("plan", Plan.SCRATCHPADS),
                document.constant("check", Check.EACH_COMMAND),
                document.integer("samples", 1),
                document.integer("updates", 1),
                document.at("seed").longValue(),
                document.constant("timing", Timing.FAST),
                edits(document));
    }

    /** Reads a part; null, with its problems noted, when it cannot be read. */
    private static <T> @Nullable T part(
            Document document, String key, List<String> problems, Function<ObjectNode, T> read) {
        JsonNode tree = document.at(key);
        // what is missing or of another kind is a problem of the document
        return tree instanceof ObjectNode object ? attempt(problems, () -> read.apply(object)) : null;
    }

    private static <T> @Nullable T attempt(List<String> problems, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidInputException invalid) {
            problems.addAll(invalid.problems());
            return null;
        }
    }

    /** The {@code edits} of a document. */
    public static List<Edit> edits(Document document) {
        List<Edit> edits = new ArrayList<>();
        for (int index = 0; index < document.size("edits"); index++) {
            String path = "edits[" + index + "].";
            edits.add(new Edit(
                    document.text(path + "module", ""),
                    document.text(path + "find", ""),
                    document.text(path + "replace", "")));
        }
        return edits;
    }
}
