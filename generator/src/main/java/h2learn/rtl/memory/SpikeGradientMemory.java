package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
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
    public final HostPort host;
    public final List<ElementWrite> groupWriter = new ArrayList<>();

    /** Readers, and writers of whole words: of neurons and of pools. At most one of each is active in a cycle. */
    private static final int CLIENTS = 2;

    final List<Mem<Bits>> bank = new ArrayList<>();

    public SpikeGradientMemory(String name, WordLayout layout, int words, int backwardLanes, Target target) {
        moduleName(name);
        int lanes = layout.elements();
        int addressBits = Words.addressBits(words);
        for (int index = 0; index < CLIENTS; index++) {
            readers.add(slave(ReadPort.type(layout, words)));
            writers.add(slave(WritePort.type(layout, words)));
        }
        host = slave(HostPort.type(layout, words));
        for (int index = 0; index < backwardLanes; index++) {
            groupWriter.add(slave(ElementWrite.type(addressBits, lanes / backwardLanes, layout.elementBits())));
        }
        UInt hostWord = host.word(layout).resize(addressBits);
        int beatIndexBits = AcceleratorConfig.ceilLog2(layout.beats());
        Bool readEnable = host.read;
        UInt readAddress = hostWord;
        for (ReadPort reader : readers) {
            readEnable = readEnable.or(reader.enable);
            readAddress = mux(reader.enable, reader.address, readAddress);
        }
        Bool wordWrite = Bool.lit(false);
        UInt writeAddress = hostWord;
        for (WritePort writer : writers) {
            wordWrite = wordWrite.or(writer.enable);
            writeAddress = mux(writer.enable, writer.address, writeAddress);
        }
        List<Bits> elements = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            ElementWrite mine = groupWriter.get(index % backwardLanes);
            Bool fromLane = mine.enable.and(mine.element.eq(index / backwardLanes));
            int beat = layout.beatOf(index);
            int low = layout.offsetOf(index);
            Bool fromHost = beatIndexBits == 0
                    ? host.write
                    : host.write.and(host.address.slice(beatIndexBits - 1, 0).eq(beat));
            Bits data = host.writeData.slice(low + layout.elementBits() - 1, low);
            for (WritePort writer : writers) {
                data = mux(writer.enable, Words.element(layout, writer.data, index), data);
            }
            Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.elementBits()), words), target);
            bank.add(memory);
            memory.write(
                    mux(fromLane, mine.address, writeAddress),
                    mux(fromLane, mine.data, data),
                    fromLane.or(wordWrite).or(fromHost));
            elements.add(memory.readSync(readAddress, readEnable));
        }
        List<Bits> beats = Words.assemble(layout, elements);
        for (int beat = 0; beat < beats.size(); beat++) {
            for (ReadPort reader : readers) {
                reader.data.get(beat).assign(beats.get(beat));
            }
        }
        host.readData.assign(HostBeat.select(host, beats, beatIndexBits));
    }
}
