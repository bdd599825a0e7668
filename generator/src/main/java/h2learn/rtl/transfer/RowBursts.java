package h2learn.rtl.transfer;

import static h2learn.contract.CommandField.MEMORY_HIGH;
import static h2learn.contract.CommandField.MEMORY_LOW;
import static h2learn.contract.CommandField.MEMORY_STRIDE;
import static h2learn.contract.CommandField.ROWS;

import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import java.util.Map;

/** The bursts of a command's rows in external memory, row after row. */
final class RowBursts extends Circuit {
    final Bool start = in(bool());
    /** Forgets what is left. */
    final Bool stop = in(bool());

    final Bool busy = out(bool());
    final Map<CommandField, UInt> command = CommandPorts.inputs(ROWS, MEMORY_LOW, MEMORY_HIGH, MEMORY_STRIDE);
    /** 32-bit words of a row. */
    final UInt rowBeats;

    final Bool burstValid = out(bool());
    final Bool burstReady = in(bool());
    final UInt burstAddress;
    final UInt burstBeats = out(uint(TransferShape.BURST_COUNT_BITS));

    final UInt rowsLeft = reg(uint(ROWS.bits())).init(0);
    final UInt address;
    final BurstSplitter splitter;

    RowBursts(String name, TransferShape shape) {
        moduleName(name);
        int addressBits = shape.bus().addressBits();
        rowBeats = in(uint(shape.rowBits()));
        burstAddress = out(uint(addressBits));
        address = reg(uint(addressBits));
        splitter = inst(
                "splitter",
                new BurstSplitter(
                        name + "Splitter", addressBits, shape.rowBits(), shape.busBytes(), TransferShape.BURST_BEATS));
        splitter.stop.assign(stop);
        splitter.valid.assign(rowsLeft.ne(0));
        splitter.first.assign(address.shr(2));
        splitter.words.assign(rowBeats);
        splitter.burstReady.assign(burstReady);
        burstValid.assign(splitter.burstValid);
        burstAddress.assign(splitter.burstAddress);
        burstBeats.assign(splitter.burstBeats);
        busy.assign(splitter.burstValid.or(rowsLeft.ne(0)));
        when(splitter.valid.and(splitter.ready), () -> {
            rowsLeft.assign(rowsLeft.sub(1));
            address.assign(address.add(port(MEMORY_STRIDE).resize(addressBits)));
        });
        when(start, () -> {
            rowsLeft.assign(port(ROWS));
            address.assign(port(MEMORY_HIGH).cat(port(MEMORY_LOW)).asUInt().resize(addressBits));
        });
        when(stop, () -> rowsLeft.assign(0));
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
