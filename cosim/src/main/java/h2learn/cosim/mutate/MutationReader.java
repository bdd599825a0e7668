package h2learn.cosim.mutate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.cosim.mutate.Equivalence.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads what {@link MutationReport#json} wrote, so that survivors can be explained without another run. */
public final class MutationReader {
    private MutationReader() {}

    /**
     * The runs without their explanations.
     *
     * @throws InvalidInputException when the file cannot be read or is none
     */
    public static MutationScore read(Path file) {
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            List<MutationScore.Row> rows = new ArrayList<>();
            for (JsonNode node : root.path("mutants")) {
                rows.add(row(node));
            }
            if (rows.isEmpty()) {
                throw none(file);
            }
            return new MutationScore(
                    root.path("config").asText(), root.path("seed").asInt(), List.copyOf(rows), List.of());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw none(file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e));
        }
    }

    private static InvalidInputException none(Path file) {
        return new InvalidInputException(file + ": holds no mutants; give a file that 'h2learn mutate --out' wrote");
    }

    private static MutationScore.Row row(JsonNode node) {
        Mutant mutant = new Mutant(
                node.path("number").asInt(),
                part(node.path("part").asText()),
                node.path("mode").asText(),
                node.path("module").asText(),
                node.path("cell").asText(),
                node.path("port").asText(),
                node.path("bit").asInt(),
                node.path("otherBit").asInt(),
                node.path("wire").asText(),
                texts(node.path("sources")));
        return new MutationScore.Row(
                mutant,
                texts(node.path("activatedBy")),
                Result.valueOf(node.path("proof").asText().toUpperCase(Locale.ROOT)),
                Verdict.Kind.valueOf(node.path("end").asText().toUpperCase(Locale.ROOT)),
                node.path("by").asText(),
                node.path("message").asText(),
                0,
                "");
    }

    private static Part part(String label) {
        return Arrays.stream(Part.values())
                .filter(part -> part.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}
