package h2learn.cosim.mutate;

import com.fasterxml.jackson.databind.JsonNode;
import h2learn.config.InvalidInputException;
import h2learn.cosim.reason.Reason;
import h2learn.cosim.reason.Reasons;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The checked-in file of reasons why some mutants need not be seen. */
public final class MutantExplanations {
    /** Higher than any bit. */
    private static final int ALL_BITS = 1 << 20;

    private MutantExplanations() {}

    /**
     * Mutants that need not be seen.
     *
     * @param module that the whole module name matches
     * @param change that is found in the description
     * @param lowest bit that is changed, of the wire, or of the port where there is no wire
     * @param highest of these bits
     * @param reason why no run can, or need, see them
     */
    private record Explanation(Pattern module, Pattern change, int lowest, int highest, String reason)
            implements Reason<Mutant> {
        @Override
        public boolean covers(Mutant mutant) {
            return module.matcher(mutant.module()).matches()
                    && change.matcher(mutant.describe()).find()
                    && mutant.wireBit() >= lowest
                    && mutant.wireBit() <= highest;
        }

        @Override
        public String describe() {
            String bits = lowest == 0 && highest == ALL_BITS ? "" : " in bits " + lowest + " to " + highest;
            return "'" + change + "'" + bits + " of " + module;
        }
    }

    /**
     * Reads a YAML file.
     *
     * @throws InvalidInputException with everything that is wrong with it
     */
    public static Reasons<Mutant> read(Path file) {
        return Reasons.read(
                file,
                "mutant-explanations",
                "explanations",
                List.of("module", "change"),
                MutantExplanations::explanation);
    }

    private static Explanation explanation(JsonNode node) {
        return new Explanation(
                Pattern.compile(node.path("module").asText()),
                Pattern.compile(node.path("change").asText()),
                node.path("from").asInt(0),
                node.path("to").asInt(ALL_BITS),
                node.path("reason").asText());
    }
}
