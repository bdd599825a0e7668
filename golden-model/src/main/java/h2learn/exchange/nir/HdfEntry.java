package h2learn.exchange.nir;

import h2learn.exchange.graph.Values;
import java.util.List;
import java.util.Map;

/** Part of an HDF5 file's contents, read into memory. */
sealed interface HdfEntry {
    /** @param entries by name, in the file's order */
    record Group(Map<String, HdfEntry> entries) implements HdfEntry {}

    /** @param integer whether the file holds integers */
    record Numbers(Values values, boolean integer) implements HdfEntry {}

    /**
     * @param shape sizes, outermost first; empty for one string
     * @param texts the last dimension fastest
     */
    record Texts(List<Integer> shape, List<String> texts) implements HdfEntry {}

    /** @param reason why it was not read, the end of a sentence */
    record Unreadable(String reason) implements HdfEntry {}
}
