package h2learn.rtl.layer;

import h2learn.contract.CommandField;
import h2learn.hdl.Bits;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import java.util.LinkedHashMap;
import java.util.Map;

/** An engine's view of its command: one input port for each field that it reads, named command_FIELD. */
public final class CommandPorts {
    private CommandPorts() {}

    /** Declares the ports; called in the initialiser of an engine's field. */
    public static Map<CommandField, UInt> inputs(CommandField... fields) {
        Map<CommandField, UInt> ports = new LinkedHashMap<>();
        for (CommandField field : fields) {
            ports.put(field, Circuit.in(Circuit.uint(field.bits())));
        }
        return ports;
    }

    /** The port of a declared field. */
    public static UInt of(Map<CommandField, UInt> ports, CommandField field) {
        UInt port = ports.get(field);
        if (port == null) {
            throw new IllegalArgumentException("the engine does not declare " + field);
        }
        return port;
    }

    /** Connects the ports to the words of the running command. */
    public static void connect(Map<CommandField, UInt> ports, Vec<Bits> words) {
        ports.forEach((field, port) -> port.assign(slice(field, words)));
    }

    /** Connects a child's ports to its parent's. */
    public static void connect(Map<CommandField, UInt> ports, Map<CommandField, UInt> parent) {
        ports.forEach((field, port) -> port.assign(of(parent, field)));
    }

    /** One field of a command. */
    public static UInt slice(CommandField field, Vec<Bits> words) {
        return words.get(field.word())
                .slice(field.low() + field.bits() - 1, field.low())
                .asUInt();
    }
}
