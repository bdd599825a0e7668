package h2learn.hdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Balanced reduction: the depth of the logic grows with the logarithm of the operands. */
final class Tree {
    private Tree() {}

    /** Combines neighbours level by level, keeping the order; empty for no values. */
    static <T> Optional<T> reduce(List<? extends T> values, BinaryOperator<T> combine) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<T> level = new ArrayList<>(values);
        while (level.size() > 1) {
            List<T> next = new ArrayList<>();
            for (int i = 0; i + 1 < level.size(); i += 2) {
                next.add(combine.apply(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                next.add(level.get(level.size() - 1));
            }
            level = next;
        }
        return Optional.of(level.get(0));
    }
}
