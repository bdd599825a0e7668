package h2learn.cosim.spinalsim;

import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.Port;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ports of a model in every cycle of a recording, in files that another process can read.
 *
 * @param pins in the order of the values
 * @param values of all ports in all cycles, as {@link Model#replayPorts} writes them
 */
record Stimuli(List<Pin> pins, byte[] values) {
    private static final String NAMES = "ports.txt";
    private static final String VALUES = "ports.bin";

    /**
     * A port.
     *
     * @param at first byte of its value in a cycle
     * @param bytes of its value, the lowest first
     */
    record Pin(String name, int width, boolean input, int at, int bytes) {}

    /**
     * Writes the first cycles that a model recorded.
     *
     * @param cycles at least 1; all if fewer were recorded
     */
    static void write(Model model, long cycles, Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Port port : model.ports()) {
            lines.add(port.name() + " " + port.width() + " " + (port.direction() == Port.Direction.INPUT));
        }
        Files.write(folder.resolve(NAMES), lines);
        model.replayPorts(folder.resolve(VALUES), cycles);
    }

    static Stimuli read(Path folder) throws IOException {
        List<Pin> pins = new ArrayList<>();
        int at = 0;
        for (String line : Files.readAllLines(folder.resolve(NAMES))) {
            String[] words = line.split(" ");
            int width = Integer.parseInt(words[1]);
            // as Verilator stores them
            int bytes = width <= 8 ? 1 : width <= 16 ? 2 : width <= 32 ? 4 : width <= 64 ? 8 : 4 * ((width + 31) / 32);
            pins.add(new Pin(words[0], width, Boolean.parseBoolean(words[2]), at, bytes));
            at += bytes;
        }
        return new Stimuli(List.copyOf(pins), Files.readAllBytes(folder.resolve(VALUES)));
    }

    private int rowBytes() {
        Pin last = pins.get(pins.size() - 1);
        return last.at + last.bytes;
    }

    int cycles() {
        return values.length / rowBytes();
    }

    Pin pin(String name) {
        return pins.stream()
                .filter(pin -> pin.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the model has no port " + name));
    }

    /** Whether a pin has another value than in the cycle before; in cycle 0 it always has. */
    boolean changes(Pin pin, int cycle) {
        int from = cycle * rowBytes() + pin.at;
        int before = from - rowBytes();
        return cycle == 0 || !Arrays.equals(values, from, from + pin.bytes, values, before, before + pin.bytes);
    }

    /** The value, unsigned. */
    BigInteger value(Pin pin, int cycle) {
        byte[] bigEndian = new byte[pin.bytes];
        for (int index = 0; index < pin.bytes; index++) {
            bigEndian[pin.bytes - 1 - index] = values[cycle * rowBytes() + pin.at + index];
        }
        return new BigInteger(1, bigEndian);
    }
}
