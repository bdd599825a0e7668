package h2learn.rtl.transfer;

import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** The read channels of AXI4 without IDs, locks, regions and quality of service; signal names as in the AMBA specification. */
public final class Axi4Read extends Bundle<Axi4Read> {
    public final Bool arvalid = field(Circuit.bool());
    public final Bool arready = field(Circuit.bool());
    public final UInt araddr;
    public final UInt arlen = field(Circuit.uint(Axi4.LENGTH_BITS));
    public final Bits arsize = field(Circuit.bits(3));
    public final Bits arburst = field(Circuit.bits(2));
    public final Bits arcache = field(Circuit.bits(4));
    public final Bits arprot = field(Circuit.bits(3));
    public final Bool rvalid = field(Circuit.bool());
    public final Bool rready = field(Circuit.bool());
    public final Bits rdata;
    public final Bits rresp = field(Circuit.bits(2));
    public final Bool rlast = field(Circuit.bool());

    private Axi4Read(MemoryBus bus) {
        araddr = field(Circuit.uint(bus.addressBits()));
        rdata = field(Circuit.bits(bus.dataBits()));
    }

    public static Type<Axi4Read> type(MemoryBus bus) {
        return Bundle.type(() -> new Axi4Read(bus));
    }

    @Override
    public void asMaster() {
        output(arvalid, araddr, arlen, arsize, arburst, arcache, arprot, rready);
        input(arready, rvalid, rdata, rresp, rlast);
    }
}
