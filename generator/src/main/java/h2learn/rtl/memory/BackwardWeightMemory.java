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
 * Weights as the backward engine reads them: a bank for each of B groups of input channels, which holds the words of the
 * channels c with c mod B = group, each word N output channels. To the host and the update unit, word block * N + c.
 */
public final class BackwardWeightMemory extends Circuit {
    public final List<ReadPort> reader = new ArrayList<>();
    public final WritePort writer;
    public final HostPort host;

    final List<List<Mem<Bits>>> lane = new ArrayList<>();

    public BackwardWeightMemory(String name, WordLayout layout, int words, int backwardLanes, Target target) {
        moduleName(name);
        int bankBits = AcceleratorConfig.ceilLog2(backwardLanes);
        int beatIndexBits = AcceleratorConfig.ceilLog2(layout.beats());
        int bankWords = words / backwardLanes;
        int addressBits = Words.addressBits(bankWords);
        writer = slave(WritePort.type(layout, words));
        host = slave(HostPort.type(layout, words));
        UInt hostWord = host.address.slice(host.address.width() - 1, beatIndexBits);
        UInt hostBankWord = hostWord.slice(hostWord.width() - 1, bankBits).resize(addressBits);
        UInt writeBankWord =
                writer.address.slice(writer.address.width() - 1, bankBits).resize(addressBits);
        List<Bits> hostBeats = new ArrayList<>();
        for (int index = 0; index < backwardLanes; index++) {
            ReadPort port = slave(ReadPort.type(layout, bankWords));
            reader.add(port);
            Bool mine = bankBits == 0
                    ? writer.enable
                    : writer.enable.and(writer.address.slice(bankBits - 1, 0).eq(index));
            UInt address = mux(port.enable, port.address, hostBankWord);
            List<Mem<Bits>> banks = new ArrayList<>();
            for (int beat = 0; beat < layout.beats(); beat++) {
                Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(layout.beatBits()), bankWords), target);
                banks.add(memory);
                memory.write(writeBankWord, writer.data.get(beat), mine);
                Bits word = memory.readSync(address, port.enable.or(host.read));
                port.data.get(beat).assign(word);
                hostBeats.add(word);
            }
            lane.add(banks);
        }
        // The beat's address has the bank above the beat: the same order as the list.
        host.readData.assign(HostBeat.select(host, hostBeats, bankBits + beatIndexBits));
    }
}
