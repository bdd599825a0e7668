package h2learn.rtl.lut;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import java.util.ArrayList;
import java.util.List;

/**
 * The dense baseline of {@link LutLane}, same rate, same latency, same sums: N gated values in an adder tree, with the
 * row held in one of two register banks.
 */
public final class AdderLane extends Circuit {
    public final Bits row;
    /** Takes the row into the bank {@code fillBank}. */
    public final Bool fillWrite = in(bool());

    public final Bool fillBank = in(bool());
    public final Bits index;
    public final Bool readBank = in(bool());
    public final SInt sum;

    final List<Bits> held = new ArrayList<>();
    final List<SInt> partial = new ArrayList<>();

    public AdderLane(String name, int lanes, int inputs, int valueBits) {
        moduleName(name);
        row = in(bits(lanes * valueBits));
        index = in(bits(lanes));
        for (int bank = 0; bank < 2; bank++) {
            Bits register = reg(bits(lanes * valueBits));
            held.add(register);
            when(fillWrite.and(bank == 0 ? fillBank.not() : fillBank), () -> register.assign(row));
        }
        Bits active = mux(readBank, held.get(1), held.get(0));
        for (int low = 0; low < lanes; low += inputs) {
            List<SInt> gated = new ArrayList<>();
            for (int input = low; input < Math.min(lanes, low + inputs); input++) {
                SInt value = active.slice((input + 1) * valueBits - 1, input * valueBits)
                        .asSInt();
                gated.add(mux(index.bit(input), value, SInt.lit(0, valueBits)));
            }
            partial.add(regNext(SInt.sum(gated)));
        }
        SInt total = SInt.sum(partial);
        sum = out(sint(LutLane.sumBits(lanes, inputs, valueBits)));
        sum.assign(regNext(total).resize(sum.width()));
    }
}
