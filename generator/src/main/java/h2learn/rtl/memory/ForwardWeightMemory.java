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
 * Weights as the forward engine reads them: a bank for each output lane, whose word is the lane's row of N input channels
 * of one block. All lanes read the same block. To the host, word block * N + lane is a row.
 */
public final class ForwardWeightMemory extends Circuit {
    public final Bool read = in(bool());
    public final UInt block;
    /** One cycle after {@code read}, until the next. */
    public final List<Bits> row = new ArrayList<>();

    public final Bool write = in(bool());
    public final UInt writeBlock;
    public final List<Bits> writeRow = new ArrayList<>();
    public final HostPort host;

    final List<List<Mem<Bits>>> lane = new ArrayList<>();

    public ForwardWeightMemory(String name, WordLayout layout, int blocks, Target target) {
        moduleName(name);
        int lanes = layout.elements();
        int laneBits = AcceleratorConfig.ceilLog2(lanes);
        int beatIndexBits = AcceleratorConfig.ceilLog2(layout.beats());
        int blockBits = Words.addressBits(blocks);
        int rowBits = lanes * layout.elementBits();
        block = in(uint(blockBits));
        writeBlock = in(uint(blockBits));
        host = slave(HostPort.type(layout, blocks * lanes));
        UInt hostBlock = host.address.slice(host.address.width() - 1, laneBits + beatIndexBits);
        UInt address = mux(read, block, hostBlock.resize(blockBits));
        List<Bits> beats = new ArrayList<>();
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
                memory.write(writeBlock, in.slice(low + layout.beatBits() - 1, low), write);
                words.add(memory.readSync(address, read.or(host.read)));
            }
            lane.add(banks);
            beats.addAll(words);
            out.assign(Bits.concat(words));
        }
        host.readData.assign(HostBeat.select(host, beats, laneBits + beatIndexBits));
    }
}
