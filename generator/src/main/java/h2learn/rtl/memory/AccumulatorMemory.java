package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/**
 * N lanes of accumulators: {@code memory[address] += addend}, one word a cycle, in any order of addresses. The word is
 * read in the cycle of the request and written in the next; a request to the address of the request before takes the
 * sum from a register instead. A read request (never in a cycle with {@code add}, nor of the same word in the cycle after
 * it, when that word is being written) returns its word one cycle later.
 */
public final class AccumulatorMemory extends Circuit {
    public final Bool add = in(bool());
    public final UInt address;
    /** Start from {@code base} instead of the memory's word. */
    public final Bool overwrite = in(bool());

    public final List<SInt> base = new ArrayList<>();
    public final List<SInt> addend = new ArrayList<>();

    public final Bool read = in(bool());
    public final UInt readAddress;
    public final List<SInt> word = new ArrayList<>();

    /** Sets the word of a lane; never in the cycle of, or the cycle after, {@code add}. */
    public final List<Bool> store = new ArrayList<>();

    public final UInt storeAddress;
    public final List<SInt> storeWord = new ArrayList<>();

    final Bool adding;
    final UInt addingAddress;
    final Bool overwriting;
    final Bool forwarding;
    final List<Mem<Bits>> lane = new ArrayList<>();
    final List<SInt> lastSum = new ArrayList<>();

    /** @param addendBits width of the addend, at most {@code bits} */
    public AccumulatorMemory(String name, int lanes, int bits, int baseBits, int addendBits, int words, Target target) {
        moduleName(name);
        int addressBits = Words.addressBits(words);
        address = in(uint(addressBits));
        readAddress = in(uint(addressBits));
        storeAddress = in(uint(addressBits));
        adding = reg(bool()).init(false);
        addingAddress = reg(uint(addressBits));
        overwriting = reg(bool());
        forwarding = reg(bool());
        adding.assign(add);
        addingAddress.assign(address);
        overwriting.assign(overwrite);
        forwarding.assign(adding.and(addingAddress.eq(address)));

        UInt fetchAddress = mux(add, address, readAddress);
        UInt writeAddress = mux(adding, addingAddress, storeAddress);
        for (int index = 0; index < lanes; index++) {
            SInt laneBase = in(sint(baseBits));
            SInt laneAddend = in(sint(addendBits));
            SInt laneWord = out(sint(bits));
            Bool laneStore = in(bool());
            SInt laneStoreWord = in(sint(bits));
            base.add(laneBase);
            addend.add(laneAddend);
            word.add(laneWord);
            store.add(laneStore);
            storeWord.add(laneStoreWord);
            Mem<Bits> memory = MemoryStyle.BLOCK.apply(mem(bits(bits), words), target);
            lane.add(memory);
            SInt stored = memory.readSync(fetchAddress, add.or(read)).asSInt();
            laneWord.assign(stored);
            SInt last = reg(sint(bits));
            lastSum.add(last);
            SInt start = mux(overwriting, regNext(laneBase).resize(bits), mux(forwarding, last, stored));
            SInt sum = start.add(regNext(laneAddend).resize(bits));
            when(adding, () -> last.assign(sum));
            memory.write(writeAddress, mux(adding, sum, laneStoreWord).asBits(), adding.or(laneStore));
        }
    }
}
