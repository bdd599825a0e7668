package h2learn.cosim.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * One of the choices that make up a case: a name, and values with weights. How likely a value is and whether it is legal may
 * depend on earlier choices; what is illegal carries its reason.
 *
 * @param <T> type of the values
 */
public final class Dimension<T> {
    private final String name;
    private final List<Value<T>> values;
    private final BiPredicate<Chosen, T> applies;
    private final BiFunction<Chosen, T, Optional<String>> refusal;

    private Dimension(Builder<T> builder) {
        name = builder.name;
        values = List.copyOf(builder.values);
        applies = builder.applies;
        refusal = builder.refusal;
    }

    /**
     * @param label names the value in reports
     * @param value what is chosen
     * @param weight how likely it is beside the others, 1 or more
     */
    record Value<T>(String label, T value, int weight) {}

    static <T> Builder<T> named(String name) {
        return new Builder<>(name);
    }

    /** Lower case, words apart, for example {@code backward lanes}. */
    public String name() {
        return name;
    }

    /** What the values are called, in the order of the declaration. */
    public List<String> labels() {
        return values.stream().map(Value::label).toList();
    }

    List<Value<T>> values() {
        return values;
    }

    /** Whether a value is in question at all after what was chosen before; one that is not is no illegal combination. */
    boolean applies(Chosen earlier, Value<T> value) {
        return applies.test(earlier, value.value());
    }

    /** Why a value is illegal after what was chosen before; empty when it is legal. */
    Optional<String> refusal(Chosen earlier, Value<T> value) {
        return refusal.apply(earlier, value.value());
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects a dimension's values. */
    static final class Builder<T> {
        private final String name;
        private final List<Value<T>> values = new ArrayList<>();
        private BiPredicate<Chosen, T> applies = (earlier, value) -> true;
        private BiFunction<Chosen, T, Optional<String>> refusal = (earlier, value) -> Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        Builder<T> value(String label, T value, int weight) {
            values.add(new Value<>(label, value, weight));
            return this;
        }

        /** A value that is called what it prints as, in lower case. */
        Builder<T> value(T value, int weight) {
            return value(value.toString().toLowerCase(Locale.ROOT).replace('_', '-'), value, weight);
        }

        Builder<T> where(BiPredicate<Chosen, T> condition) {
            applies = condition;
            return this;
        }

        /** What {@code illegal} holds for is refused for a reason. */
        Builder<T> refuse(BiPredicate<Chosen, T> illegal, String reason) {
            return refuse((earlier, value) -> illegal.test(earlier, value) ? Optional.of(reason) : Optional.empty());
        }

        /** The same with reasons that depend on the choices. Reasons that were given before are asked for first. */
        Builder<T> refuse(BiFunction<Chosen, T, Optional<String>> reason) {
            BiFunction<Chosen, T, Optional<String>> before = refusal;
            refusal = (earlier, value) -> before.apply(earlier, value).or(() -> reason.apply(earlier, value));
            return this;
        }

        Dimension<T> build() {
            return new Dimension<>(this);
        }
    }
}
