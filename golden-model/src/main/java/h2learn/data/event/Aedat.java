package h2learn.data.event;

import h2learn.config.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** AEDAT recordings, versions 2.0 (DVS128, DAVIS) and 3.1 (polarity events of any camera). */
final class Aedat {
    private static final int MAXIMUM_HEADER_BYTES = 1 << 16;
    private static final int EVENT_BYTES = 8;
    private static final int PACKET_HEADER_BYTES = 28;
    private static final int POLARITY_PACKET = 1;
    private static final int DVS128_SIDE = 128;

    private final String file;
    private final ByteBuffer bytes;
    private int at;

    private Aedat(String file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static EventList read(String file, ByteBuffer bytes) {
        return new Aedat(file, bytes).read();
    }

    private EventList read() {
        List<String> header = header();
        String version = header.isEmpty() ? "" : header.get(0);
        if (version.startsWith("#!AER-DAT3")) {
            return packets();
        }
        if (version.startsWith("#!AER-DAT2")) {
            return addresses(header);
        }
        throw new InvalidInputException(file + ": begins with \""
                + version.substring(0, Math.min(20, version.length()))
                + "\"; only AEDAT 2.0 and 3.1 are read, convert the recording to one of them or to .npy");
    }

    /** Lines that begin with #; 3.1 ends them explicitly. */
    private List<String> header() {
        List<String> lines = new ArrayList<>();
        while (at < bytes.capacity() && bytes.get(at) == '#') {
            int end = at;
            while (end < bytes.capacity() && bytes.get(end) != '\n') {
                end++;
                if (end > MAXIMUM_HEADER_BYTES) {
                    throw new InvalidInputException(file + ": its header does not end; it is damaged");
                }
            }
            byte[] line = new byte[end - at];
            bytes.get(at, line);
            lines.add(new String(line, StandardCharsets.ISO_8859_1).strip());
            at = Math.min(end + 1, bytes.capacity());
            if (lines.get(lines.size() - 1).startsWith("#!END-HEADER")) {
                break;
            }
        }
        return lines;
    }

    /** Version 3.1: packets of one kind of event each, little-endian. */
    private EventList packets() {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        EventList events = new EventList((bytes.capacity() - at) / EVENT_BYTES);
        while (at < bytes.capacity()) {
            if (bytes.capacity() - at < PACKET_HEADER_BYTES) {
                throw truncated();
            }
            int type = bytes.getShort(at) & 0xFFFF;
            int size = bytes.getInt(at + 4);
            long overflow = bytes.getInt(at + 12) & 0xFFFFFFFFL;
            int count = bytes.getInt(at + 20);
            at += PACKET_HEADER_BYTES;
            if (size < 1 || count < 0 || (long) size * count > bytes.capacity() - at) {
                throw truncated();
            }
            if (type == POLARITY_PACKET) {
                if (size != EVENT_BYTES) {
                    throw new InvalidInputException(
                            file + ": has polarity events of " + size + " bytes, not 8; it is damaged");
                }
                for (int event = 0; event < count; event++) {
                    polarity(
                            bytes.getInt(at + event * EVENT_BYTES),
                            bytes.getInt(at + event * EVENT_BYTES + 4),
                            overflow,
                            events);
                }
            }
            at += size * count;
        }
        return events;
    }

    private static void polarity(int data, int time, long overflow, EventList events) {
        boolean valid = (data & 1) != 0;
        if (valid) {
            events.add(data >>> 17, data >>> 2 & 0x7FFF, overflow << 31 | time & 0x7FFFFFFFL, (data & 2) != 0);
        }
    }

    /** Version 2.0: address and microseconds, big-endian; the camera gives the address its meaning. */
    private EventList addresses(List<String> header) {
        boolean davis =
                header.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("davis"));
        if ((bytes.capacity() - at) % EVENT_BYTES != 0) {
            throw truncated();
        }
        bytes.order(ByteOrder.BIG_ENDIAN);
        EventList events = new EventList((bytes.capacity() - at) / EVENT_BYTES);
        for (; at < bytes.capacity(); at += EVENT_BYTES) {
            int address = bytes.getInt(at);
            long time = bytes.getInt(at + 4) & 0xFFFFFFFFL;
            if (!davis) {
                // jAER counts the columns of the DVS128 from the right
                events.add(DVS128_SIDE - 1 - (address >>> 1 & 0x7F), address >>> 8 & 0x7F, time, (address & 1) == 0);
            } else if (address >= 0) {
                events.add(address >>> 12 & 0x3FF, address >>> 22 & 0x1FF, time, (address >>> 11 & 1) != 0);
            }
        }
        return events;
    }

    private InvalidInputException truncated() {
        return new InvalidInputException(file + ": ends within an event or a packet; it is truncated or damaged");
    }
}
