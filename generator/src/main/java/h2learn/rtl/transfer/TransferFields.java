package h2learn.rtl.transfer;

import static h2learn.contract.CommandField.MEMORY_LOW;
import static h2learn.contract.CommandField.MEMORY_STRIDE;
import static h2learn.contract.CommandField.ROW_WORDS;
import static h2learn.contract.CommandField.SCRATCHPAD;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import java.util.Map;

/** What follows from a command that {@link TransferCheck} has found legal. */
record TransferFields(TransferShape shape, Map<CommandField, UInt> command) {
    /** 32-bit beats of a row. */
    UInt rowBeats() {
        UInt shift = shape.figure(
                port(SCRATCHPAD),
                each -> AcceleratorConfig.ceilLog2(shape.group(each).layout().beats()));
        return port(ROW_WORDS).shl(shift).resize(shape.rowBits());
    }

    /** 32-bit beats that go to or come from the scratchpad at once. */
    UInt groupBeats() {
        return shape.figure(port(SCRATCHPAD), each -> shape.group(each).beats()).resize(shape.beatCountBits());
    }

    /** Beat of the bus word in which the first row begins; 0 in one bit where a bus word has one beat. */
    UInt firstPlace() {
        return place(MEMORY_LOW);
    }

    /** Beats from row to row, modulo those of a bus word. */
    UInt pitch() {
        return place(MEMORY_STRIDE);
    }

    private UInt place(CommandField bytes) {
        int bits = shape.busBeatBits();
        return bits == 0 ? UInt.lit(0, 1) : port(bytes).slice(bits + 1, 2);
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
