package h2learn.rtl.bus;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;

/** AXI4-Lite, 32 data bits; signal names as in the AMBA specification. */
public final class AxiLite extends Bundle<AxiLite> {
    public static final int OKAY = 0;
    public static final int SLVERR = 2;
    public static final int DECERR = 3;

    public final Bool awvalid = field(Circuit.bool());
    public final Bool awready = field(Circuit.bool());
    public final UInt awaddr;
    public final Bits awprot = field(Circuit.bits(3));
    public final Bool wvalid = field(Circuit.bool());
    public final Bool wready = field(Circuit.bool());
    public final Bits wdata = field(Circuit.bits(32));
    public final Bits wstrb = field(Circuit.bits(4));
    public final Bool bvalid = field(Circuit.bool());
    public final Bool bready = field(Circuit.bool());
    public final Bits bresp = field(Circuit.bits(2));
    public final Bool arvalid = field(Circuit.bool());
    public final Bool arready = field(Circuit.bool());
    public final UInt araddr;
    public final Bits arprot = field(Circuit.bits(3));
    public final Bool rvalid = field(Circuit.bool());
    public final Bool rready = field(Circuit.bool());
    public final Bits rdata = field(Circuit.bits(32));
    public final Bits rresp = field(Circuit.bits(2));

    private AxiLite(int addressBits) {
        awaddr = field(Circuit.uint(addressBits));
        araddr = field(Circuit.uint(addressBits));
    }

    public static Type<AxiLite> type(int addressBits) {
        return Bundle.type(() -> new AxiLite(addressBits));
    }

    @Override
    public void asMaster() {
        output(awvalid, awaddr, awprot, wvalid, wdata, wstrb, bready, arvalid, araddr, arprot, rready);
        input(awready, wready, bvalid, bresp, arready, rvalid, rdata, rresp);
    }
}
