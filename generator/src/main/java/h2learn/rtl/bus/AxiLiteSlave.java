package h2learn.rtl.bus;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.Queue;

/**
 * AXI4-Lite slave: turns reads and writes into one stream of accesses, one a cycle, each answered {@value #LATENCY}
 * cycles later. Answers wait in queues whose places are reserved before an access is made, so a slow master loses none.
 */
public final class AxiLiteSlave extends Circuit {
    /** Cycles from {@code access} to {@code answer} and {@code data}. */
    public static final int LATENCY = 2;

    private static final int DEPTH = 8;

    public final AxiLite s_axi;

    public final Bool access = out(bool());
    public final Bool accessWrite = out(bool());
    public final UInt address;
    public final Bits writeData = out(bits(32));
    public final Bits strobe = out(bits(4));
    public final Bits readData = in(bits(32));
    public final Bits answer = in(bits(2));

    final Bool addressHeld = reg(bool()).init(false);
    final UInt heldAddress;
    final Bool dataHeld = reg(bool()).init(false);
    final Bits heldData = reg(bits(32));
    final Bits heldStrobe = reg(bits(4));
    final Bool readHeld = reg(bool()).init(false);
    final UInt heldReadAddress;
    final Bool preferRead = reg(bool()).init(false);
    final UInt reads = reg(uint(4)).init(0);
    final UInt writes = reg(uint(4)).init(0);
    final Queue readAnswers;
    final Queue writeAnswers;

    public AxiLiteSlave(int addressBits, Target target) {
        moduleName("AxiLiteSlave");
        s_axi = slave(AxiLite.type(addressBits));
        address = out(uint(addressBits));
        heldAddress = reg(uint(addressBits));
        heldReadAddress = reg(uint(addressBits));
        readAnswers = inst("readAnswers", new Queue("ReadAnswerQueue", 34, DEPTH, target));
        writeAnswers = inst("writeAnswers", new Queue("WriteAnswerQueue", 2, DEPTH, target));

        Bool canWrite = addressHeld.and(dataHeld).and(writes.ne(DEPTH));
        Bool canRead = readHeld.and(reads.ne(DEPTH));
        Bool doRead = canRead.and(preferRead.or(canWrite.not()));
        Bool doWrite = canWrite.and(doRead.not());
        when(doRead, () -> preferRead.assign(false));
        when(doWrite, () -> preferRead.assign(true));

        s_axi.awready.assign(addressHeld.not().or(doWrite));
        s_axi.wready.assign(dataHeld.not().or(doWrite));
        s_axi.arready.assign(readHeld.not().or(doRead));
        when(doWrite, () -> {
            addressHeld.assign(false);
            dataHeld.assign(false);
        });
        when(doRead, () -> readHeld.assign(false));
        when(s_axi.awvalid.and(s_axi.awready), () -> {
            addressHeld.assign(true);
            heldAddress.assign(s_axi.awaddr);
        });
        when(s_axi.wvalid.and(s_axi.wready), () -> {
            dataHeld.assign(true);
            heldData.assign(s_axi.wdata);
            heldStrobe.assign(s_axi.wstrb);
        });
        when(s_axi.arvalid.and(s_axi.arready), () -> {
            readHeld.assign(true);
            heldReadAddress.assign(s_axi.araddr);
        });

        access.assign(doRead.or(doWrite));
        accessWrite.assign(doWrite);
        address.assign(mux(doRead, heldReadAddress, heldAddress));
        writeData.assign(heldData);
        strobe.assign(heldStrobe);

        readAnswers.pushValid.assign(Pipeline.valid(doRead, LATENCY));
        readAnswers.pushData.assign(answer.cat(readData));
        writeAnswers.pushValid.assign(Pipeline.valid(doWrite, LATENCY));
        writeAnswers.pushData.assign(answer);
        s_axi.rvalid.assign(readAnswers.popValid);
        readAnswers.popReady.assign(s_axi.rready);
        s_axi.rdata.assign(readAnswers.popData.slice(31, 0));
        s_axi.rresp.assign(readAnswers.popData.slice(33, 32));
        s_axi.bvalid.assign(writeAnswers.popValid);
        writeAnswers.popReady.assign(s_axi.bready);
        s_axi.bresp.assign(writeAnswers.popData);

        count(reads, doRead, s_axi.rvalid.and(s_axi.rready));
        count(writes, doWrite, s_axi.bvalid.and(s_axi.bready));
    }

    private static void count(UInt counter, Bool up, Bool down) {
        when(up.and(down.not()), () -> counter.assign(counter.add(1)));
        when(down.and(up.not()), () -> counter.assign(counter.sub(1)));
    }
}
