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
 * Weights as the backward engine reads them: a bank for each of B groups of input channels, which holds the words of the
 * channels c with c mod B = group, each word N output channels. To all others, word block * N + c.
 */
public final class BackwardWeightMemory extends Circuit {
    public final List<ReadPort> reader = new ArrayList<>();
    public final WritePort writer;
    public final BeatRead read;
    public final BeatWrite write;

    final List<List<Mem<Bits>>> lane = new ArrayList<>();

    public BackwardWeightMemory(String name, BeatGroup group, int backwardLanes, Target target) {
        moduleName(name);
        WordLayout layout = group.layout();
        int words = group.words();
        int bankBits = AcceleratorConfig.ceilLog2(backwardLanes);
        int bankWords = words / backwardLanes;
        int addressBits = Words.addressBits(bankWords);
        writer = slave(WritePort.type(layout, words));
        read = slave(BeatRead.type(group));
        write = slave(BeatWrite.type(group));
        UInt readWord = group.word(read.address);
        UInt writeWord = mux(writer.enable, writer.address, group.word(write.address));
        UInt bankRead = bankWord(readWord, bankBits, addressBits);
        UInt bankWrite = bankWord(writeWord, bankBits, addressBits);
        write.ready.assign(writer.enable.not());
        Bool free = Bool.lit(true);
        List<List<Bits>> bankBeats = new ArrayList<>();
        for (int index = 0; index < backwardLanes; index++) {
            ReadPort port = slave(ReadPort.type(layout, bankWords));
            reader.add(port);
            Bool reads = isBank(readWord, bankBits, index);
            Bool writes = isBank(writeWord, bankBits, index);
            free = free.and(reads.and(port.enable).not());
            UInt address = mux(port.enable, port.address, bankRead);
            List<Mem<Bits>> banks = new ArrayList<>();
            List<Bits> arrived = new ArrayList<>();
            for (int beat = 0; beat < layout.beats(); beat++) {
                Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.beatBits()), bankWords), target);
                banks.add(memory);
                Bits data = mux(writer.enable, writer.data.get(beat), write.data.get(beat % group.beats()));
                memory.write(bankWrite, data, writes.and(writer.enable.or(group.writes(write, beat))));
                Bits word = memory.readSync(address, port.enable.or(read.enable.and(reads)));
                port.data.get(beat).assign(word);
                arrived.add(word);
            }
            lane.add(banks);
            bankBeats.add(arrived);
        }
        read.ready.assign(free);
        group.answer(read, selected(bankBeats, readWord, bankBits));
    }

    private static UInt bankWord(UInt word, int bankBits, int addressBits) {
        return word.width() == bankBits
                ? UInt.lit(0, addressBits)
                : word.slice(word.width() - 1, bankBits).resize(addressBits);
    }

    private static Bool isBank(UInt word, int bankBits, int bank) {
        return bankBits == 0 ? Bool.lit(true) : word.slice(bankBits - 1, 0).eq(bank);
    }

    /** The beats of the bank that was asked for. */
    private static List<Bits> selected(List<List<Bits>> bankBeats, UInt word, int bankBits) {
        if (bankBits == 0) {
            return bankBeats.get(0);
        }
        UInt bank = regNext(word.slice(bankBits - 1, 0)).hint("bank");
        List<Bits> beats = new ArrayList<>();
        for (int beat = 0; beat < bankBeats.get(0).size(); beat++) {
            int place = beat;
            beats.add(OneOf.select(
                    bank, bankBeats.stream().map(each -> each.get(place)).toList()));
        }
        return beats;
    }
}
