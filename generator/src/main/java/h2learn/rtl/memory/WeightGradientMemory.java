package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/**
 * dW: accumulators of N lanes; to the host, LOAD and STORE words of one beat a lane. Those wait while a sum is under way,
 * so that none falls between its reading and its writing.
 */
public final class WeightGradientMemory extends Circuit {
    public final Bool add = in(bool());
    public final UInt address;
    public final List<SInt> addend = new ArrayList<>();
    public final Bool read = in(bool());
    public final UInt readAddress;
    public final List<SInt> word = new ArrayList<>();
    public final Bool clear = in(bool());
    public final UInt clearAddress;
    public final BeatRead beatRead;
    public final BeatWrite beatWrite;

    final Bool adding = reg(bool()).init(false);
    final AccumulatorMemory accumulators;

    public WeightGradientMemory(String name, AcceleratorConfig config, BeatGroup group) {
        moduleName(name);
        int words = config.masterWords();
        int bits = Formats.WEIGHT_GRADIENT_BITS;
        int addressBits = Words.addressBits(words);
        address = in(uint(addressBits));
        readAddress = in(uint(addressBits));
        clearAddress = in(uint(addressBits));
        beatRead = slave(BeatRead.type(group));
        beatWrite = slave(BeatWrite.type(group));
        adding.assign(add);
        beatRead.ready.assign(add.or(adding).or(read).not());
        beatWrite.ready.assign(add.or(adding).or(clear).not());
        accumulators = inst(
                "accumulators",
                new AccumulatorMemory(name + "Accumulators", config.lanes(), bits, bits, bits, words, config.target()));
        accumulators.add.assign(add);
        accumulators.address.assign(address);
        accumulators.overwrite.assign(false);
        accumulators.read.assign(read.or(beatRead.enable.and(beatRead.ready)));
        accumulators.readAddress.assign(mux(read, readAddress, group.word(beatRead.address)));
        accumulators.storeAddress.assign(mux(clear, clearAddress, group.word(beatWrite.address)));
        List<Bits> beats = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt laneAddend = in(sint(bits));
            SInt laneWord = out(sint(bits));
            addend.add(laneAddend);
            word.add(laneWord);
            accumulators.addend.get(lane).assign(laneAddend);
            accumulators.base.get(lane).assign(0);
            accumulators.store.get(lane).assign(clear.or(group.writes(beatWrite, lane)));
            SInt stored = beatWrite.data.get(lane % group.beats()).asSInt();
            accumulators.storeWord.get(lane).assign(mux(clear, SInt.lit(0, bits), stored));
            laneWord.assign(accumulators.word.get(lane));
            beats.add(accumulators.word.get(lane).asBits());
        }
        group.answer(beatRead, beats);
    }
}
