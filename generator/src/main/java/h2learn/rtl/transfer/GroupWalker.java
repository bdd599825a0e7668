package h2learn.rtl.transfer;

import static h2learn.contract.CommandField.ROWS;
import static h2learn.contract.CommandField.ROW_WORDS;
import static h2learn.contract.CommandField.SCRATCHPAD;
import static h2learn.contract.CommandField.SCRATCHPAD_STRIDE;
import static h2learn.contract.CommandField.SCRATCHPAD_WORD;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import java.util.Map;

/** Walks over a command's rows in the scratchpad, group of beats by group. */
final class GroupWalker extends Circuit {
    final Bool start = in(bool());
    final Map<CommandField, UInt> command =
            CommandPorts.inputs(ROWS, SCRATCHPAD, SCRATCHPAD_WORD, SCRATCHPAD_STRIDE, ROW_WORDS);
    /** There is a group left; {@code address} is the next. */
    final Bool valid = out(bool());

    final UInt address;
    final Bool lastOfRow = out(bool());
    final Bool lastOfAll = out(bool());
    final Bool advance = in(bool());

    final UInt rowsLeft = reg(uint(ROWS.bits())).init(0);
    final UInt rowStart;
    final UInt pitch;
    final UInt rowGroups;
    final UInt left;

    GroupWalker(String name, TransferShape shape) {
        moduleName(name);
        int bits = shape.groupAddressBits();
        address = outReg(uint(bits));
        rowStart = reg(uint(bits));
        pitch = reg(uint(bits));
        rowGroups = reg(uint(bits + 1));
        left = reg(uint(bits + 1));
        valid.assign(rowsLeft.ne(0));
        Bool rowEnds = left.eq(1);
        lastOfRow.assign(rowEnds);
        lastOfAll.assign(rowEnds.and(rowsLeft.eq(1)));
        UInt nextRow = rowStart.add(pitch);
        when(advance, () -> {
            address.assign(address.add(1));
            left.assign(left.sub(1));
        });
        when(advance.and(rowEnds), () -> {
            rowsLeft.assign(rowsLeft.sub(1));
            rowStart.assign(nextRow);
            address.assign(nextRow);
            left.assign(rowGroups);
        });
        UInt shift = shape.figure(port(SCRATCHPAD), each -> shape.group(each).groupBits());
        UInt first = port(SCRATCHPAD_WORD).shl(shift).resize(bits);
        UInt groups = port(ROW_WORDS).shl(shift).resize(bits + 1);
        when(start, () -> {
            rowsLeft.assign(port(ROWS));
            address.assign(first);
            rowStart.assign(first);
            pitch.assign(port(SCRATCHPAD_STRIDE).shl(shift).resize(bits));
            rowGroups.assign(groups);
            left.assign(groups);
        });
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
