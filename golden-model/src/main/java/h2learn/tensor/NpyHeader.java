package h2learn.tensor;

import h2learn.config.InvalidInputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The header of a .npy file, versions 1.0 to 3.0: NumPy's magic bytes, a version, a length and a Python dictionary.
 *
 * @param shape sizes, outermost first
 * @param order byte order of the elements
 * @param columnMajor whether the first index runs fastest (Fortran order)
 */
record NpyHeader(int[] shape, ElementType type, ByteOrder order, boolean columnMajor) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** NumPy itself trusts headers of up to 10,000 bytes. */
    private static final int LARGEST_HEADER = 10_000;

    private static final int ALIGNMENT = 64;
    /** NumPy leaves room for the first size to grow to so many digits. */
    private static final int GROWTH_DIGITS = 21;

    private static final Pattern ENTRY = Pattern.compile("\\G\\s*(['\"])(\\w+)\\1\\s*:\\s*"
            + "(?:(['\"])(?<text>[^'\"]*)\\3|(?<flag>True|False)|\\((?<sizes>[\\dL,\\s]*)\\))\\s*(?:,|(?=}))");
    private static final Pattern RECORDS = Pattern.compile("['\"]descr['\"]\\s*:\\s*\\[");
    /** Python 2 wrote an L behind a long number. */
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})L?");

    /**
     * Reads up to the first byte of the first element.
     *
     * @param name of the file, for errors
     * @throws InvalidInputException when it is no header or one of an array that cannot be read here
     */
    static NpyHeader read(DataInputStream stream, String name) throws IOException {
        byte[] start = stream.readNBytes(MAGIC.length);
        if (!Arrays.equals(start, MAGIC)) {
            throw new InvalidInputException(name + ": is no .npy file: it does not begin with NumPy's magic bytes");
        }
        int major = stream.readUnsignedByte();
        int minor = stream.readUnsignedByte();
        if (major < 1 || major > 3 || minor != 0) {
            throw new InvalidInputException(
                    name + ": has .npy version " + major + "." + minor + "; save it in version 1.0, 2.0 or 3.0");
        }
        byte[] sizeBytes = stream.readNBytes(major == 1 ? 2 : 4);
        ByteBuffer size = ByteBuffer.wrap(Arrays.copyOf(sizeBytes, 4)).order(ByteOrder.LITTLE_ENDIAN);
        long length = size.getInt() & 0xFFFFFFFFL;
        if (length > LARGEST_HEADER) {
            throw damaged(name, "its header claims " + length + " bytes");
        }
        byte[] bytes = stream.readNBytes((int) length);
        if (bytes.length < length) {
            throw truncated(name);
        }
        return parse(new String(bytes, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), name);
    }

    static InvalidInputException truncated(String name) {
        return new InvalidInputException(name + ": is truncated; save it again");
    }

    /** The header of version 1.0 that NumPy writes for a little-endian array in C order. */
    static byte[] write(NpyArray array) {
        int[] shape = array.shape();
        String sizes = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder("{'descr': '")
                .append(array.type().bytes() == 1 ? '|' : '<')
                .append(array.type().code())
                .append("', 'fortran_order': False, 'shape': (")
                .append(sizes)
                .append(shape.length == 1 ? ",), }" : "), }");
        if (shape.length > 0) {
            text.append(" ".repeat(GROWTH_DIGITS - Integer.toString(shape[0]).length()));
        }
        int fixed = MAGIC.length + 4;
        text.append(" ".repeat(Math.floorMod(-(fixed + text.length() + 1), ALIGNMENT)))
                .append('\n');
        return ByteBuffer.allocate(fixed + text.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length())
                .put(text.toString().getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    private static NpyHeader parse(String text, String name) {
        String dictionary = text.strip();
        if (!dictionary.startsWith("{") || !dictionary.endsWith("}")) {
            throw damaged(name, "its header is no dictionary");
        }
        @Nullable String description = null;
        @Nullable String order = null;
        @Nullable String sizes = null;
        int entries = 0;
        int end = 1;
        Matcher matcher = ENTRY.matcher(dictionary).region(1, dictionary.length());
        while (matcher.find()) {
            entries++;
            end = matcher.end();
            switch (matcher.group(2)) {
                case "descr" -> description = matcher.group("text");
                case "fortran_order" -> order = matcher.group("flag");
                case "shape" -> sizes = matcher.group("sizes");
                default -> throw damaged(name, "its header has an unknown key");
            }
        }
        if (RECORDS.matcher(dictionary).find()) {
            throw new InvalidInputException(name + ": is an array of records; save each field as an array of its own");
        }
        boolean complete = dictionary.substring(end, dictionary.length() - 1).isBlank();
        if (!complete || entries != 3 || description == null || order == null || sizes == null) {
            throw damaged(name, "its header does not hold descr, fortran_order and shape, each once");
        }
        ElementType type = type(description, name);
        ByteOrder byteOrder = description.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(shape(sizes, name), type, byteOrder, order.equals("True"));
    }

    private static ElementType type(String description, String name) {
        boolean ordered = !description.isEmpty() && "<>|=".indexOf(description.charAt(0)) >= 0;
        return ElementType.ofCode(ordered ? description.substring(1) : description)
                .orElseThrow(() -> new InvalidInputException(name + ": has elements of type "
                        + printable(description) + "; convert it to one of "
                        + Arrays.stream(ElementType.values())
                                .map(ElementType::code)
                                .collect(Collectors.joining(", "))));
    }

    private static int[] shape(String sizes, String name) {
        // a tuple of one size is written (3,), and split leaves out what follows the last comma when that is blank
        String[] parts = sizes.isBlank() ? new String[0] : sizes.strip().split("\\s*,\\s*");
        boolean tuple = sizes.isBlank() || (sizes.contains(",") && parts.length > 0);
        int[] shape = new int[parts.length];
        for (int index = 0; index < parts.length; index++) {
            Matcher matcher = SIZE.matcher(parts[index]);
            tuple &= matcher.matches();
            if (tuple) {
                shape[index] = (int) Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1)));
            }
        }
        if (!tuple) {
            throw damaged(name, "its shape (" + printable(sizes) + ") is no tuple of sizes");
        }
        if (shape.length > NpyArray.MAXIMUM_DIMENSIONS || NpyArray.elements(shape) < 0) {
            throw new InvalidInputException(name + ": its shape (" + printable(sizes) + ") exceeds "
                    + NpyArray.MAXIMUM_DIMENSIONS + " dimensions or " + NpyArray.MAXIMUM_ELEMENTS
                    + " elements; save it in parts");
        }
        return shape;
    }

    private static InvalidInputException damaged(String name, String why) {
        return new InvalidInputException(name + ": is damaged: " + why + "; save it again");
    }

    /** Text from a foreign file, shortened and without control characters. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "...";
    }
}
