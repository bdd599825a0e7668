package h2learn.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML documents of one kind and holds them against the kind's JSON schema. What the schema refuses is noted as a
 * problem and taken out of the document, so that checks of meaning can go on with the rest.
 */
public final class DocumentReader {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String folder;
    private final JsonNode schemaText;
    private final JsonSchema schema;

    /**
     * @param kind file name part of the schema, resource {@code configs/<kind>.schema.json}, and folder of the named
     *     documents, if there are any, resources {@code configs/<kind>/<name>.yaml}
     */
    public DocumentReader(String kind) {
        folder = "configs/" + kind + "/";
        try {
            String name = "configs/" + kind + ".schema.json";
            String text = resource(name);
            if (text == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            schemaText = new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText);
    }

    /**
     * Reads and checks a named document or, when there is none of that name, the file at that path.
     *
     * @return the document without what the schema refuses, and the problems so far
     * @throws InvalidInputException when there is no document to look at
     */
    public Document read(String nameOrPath) {
        String text = text(nameOrPath);
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidInputException(nameOrPath + ": line "
                    + (e.getLocation() == null ? 0 : e.getLocation().getLineNr())
                    + ": not readable as YAML: "
                    + Objects.requireNonNullElse(e.getOriginalMessage(), "")
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        if (!(root instanceof ObjectNode)) {
            throw new InvalidInputException(nameOrPath + ": holds no keys; write key: value lines");
        }
        return check((ObjectNode) root);
    }

    /**
     * Checks a document that is part of another.
     *
     * @param root changed where numbers are none
     * @return the document without what the schema refuses, and the problems so far
     */
    public Document check(ObjectNode root) {
        Document document = new Document(root);
        document.refuseNumbersThatAreNone();
        SchemaProblems sentences = new SchemaProblems(schemaText);
        for (ValidationMessage message : schema.validate(root)) {
            String path = SchemaProblems.path(message);
            document.refuse(path, sentences.sentence(message, document.at(path)));
        }
        return document;
    }

    private String text(String nameOrPath) {
        try {
            if (nameOrPath.matches("[a-z0-9-]+")) {
                try (InputStream stream = open(folder + nameOrPath + ".yaml")) {
                    if (stream != null) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    }
                }
            }
            return Files.readString(Path.of(nameOrPath));
        } catch (NoSuchFileException e) {
            List<String> names = names();
            throw new InvalidInputException(
                    names.isEmpty()
                            ? nameOrPath + ": no such file; give the path of a YAML file"
                            : nameOrPath + ": neither a named document (" + String.join(", ", names) + ") nor a file");
        } catch (IOException e) {
            throw new InvalidInputException(nameOrPath + ": cannot be read: " + IoReason.of(e));
        }
    }

    /** The names of the documents that come with the program, in the order of the resource {@code names.txt}, if any. */
    public List<String> names() {
        String names = resource(folder + "names.txt");
        return names == null ? List.of() : names.lines().toList();
    }

    private static @Nullable String resource(String name) {
        try (InputStream stream = open(name)) {
            return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream open(String resource) {
        return DocumentReader.class.getClassLoader().getResourceAsStream(resource);
    }
}
