package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/**
 * ds: words of N elements, each element in a bank of its own, because the backward engine writes single
 * elements of different words. Its write port g takes the channels c with c mod B = g.
 */
public final class SpikeGradientMemory extends Circuit {
    public final List<ReadPort> readers = new ArrayList<>();
    public final List<WritePort> writers = new ArrayList<>();
    public final BeatRead read;
    public final BeatWrite write;
    public final List<ElementWrite> groupWriter = new ArrayList<>();

    /** Readers, and writers of whole words: of neurons and of pools. At most one of each is active in a cycle. */
    private static final int CLIENTS = 2;

    final List<Mem<Bits>> bank = new ArrayList<>();

    public SpikeGradientMemory(String name, BeatGroup group, int backwardLanes, Target target) {
        moduleName(name);
        WordLayout layout = group.layout();
        int words = group.words();
        int lanes = layout.elements();
        int addressBits = Words.addressBits(words);
        for (int index = 0; index < CLIENTS; index++) {
            readers.add(slave(ReadPort.type(layout, words)));
            writers.add(slave(WritePort.type(layout, words)));
        }
        read = slave(BeatRead.type(group));
        write = slave(BeatWrite.type(group));
        for (int index = 0; index < backwardLanes; index++) {
            groupWriter.add(slave(ElementWrite.type(addressBits, lanes / backwardLanes, layout.elementBits())));
        }
        Bool engineRead = Bool.lit(false);
        UInt readAddress = group.word(read.address);
        for (ReadPort reader : readers) {
            engineRead = engineRead.or(reader.enable);
            readAddress = mux(reader.enable, reader.address, readAddress);
        }
        Bool wordWrite = Bool.lit(false);
        UInt writeAddress = group.word(write.address);
        for (WritePort writer : writers) {
            wordWrite = wordWrite.or(writer.enable);
            writeAddress = mux(writer.enable, writer.address, writeAddress);
        }
        read.ready.assign(engineRead.not());
        Bool engineWrite = wordWrite;
        for (ElementWrite writer : groupWriter) {
            engineWrite = engineWrite.or(writer.enable);
        }
        write.ready.assign(engineWrite.not());
        List<Bits> elements = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            ElementWrite mine = groupWriter.get(index % backwardLanes);
            Bool fromLane = mine.enable.and(mine.element.eq(index / backwardLanes));
            int beat = layout.beatOf(index);
            int low = layout.offsetOf(index);
            Bits data = write.data.get(beat % group.beats()).slice(low + layout.elementBits() - 1, low);
            for (WritePort writer : writers) {
                data = mux(writer.enable, Words.element(layout, writer.data, index), data);
            }
            Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.elementBits()), words), target);
            bank.add(memory);
            memory.write(
                    mux(fromLane, mine.address, writeAddress),
                    mux(fromLane, mine.data, data),
                    fromLane.or(wordWrite).or(group.writes(write, beat)));
            elements.add(memory.readSync(readAddress, engineRead.or(read.enable)));
        }
        List<Bits> beats = Words.assemble(layout, elements);
        for (int beat = 0; beat < beats.size(); beat++) {
            for (ReadPort reader : readers) {
                reader.data.get(beat).assign(beats.get(beat));
            }
        }
        group.answer(read, beats);
    }
}
