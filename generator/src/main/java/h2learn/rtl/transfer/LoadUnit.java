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
import java.util.Map;

/**
 * LOAD: rows of words from external memory to a scratchpad. Done when the last word is there. At a bad answer it asks
 * for nothing more, drops what is still to come, and fails.
 */
public final class LoadUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    /** With the {@link ErrorCode}, from the end of the command to the next start. */
    public final Bool failed = out(bool());

    public final UInt errorCode = outReg(uint(Axi4.ERROR_BITS)).init(0);

    /** 32-bit words that go to the scratchpad in this cycle. */
    public final UInt useful;
    /** A burst is asked for. */
    public final Bool item = out(bool());
    /** An engine keeps it from the scratchpad. */
    public final Bool skipped = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            ROWS, ROW_WORDS, MEMORY_LOW, MEMORY_HIGH, MEMORY_STRIDE, SCRATCHPAD, SCRATCHPAD_WORD, SCRATCHPAD_STRIDE);

    public final Bool burstValid = out(bool());
    public final Bool burstReady = in(bool());
    public final UInt burstAddress;
    public final UInt burstBeats = out(uint(TransferShape.BURST_COUNT_BITS));

    public final Bool wordValid = in(bool());
    public final Bool wordTaken = out(bool());
    public final Bits word;
    public final UInt wordError = in(uint(Axi4.ERROR_BITS));

    public final Bool writeEnable = out(bool());
    public final Bool writeReady = in(bool());
    public final UInt writeScratchpad = out(uint(TransferShape.codeBits()));
    public final UInt writeGroup;
    public final Vec<Bits> writeData;

    enum State {
        IDLE,
        CHECK,
        MOVE,
        DROP
    }

    final EnumSig<State> state = reg(EnumType.of(State.class)).init(State.IDLE);
    /** Bus words that were asked for and have not come. */
    final UInt pending = reg(uint(UInt.bitsFor(TransferShape.READ_WORDS + 1L))).init(0);

    final TransferCheck check;
    final RowBursts bursts;
    final BeatUnpacker unpacker;
    final GroupWalker walker;

    public LoadUnit(TransferShape shape) {
        moduleName("LoadUnit");
        useful = out(uint(shape.beatCountBits()));
        burstAddress = out(uint(shape.bus().addressBits()));
        word = in(bits(shape.bus().dataBits()));
        writeGroup = out(uint(shape.groupAddressBits()));
        writeData = out(vec(bits(32), shape.busBeats()));
        check = inst("check", new TransferCheck(shape));
        bursts = inst("bursts", new RowBursts("LoadBursts", shape));
        unpacker = inst("unpacker", new BeatUnpacker(shape));
        walker = inst("walker", new GroupWalker("LoadGroups", shape));
        TransferFields fields = new TransferFields(shape, command);
        busy.assign(state.is(State.IDLE).not());
        failed.assign(errorCode.ne(ErrorCode.NONE.code()));

        CommandPorts.connect(check.command, command);
        check.start.assign(start);
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
        bursts.rowBeats.assign(fields.rowBeats());
        burstValid.assign(bursts.burstValid);
        burstAddress.assign(bursts.burstAddress);
        burstBeats.assign(bursts.burstBeats);
        bursts.burstReady.assign(burstReady);
        item.assign(burstValid.and(burstReady));

        Bool moving = state.is(State.MOVE);
        Bool dropping = state.is(State.DROP);
        Bool bad = moving.and(wordValid).and(wordError.ne(ErrorCode.NONE.code()));
        unpacker.start.assign(legal);
        unpacker.firstPlace.assign(fields.firstPlace());
        unpacker.pitch.assign(fields.pitch());
        unpacker.rowBeats.assign(fields.rowBeats());
        unpacker.groupBeats.assign(fields.groupBeats());
        unpacker.word.assign(word);
        unpacker.wordValid.assign(moving.and(wordValid).and(bad.not()));
        wordTaken.assign(dropping.or(bad).or(moving.and(unpacker.wordTaken)));
        bursts.stop.assign(bad);
        when(bad, () -> {
            errorCode.assign(wordError);
            state.assign(State.DROP);
        });
        int pendingBits = pending.width();
        UInt asked = burstBeats.resize(pendingBits).andMask(item);
        pending.assign(pending.add(asked).sub(wordValid.and(wordTaken).asUInt().resize(pendingBits)));
        when(dropping.and(pending.eq(0)), () -> state.assign(State.IDLE));

        CommandPorts.connect(walker.command, command);
        walker.start.assign(legal);
        writeEnable.assign(moving.and(unpacker.groupValid).and(walker.valid));
        writeScratchpad.assign(TransferShape.code(CommandPorts.of(command, SCRATCHPAD)));
        writeGroup.assign(walker.address);
        writeData.assign(unpacker.group);
        Bool written = writeEnable.and(writeReady);
        unpacker.groupTaken.assign(written);
        walker.advance.assign(written);
        useful.assign(fields.groupBeats().andMask(written));
        skipped.assign(writeEnable.and(writeReady.not()));
        when(written.and(walker.lastOfAll), () -> state.assign(State.IDLE));
    }
}
