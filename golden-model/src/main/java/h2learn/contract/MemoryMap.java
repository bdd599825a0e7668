package h2learn.contract;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where each scratchpad lies in the AXI4-Lite address space of one configuration. Registers come first. */
public final class MemoryMap {
    /** Bytes of the register window at address 0. */
    public static final int REGISTER_BYTES = 0x1000;

    /** Entries of the backward engine's list of gradients that are not zero. */
    public static final int LIST_ENTRIES = 2048;

    /** Output points whose gradients are listed at once. */
    public static final int LISTED_POINTS = 256;

    /** Most classes that the loss unit holds. */
    public static final int MAXIMUM_CLASSES = 256;

    /**
     * @param base first byte address, a multiple of the window's size
     * @param words depth
     * @param layout elements of a word
     */
    public record Window(Scratchpad scratchpad, long base, int words, WordLayout layout) {
        public long bytes() {
            return sizeBytes(words, layout);
        }

        public long address(int word) {
            return base + 4L * layout.beats() * word;
        }
    }

    private final Map<Scratchpad, Window> windows = new EnumMap<>(Scratchpad.class);
    private final int addressBits;

    public MemoryMap(AcceleratorConfig config) {
        Map<Scratchpad, Window> unplaced = new EnumMap<>(Scratchpad.class);
        int n = config.lanes();
        Formats formats = config.formats();
        AcceleratorConfig.Memories memories = config.memories();
        int trace = memories.traceWords();
        add(unplaced, Scratchpad.SPIKE, memories.spikeWords(), 1, n);
        add(unplaced, Scratchpad.WINDOW, trace, 1, n);
        add(unplaced, Scratchpad.POTENTIAL, trace, formats.potentialBits(), n);
        add(unplaced, Scratchpad.GRADIENT, trace, formats.gradientBits(), n);
        add(unplaced, Scratchpad.SPIKE_GRADIENT, trace, formats.gradientBits(), n);
        add(unplaced, Scratchpad.GRADIENT_SUM, memories.gradientSumWords(), config.gradientSumBits(), n);
        add(unplaced, Scratchpad.LABEL, config.limits().samples(), AcceleratorConfig.ceilLog2(MAXIMUM_CLASSES), 1);
        add(unplaced, Scratchpad.MASTER, config.masterWords(), formats.masterBits(), n);
        add(unplaced, Scratchpad.WEIGHT_GRADIENT, config.masterWords(), Formats.WEIGHT_GRADIENT_BITS, n);
        add(unplaced, Scratchpad.FORWARD_WEIGHT, config.masterWords(), formats.weightBits(), n);
        add(unplaced, Scratchpad.BACKWARD_WEIGHT, config.masterWords(), formats.weightBits(), n);
        if (config.options().momentum()) {
            add(unplaced, Scratchpad.MOMENTUM, config.masterWords(), Formats.WEIGHT_GRADIENT_BITS, n);
        }
        // Largest first: every window is aligned to its own size without a gap.
        List<Window> order = unplaced.values().stream()
                .sorted(Comparator.comparingLong(Window::bytes).reversed())
                .toList();
        long next = order.get(0).bytes();
        for (Window window : order) {
            long size = window.bytes();
            next = (next + size - 1) / size * size;
            windows.put(window.scratchpad(), new Window(window.scratchpad(), next, window.words(), window.layout()));
            next += size;
        }
        addressBits = 64 - Long.numberOfLeadingZeros(next - 1);
    }

    private static void add(
            Map<Scratchpad, Window> windows, Scratchpad scratchpad, int words, int elementBits, int elements) {
        windows.put(scratchpad, new Window(scratchpad, 0, words, new WordLayout(elementBits, elements)));
    }

    private static long sizeBytes(int words, WordLayout layout) {
        long bytes = 4L * layout.beats() * words;
        return Math.max(REGISTER_BYTES, Long.highestOneBit(2 * bytes - 1));
    }

    /** Whether the configuration has that scratchpad: some come with an option. */
    public boolean has(Scratchpad scratchpad) {
        return windows.containsKey(scratchpad);
    }

    /** Those that the configuration has, in the order of their declaration. */
    public List<Scratchpad> scratchpads() {
        return List.copyOf(windows.keySet());
    }

    public Window window(Scratchpad scratchpad) {
        Window window = windows.get(scratchpad);
        if (window == null) {
            throw new IllegalStateException("no window for " + scratchpad);
        }
        return window;
    }

    /** Width of the number of a 32-bit beat in the largest scratchpad. */
    public int beatAddressBits() {
        return windows.values().stream()
                .mapToInt(window -> AcceleratorConfig.ceilLog2(
                        window.words() * window.layout().beats()))
                .max()
                .orElseThrow();
    }

    /** Width of the byte address. */
    public int addressBits() {
        return addressBits;
    }
}
