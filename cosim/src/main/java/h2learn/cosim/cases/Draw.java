package h2learn.cosim.cases;

import h2learn.cosim.cases.Dimension.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws values of dimensions and plain numbers from one generator, and keeps what was chosen and what was refused. */
final class Draw implements Chosen {
    private final Random random;
    private final Map<Dimension<?>, Value<?>> chosen = new LinkedHashMap<>();
    private final Map<Dimension<Range>, Integer> numbers = new HashMap<>();
    private final SortedMap<Rejection, Integer> rejections = new TreeMap<>();

    /** @param seeds together fix all that is drawn; neighbouring ones give unrelated draws */
    Draw(long... seeds) {
        long state = 0;
        for (long seed : seeds) {
            state = mix(state + 0x9E3779B97F4A7C15L + seed);
        }
        random = new Random(state);
    }

    /** The finaliser of SplitMix64: every bit of the result depends on every bit given. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** All legal values are too unlikely, or there is none: what was chosen before has to be drawn again. */
    static final class DeadEnd extends Exception {
        private static final long serialVersionUID = 1L;

        DeadEnd(String message) {
            super(message, null, false, false);
        }
    }

    /** Chooses a value by weight; an illegal one is counted with its reason and another is chosen. */
    <T> T pick(Dimension<T> dimension) throws DeadEnd {
        List<Value<T>> left = new ArrayList<>();
        for (Value<T> value : dimension.values()) {
            if (dimension.applies(this, value)) {
                left.add(value);
            }
        }
        while (!left.isEmpty()) {
            Value<T> value = weighted(left);
            Optional<String> refusal = dimension.refusal(this, value);
            if (refusal.isEmpty()) {
                chosen.put(dimension, value);
                return value.value();
            }
            reject(new Rejection(dimension.name(), value.label(), refusal.get()));
            left.remove(value);
        }
        throw new DeadEnd("no value of " + dimension + " is legal");
    }

    private <T> Value<T> weighted(List<Value<T>> values) {
        int at = random.nextInt(values.stream().mapToInt(Value::weight).sum());
        for (Value<T> value : values) {
            at -= value.weight();
            if (at < 0) {
                return value;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /** A number of the chosen range, which later choices see. */
    int within(Dimension<Range> dimension) throws DeadEnd {
        int number = within(pick(dimension));
        numbers.put(dimension, number);
        return number;
    }

    int within(Range range) {
        return between(range.low(), range.high());
    }

    /** Uniform, both ends included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** Uniform, 0 to just under 1. */
    double fraction() {
        return random.nextDouble();
    }

    /** True once in {@code cases} draws. */
    boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    void reject(Rejection rejection) {
        rejections.merge(rejection, 1, Integer::sum);
    }

    /** Drops all choices but those of another draw; what was refused stays counted. */
    void backTo(Draw earlier) {
        clear();
        chosen.putAll(earlier.chosen);
        numbers.putAll(earlier.numbers);
    }

    void clear() {
        chosen.clear();
        numbers.clear();
    }

    @Override
    @SuppressWarnings("unchecked") // a dimension was put in with a value of its own
    public <T> T get(Dimension<T> dimension) {
        Value<?> value = chosen.get(dimension);
        if (value == null) {
            throw new IllegalStateException(dimension + " was not drawn before it was asked for");
        }
        return (T) value.value();
    }

    @Override
    public int number(Dimension<Range> dimension) {
        Integer number = numbers.get(dimension);
        if (number == null) {
            throw new IllegalStateException("no number of " + dimension + " was drawn before it was asked for");
        }
        return number;
    }

    /** Label of each dimension that was drawn, by name, in the order of the draw. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        chosen.forEach((dimension, value) -> labels.put(dimension.name(), value.label()));
        return labels;
    }

    SortedMap<Rejection, Integer> rejections() {
        return rejections;
    }
}
