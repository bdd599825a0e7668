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

    public final Bool awvalid = element(Circuit.bool());
    public final Bool awready = element(Circuit.bool());
    public final UInt awaddr;
    public final Bits awprot = element(Circuit.bits(3));
    public final Bool wvalid = element(Circuit.bool());
    public final Bool wready = element(Circuit.bool());
    public final Bits wdata = element(Circuit.bits(32));
    public final Bits wstrb = element(Circuit.bits(4));
    public final Bool bvalid = element(Circuit.bool());
    public final Bool bready = element(Circuit.bool());
    public final Bits bresp = element(Circuit.bits(2));
    public final Bool arvalid = element(Circuit.bool());
    public final Bool arready = element(Circuit.bool());
    public final UInt araddr;
    public final Bits arprot = element(Circuit.bits(3));
    public final Bool rvalid = element(Circuit.bool());
    public final Bool rready = element(Circuit.bool());
    public final Bits rdata = element(Circuit.bits(32));
    public final Bits rresp = element(Circuit.bits(2));

    private AxiLite(int addressBits) {
        awaddr = element(Circuit.uint(addressBits));
        araddr = element(Circuit.uint(addressBits));
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
