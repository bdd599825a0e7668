package h2learn.rtl.lut;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.MemoryStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * One output lane: ceil(N / G) tables of all 2^G partial sums, in two banks so that one fills while the other is read.
 * {@code sum} is the sum of the values whose bit of {@code index} is set, two cycles later.
 */
public final class LutLane extends Circuit {
    /** Values of the N inputs, input 0 in the low bits; stable while {@code fill} goes on. */
    public final Bits row;

    public final Bool fillWrite = in(bool());
    public final Bool fillFirst = in(bool());
    public final Bool fillCameIn = in(bool());
    public final UInt fillChanged;
    public final UInt fillEntry;
    public final Bool fillBank = in(bool());

    public final Bits index;
    public final Bool readBank = in(bool());
    public final SInt sum;

    final List<Mem<Bits>> table = new ArrayList<>();
    final List<SInt> running = new ArrayList<>();
    final List<SInt> partial = new ArrayList<>();

    /** @param valueBits width of one input's value, signed */
    public LutLane(String name, int lanes, int inputs, int valueBits, Target target) {
        moduleName(name);
        row = in(bits(lanes * valueBits));
        fillChanged = in(uint(Math.max(1, AcceleratorConfig.ceilLog2(inputs))));
        fillEntry = in(uint(inputs));
        index = in(bits(lanes));
        for (int low = 0; low < lanes; low += inputs) {
            int width = Math.min(inputs, lanes - low);
            partial.add(table(low, width, valueBits, target));
        }
        SInt total = SInt.sum(partial);
        sum = out(sint(total.width()));
        sum.assign(regNext(total));
    }

    /** Width of {@code sum}. */
    public static int sumBits(int lanes, int inputs, int valueBits) {
        int tables = (lanes + inputs - 1) / inputs;
        return valueBits + AcceleratorConfig.ceilLog2(Math.min(inputs, lanes)) + AcceleratorConfig.ceilLog2(tables);
    }

    private SInt table(int low, int width, int valueBits, Target target) {
        // All tables of a lane have one width; the last, smaller one is filled several times over with the same sums.
        int bits = valueBits + AcceleratorConfig.ceilLog2(Math.min(fillEntry.width(), index.width()));
        SInt value = SInt.lit(0, valueBits);
        for (int input = width - 1; input >= 0; input--) {
            int at = (low + input) * valueBits;
            SInt mine = row.slice(at + valueBits - 1, at).asSInt();
            value = mux(fillChanged.eq(input), mine, value);
        }
        SInt sumSoFar = reg(sint(bits));
        running.add(sumSoFar);
        SInt wide = value.resize(bits);
        SInt next = mux(fillFirst, SInt.lit(0, bits), mux(fillCameIn, sumSoFar.add(wide), sumSoFar.sub(wide)));
        when(fillWrite, () -> sumSoFar.assign(next));
        Mem<Bits> memory = MemoryStyle.DISTRIBUTED.apply(mem(bits(bits), 2 << width), target);
        table.add(memory);
        memory.write(fillBank.asBits().cat(fillEntry.slice(width - 1, 0)).asUInt(), next.asBits(), fillWrite);
        Bits read = memory.readAsync(
                readBank.asBits().cat(index.slice(low + width - 1, low)).asUInt());
        return regNext(read.asSInt());
    }
}
