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
 * A memory of words, one bank a beat, with one physical read port and one physical write port that clients share. At
 * most one reader and one writer may be active in a cycle: commands run one after the other, and the host only between
 * them. A read returns the word as it was before a write in the same cycle, or either.
 */
public final class ScratchpadMemory extends Circuit {
    public final List<ReadPort> readers = new ArrayList<>();
    public final List<WritePort> writers = new ArrayList<>();
    public final HostPort host;

    final List<Mem<Bits>> bank = new ArrayList<>();

    /** @param hostWrites whether the host may write; otherwise its write strobe is not connected */
    public ScratchpadMemory(
            String name,
            WordLayout layout,
            int words,
            int readerCount,
            int writerCount,
            boolean hostWrites,
            Target target) {
        moduleName(name);
        for (int index = 0; index < readerCount; index++) {
            readers.add(slave(ReadPort.type(layout, words)));
        }
        for (int index = 0; index < writerCount; index++) {
            writers.add(slave(WritePort.type(layout, words)));
        }
        host = slave(HostPort.type(layout, words));
        UInt hostWord = host.word(layout).resize(Words.addressBits(words));
        int beatIndexBits = AcceleratorConfig.ceilLog2(layout.beats());

        Bool readEnable = host.read;
        UInt readAddress = hostWord;
        for (ReadPort reader : readers) {
            readEnable = readEnable.or(reader.enable);
            readAddress = mux(reader.enable, reader.address, readAddress);
        }
        Bool engineWrite = Bool.lit(false);
        UInt writeAddress = hostWord;
        for (WritePort writer : writers) {
            engineWrite = engineWrite.or(writer.enable);
            writeAddress = mux(writer.enable, writer.address, writeAddress);
        }

        List<Bits> words32 = new ArrayList<>();
        for (int beat = 0; beat < layout.beats(); beat++) {
            Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.beatBits()), words), target);
            bank.add(memory);
            Bits data = host.writeData;
            Bool enable = engineWrite;
            for (WritePort writer : writers) {
                data = mux(writer.enable, writer.data.get(beat), data);
            }
            if (hostWrites) {
                Bool mine = beatIndexBits == 0
                        ? host.write
                        : host.write.and(
                                host.address.slice(beatIndexBits - 1, 0).eq(beat));
                enable = enable.or(mine);
            }
            memory.write(writeAddress, data, enable);
            Bits word = memory.readSync(readAddress, readEnable);
            words32.add(word);
            for (ReadPort reader : readers) {
                reader.data.get(beat).assign(word);
            }
        }
        host.readData.assign(HostBeat.select(host, words32, beatIndexBits));
    }
}
