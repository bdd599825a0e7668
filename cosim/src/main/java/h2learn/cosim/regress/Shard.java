package h2learn.cosim.regress;

import h2learn.config.InvalidInputException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several equal parts of a regression, each of which another machine can run.
 *
 * @param index from 1
 * @param of how many parts there are, 1 or more
 */
public record Shard(int index, int of) {
    /** The whole. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final Pattern AUTOMATIC = Pattern.compile("auto(?:/(\\d{1,6}))?");
    private static final String USE = "; use INDEX/COUNT, for example 1/4 to 4/4, auto, or auto/COUNT";

    /** Refuses what is no part. */
    public Shard {
        if (of < 1 || index < 1 || index > of) {
            throw new InvalidInputException("--shard: there is no part " + index + " of " + of + USE);
        }
    }

    /**
     * Reads {@code 2/4}; or {@code auto}, which asks a Slurm job array for its task's index and its size, or
     * {@code auto/4}, which asks a Slurm job array or a Kubernetes Indexed Job for the index alone.
     *
     * @param environment variables of the process
     * @throws InvalidInputException when it is something else, or the environment does not say what it is asked for
     */
    public static Shard parse(String text, Map<String, String> environment) {
        Matcher given = FORM.matcher(text);
        if (given.matches()) {
            return new Shard(Integer.parseInt(given.group(1)), Integer.parseInt(given.group(2)));
        }
        Matcher automatic = AUTOMATIC.matcher(text);
        if (!automatic.matches()) {
            throw new InvalidInputException("--shard: " + text + " is no part" + USE);
        }
        OptionalInt count = automatic.group(1) == null
                ? number(environment, "SLURM_ARRAY_TASK_COUNT")
                : OptionalInt.of(Integer.parseInt(automatic.group(1)));
        OptionalInt index = slurmIndex(environment);
        if (index.isEmpty()) {
            index = number(environment, "JOB_COMPLETION_INDEX");
        }
        if (index.isEmpty()) {
            throw new InvalidInputException(
                    "--shard: " + text + ": neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX"
                            + " is set; run it in a Slurm job array or a Kubernetes Indexed Job, or use INDEX/COUNT");
        }
        if (count.isEmpty()) {
            throw new InvalidInputException("--shard: " + text + ": SLURM_ARRAY_TASK_COUNT is not set, so that nobody"
                    + " says how many parts there are; use auto/COUNT");
        }
        return new Shard(index.getAsInt() + 1, count.getAsInt());
    }

    /** From 0, whatever range of indices the array has. */
    private static OptionalInt slurmIndex(Map<String, String> environment) {
        OptionalInt id = number(environment, "SLURM_ARRAY_TASK_ID");
        if (id.isEmpty()) {
            return id;
        }
        int first = number(environment, "SLURM_ARRAY_TASK_MIN").orElse(0);
        int step = number(environment, "SLURM_ARRAY_TASK_STEP").orElse(1);
        return OptionalInt.of((id.getAsInt() - first) / Math.max(1, step));
    }

    private static OptionalInt number(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!value.matches("\\d{1,9}")) {
            throw new InvalidInputException(name + ": " + value + " is no index; use --shard INDEX/COUNT");
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    /** Index of the part's first case, of so many. Parts follow each other, so that few accelerators are built twice. */
    public int from(int count) {
        return (int) ((long) count * (index - 1) / of);
    }

    /** Index after the part's last case. */
    public int to(int count) {
        return (int) ((long) count * index / of);
    }

    /** For example {@code 2/4}. */
    @Override
    public String toString() {
        return index + "/" + of;
    }
}
