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
 * ds: words of N elements, each element in a bank of its own, because the backward engine's lanes each write single
 * elements of different words. Backward lane b owns the channels c with c mod B = b.
 */
public final class SpikeGradientMemory extends Circuit {
    public final ReadPort reader;
    public final WritePort writer;
    public final HostPort host;
    public final List<ElementWrite> laneWriter = new ArrayList<>();

    final List<Mem<Bits>> bank = new ArrayList<>();

    public SpikeGradientMemory(String name, WordLayout layout, int words, int backwardLanes, Target target) {
        moduleName(name);
        int lanes = layout.elements();
        int addressBits = Words.addressBits(words);
        reader = slave(ReadPort.type(layout, words));
        writer = slave(WritePort.type(layout, words));
        host = slave(HostPort.type(layout, words));
        for (int index = 0; index < backwardLanes; index++) {
            laneWriter.add(slave(ElementWrite.type(addressBits, lanes / backwardLanes, layout.elementBits())));
        }
        UInt hostWord = host.word(layout).resize(addressBits);
        int beatIndexBits = AcceleratorConfig.ceilLog2(layout.beats());
        Bool readEnable = host.read.or(reader.enable);
        UInt readAddress = mux(reader.enable, reader.address, hostWord);
        List<Bits> elements = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            ElementWrite mine = laneWriter.get(index % backwardLanes);
            Bool fromLane = mine.enable.and(mine.element.eq(index / backwardLanes));
            int beat = layout.beatOf(index);
            int low = layout.offsetOf(index);
            Bool fromHost = beatIndexBits == 0
                    ? host.write
                    : host.write.and(host.address.slice(beatIndexBits - 1, 0).eq(beat));
            Bits hostData = host.writeData.slice(low + layout.elementBits() - 1, low);
            Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.elementBits()), words), target);
            bank.add(memory);
            memory.write(
                    mux(fromLane, mine.address, mux(writer.enable, writer.address, hostWord)),
                    mux(fromLane, mine.data, mux(writer.enable, Words.element(layout, writer.data, index), hostData)),
                    fromLane.or(writer.enable).or(fromHost));
            elements.add(memory.readSync(readAddress, readEnable));
        }
        List<Bits> beats = Words.assemble(layout, elements);
        for (int beat = 0; beat < beats.size(); beat++) {
            reader.data.get(beat).assign(beats.get(beat));
        }
        host.readData.assign(HostBeat.select(host, beats, beatIndexBits));
    }
}
