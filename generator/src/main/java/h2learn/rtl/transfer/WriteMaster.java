package h2learn.rtl.transfer;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.ErrorCode;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.Queue;
import h2learn.rtl.memory.WordBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The writing half of the AXI4 master, for STORE. A burst's address goes out when all its words are here, and its words
 * after the address, so that the bus never waits for us. After {@code abort} the bursts whose addresses are out, or
 * offered, are finished with all strobes 0, and nothing else is begun until their answers are in.
 */
public final class WriteMaster extends Circuit {
    public final Axi4Write bus;
    public final Bool abort = in(bool());
    public final Bool draining = outReg(bool()).init(false);

    /** Sets {@code errorCode} to 0. */
    public final Bool clear = in(bool());
    /** Of the first bad answer since {@code clear}, an {@link ErrorCode}. */
    public final UInt errorCode = outReg(uint(Axi4.ERROR_BITS)).init(0);
    /** No burst is under way. */
    public final Bool idle = out(bool());

    /** The bus words of all bursts, in order; ahead of their burst. */
    public final Bool wordValid = in(bool());

    public final Bool wordReady = out(bool());
    public final Bits word;
    /** One bit for each 32 bits of the word. */
    public final Bits wordMask;

    public final Bool burstValid = in(bool());
    public final Bool burstReady = out(bool());
    public final UInt burstAddress;
    public final UInt burstBeats = in(uint(TransferShape.BURST_COUNT_BITS));

    final WordBuffer words;
    /** Places of {@code words} that are free; words whose burst has not begun. */
    final UInt room;

    final UInt unclaimed;
    final UInt outstanding = reg(uint(UInt.bitsFor(TransferShape.BURSTS + 1L))).init(0);

    final Bool addressValid = reg(bool()).init(false);
    final UInt address;
    final UInt length = reg(uint(Axi4.LENGTH_BITS));
    /** Lengths of the bursts whose address was taken. */
    final Queue lengths;

    final Bool sending = reg(bool()).init(false);
    final UInt left = reg(uint(Axi4.LENGTH_BITS));
    final Bool dataValid = reg(bool()).init(false);
    final Bits data;
    final Bits strobes;
    final Bool last = reg(bool());

    public WriteMaster(TransferShape shape) {
        moduleName("WriteMaster");
        int addressBits = shape.bus().addressBits();
        int dataBits = shape.bus().dataBits();
        int countBits = AcceleratorConfig.ceilLog2(TransferShape.WRITE_WORDS) + 1;
        bus = master(Axi4Write.type(shape.bus()));
        word = in(bits(dataBits));
        wordMask = in(bits(shape.busBeats()));
        burstAddress = in(uint(addressBits));
        address = reg(uint(addressBits));
        data = reg(bits(dataBits));
        strobes = reg(bits(shape.busBytes()));
        room = reg(uint(countBits)).init(TransferShape.WRITE_WORDS);
        unclaimed = reg(uint(countBits)).init(0);
        words = inst(
                "words",
                new WordBuffer(
                        "WriteBuffer",
                        dataBits + shape.busBeats(),
                        TransferShape.WRITE_WORDS,
                        shape.config().target()));
        lengths = inst(
                "lengths",
                new Queue(
                        "WriteLengthQueue",
                        Axi4.LENGTH_BITS,
                        TransferShape.BURSTS,
                        shape.config().target()));

        wordReady.assign(room.ne(0).and(draining.not()));
        words.push.assign(wordValid.and(wordReady));
        words.pushData.assign(wordMask.cat(word));

        Bool channelFree = addressValid.not().or(bus.awready);
        Bool complete = unclaimed.ge(burstBeats.resize(countBits));
        Bool few = outstanding.ne(TransferShape.BURSTS);
        burstReady.assign(channelFree.and(complete).and(few).and(draining.not()));
        Bool claim = burstValid.and(burstReady);
        when(bus.awready, () -> addressValid.assign(false));
        when(claim, () -> {
            addressValid.assign(true);
            address.assign(burstAddress);
            length.assign(burstBeats.sub(1).resize(Axi4.LENGTH_BITS));
        });
        bus.awvalid.assign(addressValid);
        bus.awaddr.assign(address);
        bus.awlen.assign(length);
        bus.awsize.assign(AcceleratorConfig.ceilLog2(shape.busBytes()));
        bus.awburst.assign(Axi4.INCR);
        bus.awcache.assign(Axi4.BUFFERABLE);
        bus.awprot.assign(0);

        sendWords(shape);
        answers(claim);
        UInt claimed = burstBeats.resize(countBits).andMask(claim);
        unclaimed.assign(unclaimed.sub(claimed).add(words.push.asUInt().resize(countBits)));
        room.assign(room.sub(words.push.asUInt().resize(countBits))
                .add(words.pop.asUInt().resize(countBits)));
        Bool drained = draining.and(outstanding.eq(0));
        words.clear.assign(drained);
        when(drained, () -> {
            draining.assign(false);
            unclaimed.assign(0);
            room.assign(TransferShape.WRITE_WORDS);
        });
        Bool underWay = outstanding.ne(0).or(claim).or(words.push).or(room.ne(TransferShape.WRITE_WORDS));
        when(abort.and(underWay), () -> draining.assign(true));
    }

    private void sendWords(TransferShape shape) {
        int dataBits = shape.bus().dataBits();
        // No more bursts are under way than the queue has places.
        lengths.pushValid.assign(addressValid.and(bus.awready).and(lengths.pushReady));
        lengths.pushData.assign(length.asBits());
        Bool load = sending.and(words.popValid).and(dataValid.not().or(bus.wready));
        Bool loadLast = load.and(left.eq(0));
        lengths.popReady.assign(sending.not().or(loadLast));
        words.pop.assign(load);
        when(loadLast, () -> sending.assign(false));
        when(load, () -> left.assign(left.sub(1)));
        when(lengths.popValid.and(lengths.popReady), () -> {
            sending.assign(true);
            left.assign(lengths.popData.asUInt());
        });
        when(bus.wready, () -> dataValid.assign(false));
        List<Bits> bytes = new ArrayList<>();
        for (int beat = 0; beat < shape.busBeats(); beat++) {
            Bool written = words.popData.bit(dataBits + beat).and(draining.not());
            for (int lane = 0; lane < 4; lane++) {
                bytes.add(written.asBits());
            }
        }
        when(load, () -> {
            dataValid.assign(true);
            data.assign(words.popData.slice(dataBits - 1, 0));
            strobes.assign(Bits.concat(bytes));
            last.assign(left.eq(0));
        });
        bus.wvalid.assign(dataValid);
        bus.wdata.assign(data);
        bus.wstrb.assign(strobes);
        bus.wlast.assign(last);
    }

    private void answers(Bool claim) {
        idle.assign(outstanding.eq(0));
        bus.bready.assign(outstanding.ne(0));
        Bool answered = bus.bvalid.and(outstanding.ne(0));
        when(claim.and(answered.not()), () -> outstanding.assign(outstanding.add(1)));
        when(answered.and(claim.not()), () -> outstanding.assign(outstanding.sub(1)));
        UInt code = Axi4.errorCode(bus.bresp);
        when(answered.and(draining.not()).and(errorCode.eq(0)), () -> errorCode.assign(code));
        when(clear, () -> errorCode.assign(0));
    }
}
