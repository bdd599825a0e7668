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
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import java.util.Map;

/**
 * Checks a LOAD or STORE before anything moves. Where the last row ends takes a product: one bit of ROWS - 1 a cycle, as
 * many cycles as it has bits.
 */
final class TransferCheck extends Circuit {
    final Bool start = in(bool());
    /** Only so long is the error code valid: one cycle. */
    final Bool done = out(bool());
    /** An {@link ErrorCode}, 0 for none. */
    final UInt errorCode = out(uint(Axi4.ERROR_BITS));

    final Map<CommandField, UInt> command = CommandPorts.inputs(
            ROWS, ROW_WORDS, MEMORY_LOW, MEMORY_HIGH, MEMORY_STRIDE, SCRATCHPAD, SCRATCHPAD_WORD, SCRATCHPAD_STRIDE);

    final Bool active = reg(bool()).init(false);
    final UInt rowsLeft = reg(uint(ROWS.bits()));
    /** The stride times the bit of ROWS - 1 in hand; whether it has grown beyond its width. */
    final UInt distance = reg(uint(SCRATCHPAD_STRIDE.bits()));

    final Bool far = reg(bool());
    /** The last row's end as far as it is computed; whether it is beyond its width. */
    final UInt rowEnd = reg(uint(SCRATCHPAD_WORD.bits() + 1));

    final Bool beyond = reg(bool());

    TransferCheck(TransferShape shape) {
        moduleName("TransferCheck");
        when(active, () -> {
            rowsLeft.assign(rowsLeft.shr(1).resize(rowsLeft.width()));
            distance.assign(distance.shl(1).resize(distance.width()));
            far.assign(far.or(distance.msb()));
            UInt sum = rowEnd.addWide(distance.resize(rowEnd.width()));
            when(rowsLeft.bit(0), () -> {
                rowEnd.assign(sum.resize(rowEnd.width()));
                beyond.assign(beyond.or(far).or(sum.msb()));
            });
            when(rowsLeft.eq(0), () -> active.assign(false));
        });
        when(start, () -> {
            active.assign(true);
            rowsLeft.assign(port(ROWS).sub(1));
            distance.assign(port(SCRATCHPAD_STRIDE));
            far.assign(false);
            rowEnd.assign(port(SCRATCHPAD_WORD).addWide(port(ROW_WORDS)));
            beyond.assign(false);
        });
        done.assign(active.and(rowsLeft.eq(0)));

        UInt depth =
                shape.figure(port(SCRATCHPAD), each -> shape.map().window(each).words());
        Bool empty = port(ROWS).eq(0).or(port(ROW_WORDS).eq(0));
        Bool misaligned = port(MEMORY_LOW)
                .slice(1, 0)
                .ne(0)
                .or(port(MEMORY_STRIDE).slice(1, 0).ne(0));
        Bool unknown = shape.known(port(SCRATCHPAD)).not();
        Bool outside = beyond.or(rowEnd.gt(depth.resize(rowEnd.width())));
        Bool bad = empty.or(misaligned).or(unknown).or(outside);
        int highBits = shape.bus().addressBits() - MEMORY_LOW.bits();
        Bool unreachable = highBits == MEMORY_HIGH.bits()
                ? Bool.lit(false)
                : port(MEMORY_HIGH).slice(MEMORY_HIGH.bits() - 1, highBits).ne(0);
        UInt reach = mux(unreachable, Axi4.code(ErrorCode.DECERR), Axi4.code(ErrorCode.NONE));
        errorCode.assign(mux(bad, Axi4.code(ErrorCode.TRANSFER), reach));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
