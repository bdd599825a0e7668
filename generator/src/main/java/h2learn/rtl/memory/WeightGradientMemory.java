package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/** dW: accumulators of N lanes that the host reads as words, one beat a lane. */
public final class WeightGradientMemory extends Circuit {
    public final Bool add = in(bool());
    public final UInt address;
    public final List<SInt> addend = new ArrayList<>();
    public final Bool read = in(bool());
    public final UInt readAddress;
    public final List<SInt> word = new ArrayList<>();
    public final Bool clear = in(bool());
    public final UInt clearAddress;
    public final HostPort host;

    final AccumulatorMemory accumulators;

    public WeightGradientMemory(String name, AcceleratorConfig config, WordLayout layout) {
        moduleName(name);
        int words = config.masterWords();
        int bits = Formats.WEIGHT_GRADIENT_BITS;
        int addressBits = Words.addressBits(words);
        address = in(uint(addressBits));
        readAddress = in(uint(addressBits));
        clearAddress = in(uint(addressBits));
        host = slave(HostPort.type(layout, words));
        accumulators = inst(
                "accumulators",
                new AccumulatorMemory(name + "Accumulators", config.lanes(), bits, bits, bits, words, config.target()));
        accumulators.add.assign(add);
        accumulators.address.assign(address);
        accumulators.overwrite.assign(false);
        accumulators.read.assign(read.or(host.read));
        accumulators.readAddress.assign(mux(read, readAddress, host.word(layout).resize(addressBits)));
        accumulators.clear.assign(clear);
        accumulators.clearAddress.assign(clearAddress);
        List<Bits> beats = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            SInt laneAddend = in(sint(bits));
            SInt laneWord = out(sint(bits));
            addend.add(laneAddend);
            word.add(laneWord);
            accumulators.addend.get(lane).assign(laneAddend);
            accumulators.base.get(lane).assign(0);
            laneWord.assign(accumulators.word.get(lane));
            beats.add(accumulators.word.get(lane).asBits());
        }
        host.readData.assign(HostBeat.select(host, beats, AcceleratorConfig.ceilLog2(layout.beats())));
    }
}
