package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.cosim.simulation.Bus;
import h2learn.cosim.simulation.BusErrorException;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.Stalls;
import java.util.Random;

/** The host's windows: every word of those that it may write, the ends of all, and what must be refused. */
record HostWindows() implements Scenario {
    private static final int STALLS = 90;
    private static final int OUTSTANDING = 8;
    private static final long RESET_CYCLES = 4;

    @Override
    public String name() {
        return "host windows";
    }

    @Override
    public void run(Stage stage) {
        MemoryMap map = new MemoryMap(stage.config());
        try (Stage.Run run = stage.open(Stage.options())) {
            Model model = run.model();
            Bus bus = model.bus();
            bus.outstanding(OUTSTANDING);
            model.reset(RESET_CYCLES);
            Random random = new Random(5);
            int[][] written = new int[Scratchpad.values().length][];
            // All are written before any is read, so that one that writes into another is seen.
            for (Scratchpad scratchpad : map.scratchpads()) {
                Window window = map.window(scratchpad);
                if (scratchpad.writable()) {
                    int[] words = random.ints(
                                    (long) window.words() * window.layout().beats())
                            .toArray();
                    written[scratchpad.ordinal()] = words;
                    bus.batch().writeBlock(window.base(), words).run();
                } else {
                    refused(bus, scratchpad, window);
                }
            }
            bus.stalls(Stalls.uniform(5, STALLS));
            for (Scratchpad scratchpad : map.scratchpads()) {
                Window window = map.window(scratchpad);
                if (scratchpad.writable()) {
                    int[] words = written[scratchpad.ordinal()];
                    mask(words, window.layout());
                    bus.batch().compareBlock(window.base(), words).run();
                    strobes(bus, window, words[0]);
                    ends(bus, window);
                } else {
                    ends(bus, window);
                }
            }
            outside(bus, map, stage.config());
        }
    }

    private static void mask(int[] beats, WordLayout layout) {
        int bits = layout.beatBits();
        for (int index = 0; index < beats.length; index++) {
            beats[index] &= bits == 32 ? -1 : (1 << bits) - 1;
        }
    }

    private static void refused(Bus bus, Scratchpad scratchpad, Window window) {
        int before = bus.read(window.base());
        ScenarioException.check(
                isRefused(() -> bus.write(window.base(), ~before)), "a write of " + scratchpad + " is taken");
        ScenarioException.checkEqual(before, bus.read(window.base()), "the first beat of " + scratchpad);
    }

    /** A partial write is refused, one of no byte does nothing. */
    private static void strobes(Bus bus, Window window, int held) {
        for (int strobes = 0; strobes < 15; strobes++) {
            int lanes = strobes;
            boolean refused = isRefused(
                    () -> bus.batch().write(window.base(), ~held, lanes).run());
            ScenarioException.check(
                    refused == (strobes != 0), window.scratchpad() + " with strobes " + strobes + " answers wrongly");
        }
        ScenarioException.checkEqual(held, bus.read(window.base()), "the first beat of " + window.scratchpad());
    }

    private static void ends(Bus bus, Window window) {
        long end = window.base() + 4L * window.words() * window.layout().beats();
        bus.read(end - 4);
        if (end < window.base() + window.bytes()) {
            for (long address : new long[] {end, window.base() + window.bytes() - 4}) {
                ScenarioException.check(
                        isRefused(() -> bus.read(address)), "a word beyond the end of " + window.scratchpad());
            }
        }
    }

    /** What no window holds. */
    private static void outside(Bus bus, MemoryMap map, AcceleratorConfig config) {
        long all = 1L << map.addressBits();
        long page = MemoryMap.REGISTER_BYTES;
        for (long address = page; address < all; address += page) {
            long at = address;
            boolean inside = map.scratchpads().stream()
                    .map(map::window)
                    .anyMatch(window -> at >= window.base()
                            && at
                                    < window.base()
                                            + 4L
                                                    * window.words()
                                                    * window.layout().beats());
            ScenarioException.check(
                    inside != isRefused(() -> bus.read(at)),
                    "address " + at + " of " + config.name() + (inside ? " is refused" : " is in no window"));
        }
        ScenarioException.checkEqual(Register.IDENTIFIER, bus.read(0), "ID");
    }

    private static boolean isRefused(Runnable access) {
        try {
            access.run();
            return false;
        } catch (BusErrorException refused) {
            return true;
        }
    }
}
