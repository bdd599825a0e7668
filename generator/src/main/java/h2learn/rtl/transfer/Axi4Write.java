package h2learn.rtl.transfer;

import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** The write channels of AXI4 without IDs, locks, regions and quality of service; signal names as in the AMBA specification. */
public final class Axi4Write extends Bundle<Axi4Write> {
    public final Bool awvalid = field(Circuit.bool());
    public final Bool awready = field(Circuit.bool());
    public final UInt awaddr;
    public final UInt awlen = field(Circuit.uint(Axi4.LENGTH_BITS));
    public final Bits awsize = field(Circuit.bits(3));
    public final Bits awburst = field(Circuit.bits(2));
    public final Bits awcache = field(Circuit.bits(4));
    public final Bits awprot = field(Circuit.bits(3));
    public final Bool wvalid = field(Circuit.bool());
    public final Bool wready = field(Circuit.bool());
    public final Bits wdata;
    public final Bits wstrb;
    public final Bool wlast = field(Circuit.bool());
    public final Bool bvalid = field(Circuit.bool());
    public final Bool bready = field(Circuit.bool());
    public final Bits bresp = field(Circuit.bits(2));

    private Axi4Write(MemoryBus bus) {
        awaddr = field(Circuit.uint(bus.addressBits()));
        wdata = field(Circuit.bits(bus.dataBits()));
        wstrb = field(Circuit.bits(bus.dataBits() / Byte.SIZE));
    }

    public static Type<Axi4Write> type(MemoryBus bus) {
        return Bundle.type(() -> new Axi4Write(bus));
    }

    @Override
    public void asMaster() {
        output(awvalid, awaddr, awlen, awsize, awburst, awcache, awprot, wvalid, wdata, wstrb, wlast, bready);
        input(awready, wready, bvalid, bresp);
    }
}
