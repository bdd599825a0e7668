package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.OneOf;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights as the forward engine reads them: a bank for each output lane, whose word is the lane's row of N input channels
 * of one block. All lanes read the same block. To all others, word block * N + lane is a row.
 */
public final class ForwardWeightMemory extends Circuit {
    public final Bool read = in(bool());
    public final UInt block;
    /** The rows that were read are still wanted: nobody else may read. */
    public final Bool hold = in(bool());
    /** One cycle after {@code read}, for as long as {@code hold}. */
    public final List<Bits> row = new ArrayList<>();

    public final Bool write = in(bool());
    public final UInt writeBlock;
    public final List<Bits> writeRow = new ArrayList<>();
    public final BeatRead beatRead;
    public final BeatWrite beatWrite;

    final List<List<Mem<Bits>>> lane = new ArrayList<>();

    public ForwardWeightMemory(String name, BeatGroup group, Target target) {
        moduleName(name);
        WordLayout layout = group.layout();
        int lanes = layout.elements();
        int laneBits = AcceleratorConfig.ceilLog2(lanes);
        int blocks = group.words() / lanes;
        int blockBits = Words.addressBits(blocks);
        int rowBits = lanes * layout.elementBits();
        block = in(uint(blockBits));
        writeBlock = in(uint(blockBits));
        beatRead = slave(BeatRead.type(group));
        beatWrite = slave(BeatWrite.type(group));
        UInt wordRead = group.word(beatRead.address);
        UInt wordWrite = group.word(beatWrite.address);
        UInt address = mux(read, block, blockOf(wordRead, laneBits, blockBits));
        UInt blockWrite = mux(write, writeBlock, blockOf(wordWrite, laneBits, blockBits));
        UInt laneWrite = wordWrite.slice(laneBits - 1, 0);
        beatRead.ready.assign(read.or(hold).not());
        beatWrite.ready.assign(write.not());
        Bool anyRead = read.or(beatRead.enable.and(beatRead.ready));
        List<List<Bits>> rows = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            Bits out = out(bits(rowBits));
            Bits in = in(bits(rowBits));
            row.add(out);
            writeRow.add(in);
            List<Mem<Bits>> banks = new ArrayList<>();
            List<Bits> words = new ArrayList<>();
            for (int beat = 0; beat < layout.beats(); beat++) {
                Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.beatBits()), blocks), target);
                banks.add(memory);
                int low = beat * layout.beatBits();
                Bits engineData = in.slice(low + layout.beatBits() - 1, low);
                Bits data = mux(write, engineData, beatWrite.data.get(beat % group.beats()));
                Bool mine = group.writes(beatWrite, beat).and(laneWrite.eq(index));
                memory.write(blockWrite, data, write.or(mine));
                words.add(memory.readSync(address, anyRead));
            }
            lane.add(banks);
            rows.add(words);
            out.assign(Bits.concat(words));
        }
        UInt laneRead = regNext(wordRead.slice(laneBits - 1, 0)).hint("laneRead");
        List<Bits> beats = new ArrayList<>();
        for (int beat = 0; beat < layout.beats(); beat++) {
            int place = beat;
            beats.add(OneOf.select(
                    laneRead, rows.stream().map(each -> each.get(place)).toList()));
        }
        group.answer(beatRead, beats);
    }

    private static UInt blockOf(UInt word, int laneBits, int blockBits) {
        return word.width() == laneBits
                ? UInt.lit(0, blockBits)
                : word.slice(word.width() - 1, laneBits).resize(blockBits);
    }
}
