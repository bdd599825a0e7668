package h2learn.rtl.logic;

import h2learn.hdl.Circuit;
import h2learn.hdl.Signal;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/** Selection by a binary index, as a balanced tree of two-way multiplexers. */
public final class OneOf {
    private OneOf() {}

    /** {@code choices[index]}; an index beyond the list selects an arbitrary choice. */
    public static <T extends Signal<T>> T select(UInt index, List<T> choices) {
        List<T> level = choices;
        for (int bit = 0; level.size() > 1; bit++) {
            List<T> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                next.add(
                        i + 1 < level.size()
                                ? Circuit.mux(index.bit(bit), level.get(i + 1), level.get(i))
                                : level.get(i));
            }
            level = next;
        }
        return level.get(0);
    }
}
