package h2learn.hdl;

import java.util.ArrayList;
import java.util.List;

/**
 * A signal and its delayed copies.
 *
 * @param taps {@code taps.get(n)} is the signal n cycles later; the first is the signal itself
 */
public record Delay<T extends Signal<T>>(@NoName List<T> taps) {
    public Delay {
        taps = List.copyOf(taps);
    }

    /** Passes the signal through {@code cycles} registers without reset, named after it. */
    public static <T extends Signal<T>> Delay<T> of(T signal, int cycles) {
        if (cycles < 0) {
            throw HdlException.here("a delay of " + cycles + " cycles");
        }
        List<T> taps = new ArrayList<>(List.of(signal));
        for (int cycle = 1; cycle <= cycles; cycle++) {
            T register = Hardware.regNext(taps.get(cycle - 1));
            register.data().setCompositeName(signal.data(), "delay_" + cycle, true);
            taps.add(register);
        }
        return new Delay<>(taps);
    }

    /** The signal after all cycles. */
    public T last() {
        return taps.get(taps.size() - 1);
    }
}
