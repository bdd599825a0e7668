package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.model.machine.Space;
import java.util.EnumMap;
import java.util.Map;

/** How many words each space of one accelerator and its external memory has. */
final class Spaces {
    private final Map<Space, Long> words = new EnumMap<>(Space.class);

    Spaces(AcceleratorConfig config, long memoryBytes) {
        MemoryMap map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            words.put(Space.of(scratchpad), (long) map.window(scratchpad).words());
        }
        words.put(Space.ACCUMULATOR, (long) config.limits().points());
        words.put(Space.EMPTY_MARK, (long) config.limits().points());
        words.put(Space.MEMORY, memoryBytes / 4);
    }

    /** 0 for a scratchpad that the configuration does not have. */
    long words(Space space) {
        return words.getOrDefault(space, 0L);
    }

    /** Whether all words of the access exist. */
    boolean hold(Access access) {
        return access.first() >= 0 && access.end() <= words(access.space());
    }
}
