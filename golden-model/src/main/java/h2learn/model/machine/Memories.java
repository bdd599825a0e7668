package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import java.util.EnumMap;
import java.util.Map;

/** The memories of one accelerator, as all engines share them. */
final class Memories {
    final MemoryMap map;
    final WordMemory accumulator;
    final WordMemory emptyMark;
    final ExternalMemory external;
    /** Values of gu and ds clipped so far, by LAYER. */
    final int[] saturations = new int[1 << CommandField.LAYER.bits()];

    private final Map<Scratchpad, WordMemory> scratchpads = new EnumMap<>(Scratchpad.class);

    Memories(AcceleratorConfig config, ExternalMemory external) {
        this.external = external;
        map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            MemoryMap.Window window = map.window(scratchpad);
            int elements = window.layout().elements();
            scratchpads.put(scratchpad, new WordMemory(Space.of(scratchpad), window.words(), elements));
        }
        int points = config.limits().points();
        accumulator = new WordMemory(Space.ACCUMULATOR, points, config.lanes());
        emptyMark = new WordMemory(Space.EMPTY_MARK, points, 1);
    }

    WordMemory of(Scratchpad scratchpad) {
        WordMemory memory = scratchpads.get(scratchpad);
        if (memory == null) {
            throw new IllegalArgumentException("the configuration has no " + scratchpad + " scratchpad");
        }
        return memory;
    }

    void listener(AccessListener listener) {
        scratchpads.values().forEach(memory -> memory.listener(listener));
        accumulator.listener(listener);
        emptyMark.listener(listener);
    }
}
