package h2learn.rtl.layer;

import static h2learn.rtl.layer.Geometry.COLUMN_ORIGIN;
import static h2learn.rtl.layer.Geometry.PITCH;
import static h2learn.rtl.layer.Geometry.ROW_ORIGIN;
import static h2learn.rtl.layer.Geometry.ROW_PITCH;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import java.util.Map;

/**
 * Walks over the passes that one output block makes over its points: for each tap, kernel row by kernel row, every input
 * block, and for that every bit-plane. Gives the input address of the first point and says whether a point's input lies
 * within the image.
 */
public final class PassWalker extends Circuit {
    public final Map<CommandField, UInt> command = CommandPorts.inputs(
            CommandField.PLANES,
            CommandField.INPUT_BLOCKS,
            CommandField.KERNEL_WIDTH,
            CommandField.KERNEL_HEIGHT,
            CommandField.PADDING,
            CommandField.TOP_PADDING,
            CommandField.INPUT_WIDTH,
            CommandField.INPUT_HEIGHT,
            CommandField.SPIKE_INPUT);
    public final Map<Geometry, UInt> geometry = GeometryPorts.inputs(PITCH, ROW_PITCH, COLUMN_ORIGIN, ROW_ORIGIN);

    /** Goes to the first pass; wins over {@code advance}. */
    public final Bool start = in(bool());

    public final Bool advance = in(bool());

    public final UInt plane = outReg(uint(CommandField.PLANES.bits()));
    public final Bool firstPass = outReg(bool());
    public final Bool lastPlane = out(bool());
    public final Bool lastPass = out(bool());
    /** The pass is the tap's last, and the tap the last of its kernel row. */
    public final Bool lastOfTap = out(bool());

    public final Bool lastTapOfRow = out(bool());
    /** Input word of the pass's first point. */
    public final UInt address;

    /** The point that {@code isInside} is about. */
    public final UInt inputColumn = in(uint(PointState.COORDINATE_BITS));

    public final UInt inputRow = in(uint(PointState.COORDINATE_BITS));
    public final Bool isInside = out(bool());

    final UInt block = reg(uint(CommandField.INPUT_BLOCKS.bits()));
    final UInt tapColumn = reg(uint(CommandField.KERNEL_WIDTH.bits()));
    final UInt tapRow = reg(uint(CommandField.KERNEL_HEIGHT.bits()));
    final UInt rowAddress;
    final UInt tapAddress;
    final UInt blockAddress;

    /** @param addressBits width of an address of the input's memory */
    public PassWalker(String name, int addressBits) {
        moduleName(name);
        address = outReg(uint(addressBits));
        rowAddress = reg(uint(addressBits));
        tapAddress = reg(uint(addressBits));
        blockAddress = reg(uint(addressBits));
        lastPlane.assign(plane.eq(port(CommandField.PLANES).sub(1)));
        Bool lastBlock = block.eq(port(CommandField.INPUT_BLOCKS).sub(1));
        Bool lastColumn = tapColumn.eq(port(CommandField.KERNEL_WIDTH).sub(1));
        Bool lastRow = tapRow.eq(port(CommandField.KERNEL_HEIGHT).sub(1));
        Bool endsTap = lastPlane.and(lastBlock);
        lastOfTap.assign(endsTap);
        lastTapOfRow.assign(lastColumn);
        lastPass.assign(endsTap.and(lastColumn).and(lastRow));

        UInt nextRow = rowAddress.add(pitch(ROW_PITCH));
        UInt nextTap = mux(lastColumn, nextRow, tapAddress.add(pitch(PITCH)));
        UInt nextBlock = mux(lastBlock, nextTap, blockAddress.add(1));
        UInt nextPlane = address.add(port(CommandField.INPUT_BLOCKS).resize(addressBits));
        when(advance, () -> {
            firstPass.assign(false);
            plane.assign(plane.add(1));
            address.assign(mux(lastPlane, nextBlock, nextPlane));
            when(lastPlane, () -> {
                plane.assign(0);
                block.assign(block.add(1));
                blockAddress.assign(nextBlock);
            });
            when(endsTap, () -> {
                block.assign(0);
                tapColumn.assign(tapColumn.add(1));
                tapAddress.assign(nextTap);
            });
            when(endsTap.and(lastColumn), () -> {
                tapColumn.assign(0);
                tapRow.assign(tapRow.add(1));
                rowAddress.assign(nextRow);
            });
        });
        when(start, () -> {
            firstPass.assign(true);
            plane.assign(0);
            block.assign(0);
            tapColumn.assign(0);
            tapRow.assign(0);
            UInt first = port(CommandField.SPIKE_INPUT)
                    .resize(addressBits)
                    .sub(pitch(ROW_ORIGIN))
                    .sub(pitch(COLUMN_ORIGIN));
            rowAddress.assign(first);
            tapAddress.assign(first);
            blockAddress.assign(first);
            address.assign(first);
        });
        isInside.assign(covers(inputColumn, tapColumn, port(CommandField.PADDING), port(CommandField.INPUT_WIDTH))
                .and(covers(inputRow, tapRow, port(CommandField.TOP_PADDING), port(CommandField.INPUT_HEIGHT))));
    }

    private static Bool covers(UInt coordinate, UInt tap, UInt padding, UInt extent) {
        int bits = PointState.COORDINATE_BITS;
        UInt padded = coordinate.add(tap.resize(bits));
        UInt begin = padding.resize(bits);
        return padded.ge(begin).and(padded.lt(begin.add(extent.resize(bits))));
    }

    private UInt pitch(Geometry value) {
        return GeometryPorts.of(geometry, value).resize(address.width());
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
