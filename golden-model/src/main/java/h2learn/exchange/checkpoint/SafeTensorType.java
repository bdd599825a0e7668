package h2learn.exchange.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What one element of a tensor is in a .safetensors file. The names are the format's own. */
enum SafeTensorType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I32(4),
    I16(2),
    I8(1),
    U8(1);

    private final int bytes;

    SafeTensorType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<SafeTensorType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    int bytes() {
        return bytes;
    }

    double[] values(ByteBuffer data, int begin, int count) {
        double[] values = new double[count];
        for (int index = 0; index < count; index++) {
            values[index] = value(data, begin + index * bytes);
        }
        return values;
    }

    private double value(ByteBuffer data, int at) {
        return switch (this) {
            case F64 -> data.getDouble(at);
            case F32 -> data.getFloat(at);
            case F16 -> half(data.getShort(at));
            case BF16 -> Float.intBitsToFloat(data.getShort(at) << 16);
            case I32 -> data.getInt(at);
            case I16 -> data.getShort(at);
            case I8 -> data.get(at);
            case U8 -> data.get(at) & 0xFF;
        };
    }

    /** IEEE 754 binary16. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude =
                switch (exponent) {
                    case 0 -> Math.scalb((double) fraction, -24);
                    case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
                };
        return bits < 0 ? -magnitude : magnitude;
    }
}
