package h2learn.rtl.command;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.Register;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches the commands between RING_HEAD and RING_TAIL from external memory, one read of 64 bytes each, and hands them
 * over in order. Asks only for as many as find room behind it. Stops at an error answer and at a tail that is further
 * ahead than the ring is long.
 */
public final class CommandRing extends Circuit {
    private static final int COMMAND_BITS = 32 * CommandField.WORDS;
    private static final int COUNT_BITS = Register.MAXIMUM_RING_LOG2 + 1;

    /** The registers RING_BASE, RING_ENTRIES and RING_TAIL. */
    public final UInt base;

    public final UInt entriesLog2 = in(uint(5));
    public final UInt tail = in(uint(32));
    /** The register RING_HEAD. */
    public final UInt head = outReg(uint(32)).init(0);

    public final Bool hold = in(bool());

    /** A read of one command. */
    public final Bool requestValid = out(bool());

    public final Bool requestReady = in(bool());
    public final UInt requestAddress;
    /** The beats of the answers, lowest words first. */
    public final Bool beatValid = in(bool());

    public final Bits beatData;
    /** {@link ErrorCode#SLVERR}, {@link ErrorCode#DECERR} or 0. */
    public final UInt beatError = in(uint(8));

    /** For one cycle: it must be taken. */
    public final Bool commandValid = outReg(bool()).init(false);

    public final Bits command = out(bits(COMMAND_BITS));
    /** Commands asked for and not handed over yet. */
    public final UInt underWay;
    /** There is room for one more than are under way. */
    public final Bool room = in(bool());

    public final Bool busy = out(bool());
    public final Bool failed = outReg(bool()).init(false);
    public final UInt errorCode = outReg(uint(8)).init(0);
    /** Number of the command that could not be fetched, as {@link #head} counts. */
    public final UInt errorIndex = outReg(uint(32)).init(0);

    final UInt asked = reg(uint(32)).init(0);
    final List<Bits> part = new ArrayList<>();
    final UInt beat;

    public CommandRing(AcceleratorConfig config) {
        moduleName("CommandRing");
        int dataBits = config.memoryBus().dataBits();
        int addressBits = config.memoryBus().addressBits();
        int beats = COMMAND_BITS / dataBits;
        base = in(uint(addressBits));
        requestAddress = out(uint(addressBits));
        beatData = in(bits(dataBits));
        underWay = outReg(uint(AcceleratorConfig.ceilLog2(Register.FIFO_DEPTH) + 1))
                .init(0);
        beat = reg(uint(AcceleratorConfig.ceilLog2(beats))).init(0);

        UInt one = UInt.lit(1, COUNT_BITS);
        UInt entries = one.shl(entriesLog2).resize(COUNT_BITS);
        UInt slot = asked.and(entries.sub(1).resize(32));
        requestAddress.assign(base.add(
                slot.shl(AcceleratorConfig.ceilLog2(CommandField.BYTES)).resize(addressBits)));
        Bool more = asked.ne(tail);
        requestValid.assign(more.and(room, hold.not(), failed.not()));
        Bool requested = requestValid.and(requestReady);
        when(requested, () -> asked.assign(asked.add(1)));

        Bool last = beat.eq(beats - 1);
        for (int index = 0; index < beats; index++) {
            part.add(reg(bits(dataBits)));
        }
        command.assign(Bits.concat(part));
        commandValid.assign(false);
        when(beatValid, () -> {
            beat.assign(beat.add(1));
            for (int index = 0; index < beats; index++) {
                Bits place = part.get(index);
                when(beat.eq(index), () -> place.assign(beatData));
            }
            when(last, () -> {
                head.assign(head.add(1));
                commandValid.assign(failed.not());
            });
            when(beatError.ne(ErrorCode.NONE.code()).and(failed.not()), () -> {
                failed.assign(true);
                commandValid.assign(false);
                errorCode.assign(beatError);
                errorIndex.assign(head);
            });
        });
        when(requested.and(commandValid.not()), () -> underWay.assign(underWay.add(1)));
        when(commandValid.and(requested.not()), () -> underWay.assign(underWay.sub(1)));
        when(tail.sub(head).gt(entries.resize(32)).and(failed.not()), () -> {
            failed.assign(true);
            errorCode.assign(ErrorCode.RING.code());
            errorIndex.assign(head);
        });
        busy.assign(more.or(underWay.ne(0)));
    }
}
