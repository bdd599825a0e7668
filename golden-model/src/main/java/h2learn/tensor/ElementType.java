package h2learn.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What one element of an array is in a file, with NumPy's code for it. */
public enum ElementType {
    BOOLEAN("b1", 1, 0, 1),
    UINT8("u1", 1, 0, 255),
    INT8("i1", 1, Byte.MIN_VALUE, Byte.MAX_VALUE),
    INT16("i2", 2, Short.MIN_VALUE, Short.MAX_VALUE),
    INT32("i4", 4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT64("i8", 8, Long.MIN_VALUE, Long.MAX_VALUE),
    FLOAT32("f4", 4, 0, 0),
    FLOAT64("f8", 8, 0, 0);

    private final String code;
    private final int bytes;
    private final long minimum;
    private final long maximum;

    ElementType(String code, int bytes, long minimum, long maximum) {
        this.code = code;
        this.bytes = bytes;
        this.minimum = minimum;
        this.maximum = maximum;
    }

    /** The type of a NumPy code without byte order, such as {@code f8}. */
    public static Optional<ElementType> ofCode(String code) {
        for (ElementType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** NumPy's code without byte order, such as {@code f8}. */
    public String code() {
        return code;
    }

    /** Bytes of an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are floating-point numbers; all others are integers. */
    public boolean isReal() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** Whether an integer type holds the value. */
    boolean holds(long value) {
        return value >= minimum && value <= maximum;
    }

    long getInteger(ByteBuffer buffer) {
        return switch (this) {
            case BOOLEAN -> buffer.get() != 0 ? 1 : 0;
            case UINT8 -> buffer.get() & 0xFF;
            case INT8 -> buffer.get();
            case INT16 -> buffer.getShort();
            case INT32 -> buffer.getInt();
            case INT64 -> buffer.getLong();
            case FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is no integer type");
        };
    }

    void putInteger(ByteBuffer buffer, long value) {
        switch (this) {
            case BOOLEAN, UINT8, INT8 -> buffer.put((byte) value);
            case INT16 -> buffer.putShort((short) value);
            case INT32 -> buffer.putInt((int) value);
            case INT64 -> buffer.putLong(value);
            case FLOAT32, FLOAT64 -> throw new IllegalStateException(this + " is no integer type");
        }
    }

    double getReal(ByteBuffer buffer) {
        return this == FLOAT32 ? buffer.getFloat() : buffer.getDouble();
    }

    void putReal(ByteBuffer buffer, double value) {
        if (this == FLOAT32) {
            buffer.putFloat((float) value);
        } else {
            buffer.putDouble(value);
        }
    }
}
