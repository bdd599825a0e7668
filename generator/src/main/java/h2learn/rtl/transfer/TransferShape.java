package h2learn.rtl.transfer;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.BeatGroup;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Widths and constants of one configuration's transfers. */
public record TransferShape(AcceleratorConfig config, MemoryMap map) {
    /** Most beats of a burst, a power of two; bursts end at multiples of it, and so at every 4 KiB. */
    public static final int BURST_BEATS = 16;

    /** Most bursts under way, of each direction. */
    public static final int BURSTS = 16;

    /** Bus words that LOAD may have under way; bus words of STORE that wait. */
    static final int READ_WORDS = 8 * BURST_BEATS;

    static final int WRITE_WORDS = 4 * BURST_BEATS;

    static final int BURST_COUNT_BITS = UInt.bitsFor(BURST_BEATS + 1);

    public MemoryBus bus() {
        return config.memoryBus();
    }

    /** 32-bit beats of a bus word, K: 1, 2 or 4. */
    public int busBeats() {
        return bus().beats();
    }

    int busBytes() {
        return bus().dataBits() / Byte.SIZE;
    }

    /** Logarithm of K. */
    int busBeatBits() {
        return AcceleratorConfig.ceilLog2(busBeats());
    }

    /** A count from 0 to K. */
    int beatCountBits() {
        return UInt.bitsFor(busBeats() + 1L);
    }

    /** Width of a scratchpad's number. */
    public static int codeBits() {
        return UInt.bitsFor(Scratchpad.values().length);
    }

    public BeatGroup group(Scratchpad scratchpad) {
        Window window = map.window(scratchpad);
        return BeatGroup.of(window.layout(), window.words(), busBeats());
    }

    /** Width of the widest group address. */
    public int groupAddressBits() {
        return map.scratchpads().stream()
                .mapToInt(each -> group(each).addressBits())
                .max()
                .orElseThrow();
    }

    /** Width of the widest beat address. */
    int beatAddressBits() {
        return map.beatAddressBits();
    }

    /** Width of the number of beats of a row, at most those of the largest scratchpad. */
    int rowBits() {
        return map.scratchpads().stream()
                .mapToInt(each -> UInt.bitsFor(
                        (long) group(each).words() * group(each).layout().beats() + 1))
                .max()
                .orElseThrow();
    }

    /** Whether {@code code} is the number of a scratchpad of this accelerator. */
    Bool known(UInt code) {
        return Bool.any(
                map.scratchpads().stream().map(each -> code.eq(each.ordinal())).toList());
    }

    /** A figure of the scratchpad with that number; that of any for a number that none has. */
    UInt figure(UInt code, ToIntFunction<Scratchpad> figure) {
        int width = UInt.bitsFor(
                1L + map.scratchpads().stream().mapToInt(figure).max().orElseThrow());
        UInt value = null;
        for (Scratchpad each : map.scratchpads()) {
            UInt mine = UInt.lit(figure.applyAsInt(each), width);
            value = value == null ? mine : Circuit.mux(code.eq(each.ordinal()), mine, value);
        }
        return Objects.requireNonNull(value);
    }

    /** The scratchpad's number in a command, without the bits that a known one does not have. */
    static UInt code(UInt field) {
        if (field.width() != CommandField.SCRATCHPAD.bits()) {
            throw new IllegalArgumentException("not a SCRATCHPAD field");
        }
        return field.slice(codeBits() - 1, 0);
    }
}
