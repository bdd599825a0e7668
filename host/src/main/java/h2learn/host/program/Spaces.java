package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.model.machine.Space;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The spaces of one accelerator with its external memory: how large they are and what commands touch. */
final class Spaces {
    private final AcceleratorConfig config;
    private final MemoryMap map;
    private final Map<Space, Long> words = new EnumMap<>(Space.class);

    Spaces(AcceleratorConfig config, long memoryBytes) {
        this.config = config;
        map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            words.put(Space.of(scratchpad), (long) map.window(scratchpad).words());
        }
        words.put(Space.ACCUMULATOR, (long) config.limits().points());
        words.put(Space.EMPTY_MARK, (long) config.limits().points());
        words.put(Space.MEMORY, memoryBytes / 4);
    }

    AcceleratorConfig config() {
        return config;
    }

    /** What {@link Footprint} says. */
    List<Access> footprint(Command command) {
        return Footprint.of(command, config, map);
    }

    /** 32-bit words of external memory that a word of a scratchpad takes. */
    int beats(Scratchpad scratchpad) {
        return map.window(scratchpad).layout().beats();
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
