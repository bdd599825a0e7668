package h2learn.cosim.fourstate;

import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values of all ports of a model at every rising edge of a run. */
public final class PortRecord {
    /** A port of the top-level module. */
    public record Signal(String name, int width, boolean input) {
        /** Of a value in the file. */
        int bytes() {
            return width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : width <= 64 ? 8 : 4 * ((width + 31) / 32);
        }
    }

    private final List<Signal> signals;
    private final byte[] values;
    private final int rowBytes;

    private PortRecord(List<Signal> signals, byte[] values) {
        this.signals = List.copyOf(signals);
        this.values = values;
        rowBytes = signals.stream().mapToInt(Signal::bytes).sum();
        if (values.length % rowBytes != 0) {
            throw new IllegalArgumentException("the record ends within a cycle");
        }
    }

    /** The signals of a model, in the order of the record. */
    public static List<Signal> signals(Model model) {
        List<Signal> signals = new ArrayList<>();
        for (Port port : model.ports()) {
            signals.add(new Signal(port.name(), port.width(), port.direction() == Port.Direction.INPUT));
        }
        return signals;
    }

    /** Reads what {@link Model#replayPorts} wrote. */
    public static PortRecord read(List<Signal> signals, Path file) {
        try {
            return new PortRecord(signals, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Signal> signals() {
        return signals;
    }

    /** Rising edges. */
    public int cycles() {
        return values.length / rowBytes;
    }

    /** The inputs, or the outputs, of one cycle in one number, the first in the lowest bits. */
    BigInteger row(int cycle, boolean inputs) {
        BigInteger all = BigInteger.ZERO;
        int shift = 0;
        int at = cycle * rowBytes;
        for (Signal signal : signals) {
            if (signal.input() == inputs) {
                all = all.or(value(at, signal).shiftLeft(shift));
                shift += signal.width();
            }
            at += signal.bytes();
        }
        return all;
    }

    private BigInteger value(int at, Signal signal) {
        byte[] bigEndian = new byte[signal.bytes()];
        for (int index = 0; index < bigEndian.length; index++) {
            bigEndian[bigEndian.length - 1 - index] = values[at + index];
        }
        BigInteger mask = BigInteger.ONE.shiftLeft(signal.width()).subtract(BigInteger.ONE);
        return new BigInteger(1, bigEndian).and(mask);
    }

    /** The same with one bit of an output the other way round in one cycle: no run of the design. */
    PortRecord flipped(String output, int cycle) {
        byte[] changed = Arrays.copyOf(values, values.length);
        int at = cycle * rowBytes;
        for (Signal signal : signals) {
            if (signal.name().equals(output)) {
                changed[at] ^= 1;
                return new PortRecord(signals, changed);
            }
            at += signal.bytes();
        }
        throw new IllegalArgumentException("there is no port " + output);
    }
}
