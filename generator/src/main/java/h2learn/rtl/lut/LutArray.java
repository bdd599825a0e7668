package h2learn.rtl.lut;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/**
 * N lanes of tables with one fill sequencer. Rows are offered with {@code rowsValid} and taken when {@code rowsTaken};
 * they fill the bank that is not being read. Each cycle with {@code read} looks one index up in the bank that was filled
 * longest ago, where {@code index} follows one cycle after {@code read}, as a memory gives it; {@code readLast} gives
 * that bank free. {@code sums} follow three cycles after {@code read}.
 */
public final class LutArray extends Circuit {
    /** Cycles from {@code read} to {@code sums}. */
    public static final int LATENCY = 3;

    public final Bool rowsValid = in(bool());
    public final List<Bits> row = new ArrayList<>();
    public final Bool rowsTaken = out(bool());

    /** A filled bank is there. */
    public final Bool ready = out(bool());

    public final Bool read = in(bool());
    public final Bool readLast = in(bool());
    public final Bits index;
    public final List<SInt> sums = new ArrayList<>();

    final Bool fillBank = reg(bool()).init(false);
    final Bool readBank = reg(bool()).init(false);
    final Bool lookupBank = regNext(readBank);
    final UInt filled = reg(uint(2)).init(0);

    /** @param valueBits width of one value of a row, signed */
    public LutArray(String name, AcceleratorConfig config, int valueBits, Pe pe) {
        moduleName(name);
        int lanes = config.lanes();
        int inputs = config.lut().inputs();
        index = in(bits(lanes));
        Bool canFill = rowsValid.and(filled.ne(2));
        Bool fillDone;
        TableFill fill = null;
        if (pe == Pe.LUT) {
            fill = inst("fill", new TableFill(inputs));
            fill.request.assign(canFill);
            fillDone = fill.done;
        } else {
            fillDone = canFill;
        }
        rowsTaken.assign(fillDone);
        ready.assign(filled.ne(0));
        Bool free = read.and(readLast);
        when(fillDone, () -> fillBank.assign(fillBank.not()));
        when(free, () -> readBank.assign(readBank.not()));
        when(fillDone.and(free.not()), () -> filled.assign(filled.add(1)));
        when(free.and(fillDone.not()), () -> filled.assign(filled.sub(1)));
        for (int lane = 0; lane < lanes; lane++) {
            Bits laneRow = in(bits(lanes * valueBits));
            row.add(laneRow);
            SInt sum = out(sint(LutLane.sumBits(lanes, inputs, valueBits)));
            sums.add(sum);
            if (fill != null) {
                LutLane child =
                        inst("lane_" + lane, new LutLane(name + "Lane", lanes, inputs, valueBits, config.target()));
                child.row.assign(laneRow);
                child.fillWrite.assign(fill.write);
                child.fillFirst.assign(fill.first);
                child.fillCameIn.assign(fill.cameIn);
                child.fillChanged.assign(fill.changed);
                child.fillEntry.assign(fill.entry);
                child.fillBank.assign(fillBank);
                child.index.assign(index);
                child.readBank.assign(lookupBank);
                sum.assign(child.sum.resize(sum.width()));
            } else {
                AdderLane child = inst("lane_" + lane, new AdderLane(name + "Lane", lanes, inputs, valueBits));
                child.row.assign(laneRow);
                child.fillWrite.assign(fillDone);
                child.fillBank.assign(fillBank);
                child.index.assign(index);
                child.readBank.assign(lookupBank);
                sum.assign(child.sum);
            }
        }
    }
}
