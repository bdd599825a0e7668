package h2learn.rtl.layer;

import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An engine's view of its command's geometry: one input port for each value that it reads. */
public final class GeometryPorts {
    private GeometryPorts() {}

    /** Declares the ports; called in the initialiser of an engine's field. */
    public static Map<Geometry, UInt> inputs(Geometry... values) {
        Map<Geometry, UInt> ports = new LinkedHashMap<>();
        for (Geometry value : values) {
            ports.put(value, Circuit.in(Circuit.uint(Geometry.BITS)));
        }
        return ports;
    }

    /** The port of a declared value. */
    public static UInt of(Map<Geometry, UInt> ports, Geometry value) {
        UInt port = ports.get(value);
        if (port == null) {
            throw new IllegalArgumentException("the engine does not declare " + value);
        }
        return port;
    }

    /** Connects the ports to the values of {@link GeometryUnit}, in the order of {@link Geometry}. */
    public static void connect(Map<Geometry, UInt> ports, List<UInt> values) {
        ports.forEach((value, port) -> port.assign(values.get(value.ordinal())));
    }

    /** Connects a child's ports to its parent's. */
    public static void connect(Map<Geometry, UInt> ports, Map<Geometry, UInt> parent) {
        ports.forEach((value, port) -> port.assign(of(parent, value)));
    }
}
