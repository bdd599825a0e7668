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
 * A memory of words, one bank a beat, in as many copies as command queues read it; all copies are written together. At
 * most one reader of a copy and at most one writer may be active in a cycle: commands of one queue run one after the
 * other. The host, LOAD and STORE take the cycles that the engines leave. A read returns the word as it was before a
 * write in the same cycle, or either.
 */
public final class ScratchpadMemory extends Circuit {
    /** For each copy its readers. */
    public final List<List<ReadPort>> readers = new ArrayList<>();

    public final List<WritePort> writers = new ArrayList<>();
    /** Shares a copy with its readers, whose data then stay for one cycle only. */
    public final BeatRead read;

    public final BeatWrite write;

    final List<List<Mem<Bits>>> bank = new ArrayList<>();

    /**
     * @param readerCounts readers of each copy
     * @param sharedCopy the copy that {@code read} reads too
     */
    public ScratchpadMemory(
            String name, BeatGroup group, List<Integer> readerCounts, int sharedCopy, int writerCount, Target target) {
        moduleName(name);
        WordLayout layout = group.layout();
        int words = group.words();
        for (int count : readerCounts) {
            List<ReadPort> ports = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                ports.add(slave(ReadPort.type(layout, words)));
            }
            readers.add(ports);
        }
        for (int index = 0; index < writerCount; index++) {
            writers.add(slave(WritePort.type(layout, words)));
        }
        read = slave(BeatRead.type(group));
        write = slave(BeatWrite.type(group));

        Bool engineWrite = Bool.lit(false);
        UInt writeAddress = group.word(write.address);
        for (WritePort writer : writers) {
            engineWrite = engineWrite.or(writer.enable);
            writeAddress = mux(writer.enable, writer.address, writeAddress);
        }
        write.ready.assign(engineWrite.not());
        for (int copy = 0; copy < readers.size(); copy++) {
            Bool shared = copy == sharedCopy ? read.enable : Bool.lit(false);
            Bool engineRead = Bool.lit(false);
            UInt readAddress = group.word(read.address);
            for (ReadPort reader : readers.get(copy)) {
                engineRead = engineRead.or(reader.enable);
                readAddress = mux(reader.enable, reader.address, readAddress);
            }
            List<Mem<Bits>> banks = new ArrayList<>();
            List<Bits> arrived = new ArrayList<>();
            for (int beat = 0; beat < layout.beats(); beat++) {
                Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.beatBits()), words), target);
                banks.add(memory);
                Bits data = write.data.get(beat % group.beats());
                for (WritePort writer : writers) {
                    data = mux(writer.enable, writer.data.get(beat), data);
                }
                memory.write(writeAddress, data, engineWrite.or(group.writes(write, beat)));
                Bits word = memory.readSync(readAddress, engineRead.or(shared));
                arrived.add(word);
                for (ReadPort reader : readers.get(copy)) {
                    reader.data.get(beat).assign(word);
                }
            }
            bank.add(banks);
            if (copy == sharedCopy) {
                read.ready.assign(engineRead.not());
                group.answer(read, arrived);
            }
        }
    }
}
