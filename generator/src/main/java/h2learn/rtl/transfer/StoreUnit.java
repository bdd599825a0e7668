package h2learn.rtl.transfer;

import static h2learn.contract.CommandField.MEMORY_HIGH;
import static h2learn.contract.CommandField.MEMORY_LOW;
import static h2learn.contract.CommandField.MEMORY_STRIDE;
import static h2learn.contract.CommandField.ROWS;
import static h2learn.contract.CommandField.ROW_WORDS;
import static h2learn.contract.CommandField.SCRATCHPAD;
import static h2learn.contract.CommandField.SCRATCHPAD_STRIDE;
import static h2learn.contract.CommandField.SCRATCHPAD_WORD;

import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.EnumSig;
import h2learn.hdl.EnumType;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.Queue;
import java.util.Map;

/**
 * STORE: rows of words from a scratchpad to external memory. Done when the last answer came; a bad one makes it fail at
 * its end.
 */
public final class StoreUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** With the {@link ErrorCode}, from the end of the command to the next start. */
    public final Bool failed = out(bool());

    public final UInt errorCode = outReg(uint(Axi4.ERROR_BITS)).init(0);

    /** 32-bit words that are read from the scratchpad in this cycle. */
    public final UInt useful;
    /** A burst begins. */
    public final Bool item = out(bool());
    /** An engine keeps it from the scratchpad. */
    public final Bool skipped = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            ROWS, ROW_WORDS, MEMORY_LOW, MEMORY_HIGH, MEMORY_STRIDE, SCRATCHPAD, SCRATCHPAD_WORD, SCRATCHPAD_STRIDE);

    public final Bool readEnable = out(bool());
    public final Bool readReady = in(bool());
    public final UInt readScratchpad = out(uint(TransferShape.codeBits()));
    public final UInt readGroup;
    /** One cycle after {@code readEnable} and {@code readReady}. */
    public final Vec<Bits> readData;

    public final Bool wordValid = out(bool());
    public final Bool wordReady = in(bool());
    public final Bits word;
    public final Bits wordMask;

    public final Bool burstValid = out(bool());
    public final Bool burstReady = in(bool());
    public final UInt burstAddress;
    public final UInt burstBeats = out(uint(TransferShape.BURST_COUNT_BITS));

    /** Forgets the errors of earlier bursts. */
    public final Bool clear = out(bool());
    /** No burst is under way; the first error since {@code clear}. */
    public final Bool masterIdle = in(bool());

    public final UInt masterError = in(uint(Axi4.ERROR_BITS));

    enum State {
        IDLE,
        CHECK,
        MOVE
    }

    /** Groups that wait for the packer; one more may be on its way from the scratchpad. */
    private static final int GROUPS = 4;

    final EnumSig<State> state = reg(EnumType.of(State.class)).init(State.IDLE);
    final TransferCheck check;
    final RowBursts bursts;
    final GroupWalker walker;
    final Queue groups;
    final BeatPacker packer;

    public StoreUnit(TransferShape shape) {
        moduleName("StoreUnit");
        int dataBits = shape.bus().dataBits();
        useful = out(uint(shape.beatCountBits()));
        readGroup = out(uint(shape.groupAddressBits()));
        readData = in(vec(bits(32), shape.busBeats()));
        word = out(bits(dataBits));
        wordMask = out(bits(shape.busBeats()));
        burstAddress = out(uint(shape.bus().addressBits()));
        check = inst("check", new TransferCheck(shape));
        bursts = inst("bursts", new RowBursts("StoreBursts", shape));
        walker = inst("walker", new GroupWalker("StoreGroups", shape));
        groups = inst(
                "groups",
                new Queue(
                        "StoreGroupQueue", dataBits + 1, GROUPS, shape.config().target()));
        packer = inst("packer", new BeatPacker(shape));
        TransferFields fields = new TransferFields(shape, command);
        busy.assign(state.is(State.IDLE).not());
        failed.assign(errorCode.ne(ErrorCode.NONE.code()));

        CommandPorts.connect(check.command, command);
        check.start.assign(start);
        clear.assign(start);
        Bool legal = check.done.and(check.errorCode.eq(ErrorCode.NONE.code()));
        when(start, () -> {
            errorCode.assign(ErrorCode.NONE.code());
            state.assign(State.CHECK);
        });
        when(check.done, () -> {
            errorCode.assign(check.errorCode);
            state.assign(mux(legal, state.type().lit(State.MOVE), state.type().lit(State.IDLE)));
        });

        CommandPorts.connect(bursts.command, command);
        bursts.start.assign(legal);
        bursts.stop.assign(false);
        bursts.rowBeats.assign(fields.rowBeats());
        burstValid.assign(bursts.burstValid);
        burstAddress.assign(bursts.burstAddress);
        burstBeats.assign(bursts.burstBeats);
        bursts.burstReady.assign(burstReady);
        item.assign(burstValid.and(burstReady));

        read(shape, fields, legal);
        // A burst begins only when its words have left the packer: no burst left means no word left.
        Bool moved = state.is(State.MOVE).and(bursts.busy.not()).and(masterIdle);
        when(moved, () -> {
            errorCode.assign(masterError);
            state.assign(State.IDLE);
        });
    }

    private void read(TransferShape shape, TransferFields fields, Bool begin) {
        int dataBits = shape.bus().dataBits();
        CommandPorts.connect(walker.command, command);
        walker.start.assign(begin);
        readEnable.assign(walker.valid.and(groups.level.lt(GROUPS - 1)));
        readScratchpad.assign(TransferShape.code(CommandPorts.of(command, SCRATCHPAD)));
        readGroup.assign(walker.address);
        Bool taken = readEnable.and(readReady);
        walker.advance.assign(taken);
        useful.assign(fields.groupBeats().andMask(taken));
        skipped.assign(readEnable.and(readReady.not()));
        groups.pushValid.assign(Pipeline.valid(taken, 1).and(groups.pushReady));
        groups.pushData.assign(regNext(walker.lastOfRow).cat(readData));

        packer.start.assign(begin);
        packer.firstPlace.assign(fields.firstPlace());
        packer.pitch.assign(fields.pitch());
        packer.groupBeats.assign(fields.groupBeats());
        packer.groupValid.assign(groups.popValid);
        groups.popReady.assign(packer.groupTaken);
        packer.group.assignFromBits(groups.popData.slice(dataBits - 1, 0));
        packer.lastOfRow.assign(groups.popData.bit(dataBits));
        wordValid.assign(packer.wordValid);
        packer.wordTaken.assign(wordReady);
        word.assign(packer.word);
        wordMask.assign(packer.mask);
    }
}
