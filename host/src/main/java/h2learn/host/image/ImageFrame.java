package h2learn.host.image;

import h2learn.config.InvalidInputException;
import h2learn.host.image.ImageFormat.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The outside of an image: whether the file is one, complete and unharmed, and where its sections lie. */
final class ImageFrame {
    private final String name;
    private final byte[] bytes;
    private final ByteBuffer file;

    ImageFrame(byte[] bytes, String name) {
        this.name = name;
        this.bytes = bytes;
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The sections' contents. Throws {@link InvalidInputException} at the first thing that is wrong. */
    Map<Section, ByteBuffer> sections() {
        preamble();
        if (file.getInt(12) != ImageFormat.HEADER_BYTES || bytes.length < smallest()) {
            throw refused("has a header of " + Integer.toUnsignedString(file.getInt(12)) + " bytes, not "
                    + ImageFormat.HEADER_BYTES + "; write it again");
        }
        Map<Section, ByteBuffer> sections = new EnumMap<>(Section.class);
        boolean whole = sealed(bytes.length);
        boolean header = sealed(ImageFormat.HEADER_BYTES);
        if (!header) {
            throw damaged("its header");
        }
        long offset = ImageFormat.HEADER_BYTES;
        for (Section section : Section.values()) {
            int at = ImageFormat.FIXED_BYTES + section.ordinal() * ImageFormat.TABLE_ENTRY_BYTES;
            long start = file.getLong(at + 8);
            long length = file.getLong(at + 16);
            long there = bytes.length - ImageFormat.TRAILER_BYTES - offset;
            if (file.getInt(at) != section.code()
                    || file.getInt(at + 4) != section.recordBytes()
                    || start != offset
                    || length < 0
                    || length > there
                    || ImageFormat.aligned(length) > there
                    || length % section.recordBytes() != 0) {
                throw refused("has a section table that is not that of version " + ImageFormat.VERSION + ", at "
                        + section + "; write it again");
            }
            if (ImageFormat.crc(bytes, (int) start, (int) length) != file.getInt(at + 24)) {
                throw damaged("the section " + section.name().toLowerCase(Locale.ROOT));
            }
            sections.put(section, file.slice((int) start, (int) length).order(ByteOrder.LITTLE_ENDIAN));
            offset = start + ImageFormat.aligned(length);
        }
        if (!whole || offset != bytes.length - ImageFormat.TRAILER_BYTES) {
            throw damaged("what lies between or behind its sections");
        }
        return sections;
    }

    private void preamble() {
        for (int at = 0; at < Math.min(bytes.length, ImageFormat.MAGIC.size()); at++) {
            if ((bytes[at] & 0xFF) != ImageFormat.MAGIC.get(at)) {
                throw refused("is no h2learn image: it does not begin like one; give a file that h2learn image wrote");
            }
        }
        if (bytes.length < ImageFormat.PREAMBLE_BYTES) {
            throw refused("is truncated: it has " + bytes.length + " bytes, less than the beginning of an image; "
                    + "copy it again");
        }
        if (!sealed(ImageFormat.PREAMBLE_BYTES)) {
            throw damaged("its first " + ImageFormat.PREAMBLE_BYTES + " bytes");
        }
        int version = file.getInt(8);
        if (version != ImageFormat.VERSION) {
            boolean newer = Integer.compareUnsigned(version, ImageFormat.VERSION) > 0;
            throw refused("is an image of version " + Integer.toUnsignedString(version) + ", this h2learn reads "
                    + ImageFormat.VERSION + "; " + (newer ? "take a newer h2learn, or " : "") + "write it again");
        }
        long declared = file.getLong(16);
        if (Long.compareUnsigned(declared, bytes.length) > 0) {
            throw refused("is truncated: it has " + bytes.length + " bytes of " + Long.toUnsignedString(declared)
                    + "; copy it again");
        }
        if (declared != bytes.length) {
            throw refused("has " + bytes.length + " bytes, " + (bytes.length - declared)
                    + " more than the image; copy it again");
        }
    }

    private static int smallest() {
        return ImageFormat.HEADER_BYTES + ImageFormat.TRAILER_BYTES;
    }

    /** Whether the last four of the first {@code count} bytes are the CRC-32 of those before. */
    private boolean sealed(int count) {
        return ImageFormat.crc(bytes, 0, count - 4) == file.getInt(count - 4);
    }

    private InvalidInputException damaged(String where) {
        return refused("is damaged: the checksum of " + where + " is wrong; copy or write it again");
    }

    private InvalidInputException refused(String problem) {
        return new InvalidInputException(name + ": " + problem);
    }
}
