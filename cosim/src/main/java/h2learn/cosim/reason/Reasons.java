package h2learn.cosim.reason;

import com.fasterxml.jackson.databind.JsonNode;
import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.config.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/**
 * A checked-in file's reasons, and which of them were of use. For one thread.
 *
 * @param <T> what is complained of
 */
public final class Reasons<T> {
    private final List<Reason<T>> reasons;
    private final List<Reason<T>> unused;

    private Reasons(List<Reason<T>> reasons) {
        this.reasons = List.copyOf(reasons);
        unused = new ArrayList<>(reasons);
    }

    /** No reason at all. */
    public static <T> Reasons<T> none() {
        return new Reasons<>(List.of());
    }

    /**
     * Reads a YAML file.
     *
     * @param schema of the file
     * @param list the key of the list that holds the reasons
     * @param required keys of each without which it cannot be read
     * @param entry reads one, and may throw {@link PatternSyntaxException}
     * @throws InvalidInputException with everything that is wrong with the file
     */
    public static <T> Reasons<T> read(
            Path file, String schema, String list, List<String> required, Function<JsonNode, Reason<T>> entry) {
        Document document = new DocumentReader(schema).read(file.toString());
        List<Reason<T>> reasons = new ArrayList<>();
        for (int index = 0; index < document.size(list); index++) {
            String path = list + "[" + index + "]";
            if (required.stream().allMatch(key -> document.usable(path + "." + key))) {
                try {
                    reasons.add(entry.apply(document.at(path)));
                } catch (PatternSyntaxException e) {
                    document.refuse(
                            path, path + ": '" + e.getPattern() + "' is no regular expression: " + e.getDescription());
                }
            }
        }
        document.throwIfRefused(file.toString());
        return new Reasons<>(reasons);
    }

    /** The first that covers the thing; all that do are of use from now on. */
    public Optional<String> of(T thing) {
        Optional<String> found = Optional.empty();
        for (Reason<T> reason : reasons) {
            if (reason.covers(thing)) {
                unused.remove(reason);
                found = found.isPresent() ? found : Optional.of(reason.reason());
            }
        }
        return found;
    }

    /** Those that covered nothing so far. */
    public List<String> unused() {
        return unused.stream().map(Reason::describe).toList();
    }
}
