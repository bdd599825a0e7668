package h2learn.rtl.backward;

import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.OUTPUT_WIDTH;
import static h2learn.contract.CommandField.STRIDE;
import static h2learn.rtl.layer.Geometry.ROW_TAP_STRIDE;
import static h2learn.rtl.layer.Geometry.TAP_STRIDE;

import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import java.util.Map;

/**
 * For a point of the layer below, goes through the output points that read it, last first, one a cycle, and writes down
 * those that have gradients: where their list begins, how long it is, and which tap's weights belong to it. Waits for
 * output points that are not listed yet.
 */
final class TapLister extends Circuit {
    final Map<CommandField, UInt> command = CommandPorts.inputs(KERNEL_HEIGHT, KERNEL_WIDTH, STRIDE, OUTPUT_WIDTH);
    final Map<Geometry, UInt> geometry = GeometryPorts.inputs(TAP_STRIDE, ROW_TAP_STRIDE);

    final Bool restart = in(bool());
    /** A point of the layer below waits, and a slot for it is free. */
    final Bool pointValid = in(bool());

    final UInt outputRow = in(uint(8));
    final UInt outputColumn = in(uint(8));
    final UInt tapRow = in(uint(9));
    final UInt tapColumn = in(uint(9));
    final UInt tapBlocks;
    final UInt number = in(uint(BackwardShape.NUMBER_BITS));

    /** Complete lists, modulo; where the list of output point {@code lookup} begins and its entries. */
    final UInt listed = in(uint(BackwardShape.NUMBER_BITS));

    final UInt lookup = out(uint(BackwardShape.NUMBER_BITS));
    final UInt listStart;
    final UInt listCount;

    final Bool segmentWrite = out(bool());
    final UInt segmentIndex = out(uint(BackwardShape.SEGMENT_BITS));
    final Bits segment;
    /** The point is through, with {@code segments} segments; the next may come. */
    final Bool pointDone = out(bool());

    final UInt segments = out(uint(BackwardShape.SEGMENT_BITS + 1));

    final Bool visiting = reg(bool()).init(false);
    final Bool nothing = reg(bool());
    final UInt row = reg(uint(8));
    final UInt column = reg(uint(8));
    final UInt rowTap = reg(uint(9));
    final UInt columnTap = reg(uint(9));
    final UInt rowBlocks;
    final UInt blocks;
    final UInt rowNumber = reg(uint(BackwardShape.NUMBER_BITS));
    final UInt visited = reg(uint(BackwardShape.NUMBER_BITS));
    final UInt count = reg(uint(BackwardShape.SEGMENT_BITS + 1));

    TapLister(BackwardShape shape) {
        moduleName("TapLister");
        int blockBits = shape.weightBlockBits();
        tapBlocks = in(uint(blockBits));
        rowBlocks = reg(uint(blockBits));
        blocks = reg(uint(blockBits));
        listStart = in(uint(shape.listBits()));
        listCount = in(uint(shape.listBits()));
        segment = out(bits(shape.segmentBits()));

        lookup.assign(visited);
        UInt ahead = listed.sub(visited);
        Bool isListed = ahead.ne(0).and(ahead.le(MemoryMap.LISTED_POINTS));
        Bool visit = visiting.and(isListed.or(nothing));
        Bool found = visit.and(nothing.not()).and(listCount.ne(0));
        UInt stride = port(STRIDE).resize(9);
        UInt nextColumnTap = columnTap.add(stride);
        UInt nextRowTap = rowTap.add(stride);
        Bool lastColumn = column.eq(0).or(nextColumnTap.ge(port(KERNEL_WIDTH).resize(9)));
        Bool lastRow = row.eq(0).or(nextRowTap.ge(port(KERNEL_HEIGHT).resize(9)));
        UInt newCount = mux(found, count.add(1), count);

        segmentWrite.assign(found);
        segmentIndex.assign(count.resize(BackwardShape.SEGMENT_BITS));
        segment.assign(blocks.cat(listCount).cat(listStart));
        segments.assign(newCount);
        pointDone.assign(visit.and(nothing.or(lastColumn.and(lastRow))));

        when(visit, () -> {
            count.assign(newCount);
            column.assign(column.sub(1));
            columnTap.assign(nextColumnTap);
            blocks.assign(blocks.add(pitch(TAP_STRIDE, blockBits)));
            visited.assign(visited.sub(1));
            when(lastColumn, () -> {
                column.assign(outputColumn);
                columnTap.assign(tapColumn);
                row.assign(row.sub(1));
                rowTap.assign(nextRowTap);
                rowBlocks.assign(rowBlocks.add(pitch(ROW_TAP_STRIDE, blockBits)));
                blocks.assign(rowBlocks.add(pitch(ROW_TAP_STRIDE, blockBits)));
                UInt above = rowNumber.sub(port(OUTPUT_WIDTH).resize(BackwardShape.NUMBER_BITS));
                rowNumber.assign(above);
                visited.assign(above);
            });
            when(pointDone, () -> visiting.assign(false));
        });
        when(visiting.not().and(pointValid), () -> {
            visiting.assign(true);
            nothing.assign(tapRow.ge(port(KERNEL_HEIGHT).resize(9))
                    .or(tapColumn.ge(port(KERNEL_WIDTH).resize(9))));
            row.assign(outputRow);
            column.assign(outputColumn);
            rowTap.assign(tapRow);
            columnTap.assign(tapColumn);
            rowBlocks.assign(tapBlocks);
            blocks.assign(tapBlocks);
            rowNumber.assign(number);
            visited.assign(number);
            count.assign(0);
        });
        when(restart, () -> visiting.assign(false));
    }

    private UInt pitch(Geometry value, int bits) {
        return GeometryPorts.of(geometry, value).resize(bits);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
