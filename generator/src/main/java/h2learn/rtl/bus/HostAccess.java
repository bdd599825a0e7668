package h2learn.rtl.bus;

import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/**
 * Leads the host's accesses to registers and scratchpad windows. Answers SLVERR to a scratchpad access while a command
 * runs or waits, to a write of a read-only scratchpad, to a partial write of a scratchpad and to a word beyond its end;
 * DECERR to an address in no window.
 */
public final class HostAccess extends Circuit {
    public final Bool access = in(bool());
    public final Bool accessWrite = in(bool());
    public final UInt address;
    public final Bits writeData = in(bits(32));
    public final Bits strobe = in(bits(4));
    public final Bits readData = outReg(bits(32));
    public final Bits answer = outReg(bits(2));

    /** A command runs or waits. */
    public final Bool busy = in(bool());

    public final Bool registerAccess = out(bool());
    /** One cycle after {@code registerAccess}. */
    public final Bits registerData = in(bits(32));

    public final Bits registerAnswer = in(bits(2));
    /** An access to a beat of a scratchpad; which scratchpad, by its ordinal. */
    public final Bool scratchpadRead = out(bool());

    public final Bool scratchpadWrite = out(bool());
    public final UInt scratchpad = out(uint(UInt.bitsFor(Scratchpad.values().length)));
    /** The beat in the scratchpad. */
    public final UInt beat;

    public final Bits beatWriteData = out(bits(32));
    /** One cycle after {@code scratchpadRead}. */
    public final Bits beatReadData = in(bits(32));

    final Bits early;

    public HostAccess(MemoryMap map) {
        moduleName("HostAccess");
        address = in(uint(map.addressBits()));
        Bool forRegisters = address.slice(address.width() - 1, log2(MemoryMap.REGISTER_BYTES))
                .eq(0);
        registerAccess.assign(access.and(forRegisters));

        beat = out(uint(map.beatAddressBits()));
        beat.assign(address.slice(map.beatAddressBits() + 1, 2));
        beatWriteData.assign(writeData);
        Bool read = Bool.lit(false);
        Bool write = Bool.lit(false);
        UInt code = UInt.lit(0, scratchpad.width());
        Bits result = mux(forRegisters, Bits.lit(AxiLite.OKAY, 2), Bits.lit(AxiLite.DECERR, 2));
        Bool whole = strobe.andR();
        Bool nothing = strobe.orR().not();
        for (Scratchpad each : map.scratchpads()) {
            Window area = map.window(each);
            int low = log2(area.bytes());
            Bool mine = address.width() == low
                    ? Bool.lit(true)
                    : address.slice(address.width() - 1, low).eq(area.base() >> low);
            long beats = (long) area.words() * area.layout().beats();
            Bool within = 4 * beats == area.bytes()
                    ? Bool.lit(true)
                    : address.slice(low - 1, 2).lt(beats);
            Bool allowed = each.writable() ? accessWrite.not().or(whole).or(nothing) : accessWrite.not();
            Bool good = busy.not().and(within).and(allowed);
            Bool taken = access.and(mine).and(good);
            read = read.or(taken.and(accessWrite.not()));
            write = each.writable() ? write.or(taken.and(accessWrite).and(whole)) : write;
            code = mux(mine, UInt.lit(each.ordinal(), code.width()), code);
            result = mux(mine, mux(good, Bits.lit(AxiLite.OKAY, 2), Bits.lit(AxiLite.SLVERR, 2)), result);
        }
        scratchpadRead.assign(read);
        scratchpadWrite.assign(write);
        scratchpad.assign(code);
        early = regNext(result);
        Bool wasRegister = delay(forRegisters, 1);
        readData.assign(mux(wasRegister, registerData, beatReadData));
        answer.assign(mux(wasRegister, registerAnswer, early));
    }

    private static int log2(long powerOfTwo) {
        return Long.numberOfTrailingZeros(powerOfTwo);
    }
}
