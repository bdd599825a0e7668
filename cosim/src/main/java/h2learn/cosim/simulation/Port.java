package h2learn.cosim.simulation;

import com.sun.jna.Memory;
import java.math.BigInteger;
import java.util.Locale;

/**
 * A port of the top module. An input reads as it was set; an output reads as registers saw it at the last clock edge, or
 * as it was when {@link Model#settle} last ran.
 */
public final class Port {
    /** As seen from the model. */
    public enum Direction {
        INPUT,
        OUTPUT,
        INOUT
    }

    private final Model model;
    private final int index;
    private final String name;
    private final int width;
    private final int bytes;
    private final Direction direction;

    Port(Model model, long handle, int index) {
        this.model = model;
        this.index = index;
        this.name = NativeCore.h2_port_name(handle, index);
        this.width = NativeCore.h2_port_width(handle, index);
        this.bytes = NativeCore.h2_port_bytes(handle, index);
        this.direction = Direction.values()[NativeCore.h2_port_direction(handle, index)];
    }

    public String name() {
        return name;
    }

    /** In bits, at least 1. */
    public int width() {
        return width;
    }

    public Direction direction() {
        return direction;
    }

    int index() {
        return index;
    }

    boolean belongsTo(Model other) {
        return model == other;
    }

    /** The value, or the low 64 bits of a wider one. */
    public long get() {
        return NativeCore.h2_port_get(model.handle(), index);
    }

    /** The whole value, unsigned. */
    public BigInteger getWide() {
        long handle = model.handle();
        if (bytes <= 8) {
            return unsigned(NativeCore.h2_port_get(handle, index));
        }
        try (Memory memory = new Memory(bytes)) {
            NativeCore.h2_port_get_wide(handle, index, memory);
            BigInteger value = BigInteger.ZERO;
            for (int offset = bytes - 4; offset >= 0; offset -= 4) {
                value = value.shiftLeft(32).or(BigInteger.valueOf(Integer.toUnsignedLong(memory.getInt(offset))));
            }
            return value;
        }
    }

    /** Sets an input from the unsigned 64 bits of {@code value}, which must fit the port's width. */
    public void set(long value) {
        if (bytes > 8) {
            setWide(unsigned(value));
            return;
        }
        long handle = inputHandle();
        if (width < 64 && value >>> width != 0) {
            throw new IllegalArgumentException("0x%x does not fit port %s of %d bits".formatted(value, name, width));
        }
        NativeCore.h2_port_set(handle, index, value);
    }

    /** Sets an input; {@code value} is at least 0 and fits the port's width. */
    public void setWide(BigInteger value) {
        long handle = inputHandle();
        if (value.signum() < 0 || value.bitLength() > width) {
            throw new IllegalArgumentException("%s does not fit port %s of %d bits".formatted(value, name, width));
        }
        if (bytes <= 8) {
            NativeCore.h2_port_set(handle, index, value.longValue());
            return;
        }
        try (Memory memory = new Memory(bytes)) {
            for (int offset = 0; offset < bytes; offset += 4) {
                memory.setInt(offset, value.shiftRight(8 * offset).intValue());
            }
            NativeCore.h2_port_set_wide(handle, index, memory);
        }
    }

    private long inputHandle() {
        long handle = model.handle();
        if (direction != Direction.INPUT) {
            throw new IllegalArgumentException(
                    "port " + name + " is an " + direction.name().toLowerCase(Locale.ROOT) + " and cannot be set");
        }
        return handle;
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    @Override
    public String toString() {
        return direction.name().toLowerCase(Locale.ROOT) + " [" + (width - 1) + ":0] " + name;
    }
}
