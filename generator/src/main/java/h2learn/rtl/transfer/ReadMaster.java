package h2learn.rtl.transfer;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.Queue;
import h2learn.rtl.memory.WordBuffer;

/**
 * The reading half of the AXI4 master, for the command ring, which goes first, and LOAD. Several bursts are under way;
 * a place for each of LOAD's words is reserved before its burst is asked for, and the ring takes its words as they come,
 * so that the bus never waits for us. After {@code abort} nothing is asked for until all answers are in, and dropped.
 */
public final class ReadMaster extends Circuit {
    public final Axi4Read bus;

    public final Bool abort = in(bool());
    public final Bool draining = outReg(bool()).init(false);

    /** The ring asks for the command of 64 bytes at a multiple of 64. */
    public final Bool ringValid = in(bool());

    public final Bool ringReady = out(bool());
    public final UInt ringAddress;
    /** A bus word of the command is there in this cycle, the lowest address first. */
    public final Bool ringWordValid = out(bool());

    public final Bits ringWord;
    public final Bool ringWordLast = out(bool());
    /** Its {@link ErrorCode}, 0 for none. */
    public final UInt ringWordError = out(uint(Axi4.ERROR_BITS));

    /** LOAD asks for a burst. */
    public final Bool burstValid = in(bool());

    public final Bool burstReady = out(bool());
    public final UInt burstAddress;
    public final UInt burstBeats = in(uint(TransferShape.BURST_COUNT_BITS));
    /** The bus words of all bursts, in order. */
    public final Bool wordValid = out(bool());

    public final Bool wordTaken = in(bool());
    public final Bits word;
    public final UInt wordError = out(uint(Axi4.ERROR_BITS));

    final Bool addressValid = reg(bool()).init(false);
    final UInt address;
    final UInt length = reg(uint(Axi4.LENGTH_BITS));
    /** Of each burst under way, whether it is the ring's. */
    final Queue owners;

    final WordBuffer words;
    /** Places that are neither full nor reserved. */
    final UInt room;

    public ReadMaster(TransferShape shape) {
        moduleName("ReadMaster");
        int addressBits = shape.bus().addressBits();
        int dataBits = shape.bus().dataBits();
        bus = master(Axi4Read.type(shape.bus()));
        ringAddress = in(uint(addressBits));
        ringWord = out(bits(dataBits));
        burstAddress = in(uint(addressBits));
        word = out(bits(dataBits));
        address = reg(uint(addressBits));
        room = reg(uint(AcceleratorConfig.ceilLog2(TransferShape.READ_WORDS) + 1))
                .init(TransferShape.READ_WORDS);
        owners = inst(
                "owners",
                new Queue(
                        "ReadOwnerQueue",
                        1,
                        TransferShape.BURSTS,
                        shape.config().target()));
        words = inst(
                "words",
                new WordBuffer(
                        "ReadBuffer",
                        dataBits + 2,
                        TransferShape.READ_WORDS,
                        shape.config().target()));

        Bool channelFree = addressValid.not().or(bus.arready);
        Bool open = channelFree.and(owners.pushReady).and(draining.not());
        Bool fits = room.ge(burstBeats.resize(room.width()));
        ringReady.assign(open);
        burstReady.assign(open.and(ringValid.not()).and(fits));
        Bool takeRing = ringValid.and(open);
        Bool takeBurst = burstValid.and(burstReady);
        owners.pushValid.assign(takeRing.or(takeBurst));
        owners.pushData.assign(takeRing.asBits());
        when(bus.arready, () -> addressValid.assign(false));
        when(takeRing.or(takeBurst), () -> {
            addressValid.assign(true);
            address.assign(mux(takeRing, ringAddress, burstAddress));
            UInt last = burstBeats.sub(1).resize(Axi4.LENGTH_BITS);
            length.assign(mux(takeRing, UInt.lit(CommandField.BYTES / shape.busBytes() - 1L, Axi4.LENGTH_BITS), last));
        });
        bus.arvalid.assign(addressValid);
        bus.araddr.assign(address);
        bus.arlen.assign(length);
        bus.arsize.assign(AcceleratorConfig.ceilLog2(shape.busBytes()));
        bus.arburst.assign(Axi4.INCR);
        bus.arcache.assign(Axi4.BUFFERABLE);
        bus.arprot.assign(0);

        // A burst's owner is known before its address is out: an answer without one cannot come.
        bus.rready.assign(owners.popValid);
        Bool answered = bus.rvalid.and(owners.popValid);
        Bool ofRing = owners.popData.bit(0);
        owners.popReady.assign(bus.rvalid.and(bus.rlast));
        Bool wanted = answered.and(draining.not());
        ringWordValid.assign(wanted.and(ofRing));
        ringWord.assign(bus.rdata);
        ringWordLast.assign(bus.rlast);
        ringWordError.assign(Axi4.errorCode(bus.rresp));
        words.push.assign(wanted.and(ofRing.not()));
        words.pushData.assign(bus.rresp.cat(bus.rdata));
        wordValid.assign(words.popValid.and(draining.not()));
        words.pop.assign(wordValid.and(wordTaken));
        word.assign(words.popData.slice(dataBits - 1, 0));
        wordError.assign(Axi4.errorCode(words.popData.slice(dataBits + 1, dataBits)));

        UInt reserved = burstBeats.resize(room.width()).andMask(takeBurst);
        room.assign(room.sub(reserved).add(words.pop.asUInt().resize(room.width())));
        Bool drained = draining.and(owners.popValid.not());
        words.clear.assign(drained);
        when(drained, () -> {
            draining.assign(false);
            room.assign(TransferShape.READ_WORDS);
        });
        Bool underWay = owners.popValid.or(takeRing).or(takeBurst).or(room.ne(TransferShape.READ_WORDS));
        when(abort.and(underWay), () -> draining.assign(true));
    }
}
