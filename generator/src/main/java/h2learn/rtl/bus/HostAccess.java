package h2learn.rtl.bus;

import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.HostPort;
import java.util.LinkedHashMap;
import java.util.Map;

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
    public final Map<String, HostPort> window = new LinkedHashMap<>();

    final Bits early;

    public HostAccess(MemoryMap map) {
        moduleName("HostAccess");
        address = in(uint(map.addressBits()));
        Bool forRegisters = address.slice(address.width() - 1, log2(MemoryMap.REGISTER_BYTES))
                .eq(0);
        registerAccess.assign(access.and(forRegisters));

        Bits data = Bits.lit(0, 32);
        Bits result = mux(forRegisters, Bits.lit(AxiLite.OKAY, 2), Bits.lit(AxiLite.DECERR, 2));
        Bool whole = strobe.andR();
        Bool nothing = strobe.orR().not();
        for (Scratchpad scratchpad : map.scratchpads()) {
            Window area = map.window(scratchpad);
            HostPort port = master(HostPort.type(area.layout(), area.words()));
            window.put(scratchpad.name().toLowerCase(java.util.Locale.ROOT), port);
            int low = log2(area.bytes());
            Bool mine = address.width() == low
                    ? Bool.lit(true)
                    : address.slice(address.width() - 1, low).eq(area.base() >> low);
            long beats = (long) area.words() * area.layout().beats();
            Bool within = 4 * beats == area.bytes()
                    ? Bool.lit(true)
                    : address.slice(low - 1, 2).lt(beats);
            Bool allowed = scratchpad.writable() ? accessWrite.not().or(whole).or(nothing) : accessWrite.not();
            Bool good = busy.not().and(within).and(allowed);
            Bool taken = access.and(mine).and(good);
            port.read.assign(taken.and(accessWrite.not()));
            port.write.assign(scratchpad.writable() ? taken.and(accessWrite).and(whole) : Bool.lit(false));
            port.address.assign(address.slice(low - 1, 2).resize(port.address.width()));
            port.writeData.assign(writeData.slice(area.layout().beatBits() - 1, 0));
            result = mux(mine, mux(good, Bits.lit(AxiLite.OKAY, 2), Bits.lit(AxiLite.SLVERR, 2)), result);
            data = mux(delay(mine, 1), port.readData.resize(32), data);
        }
        early = regNext(result);
        Bool wasRegister = delay(forRegisters, 1);
        readData.assign(mux(wasRegister, registerData, data));
        answer.assign(mux(wasRegister, registerAnswer, early));
    }

    private static int log2(long powerOfTwo) {
        return Long.numberOfTrailingZeros(powerOfTwo);
    }
}
