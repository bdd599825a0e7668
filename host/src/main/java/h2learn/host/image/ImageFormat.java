package h2learn.host.image;

import java.util.List;
import java.util.zip.CRC32;

/** The numbers of the file format, which writer and reader share; docs/13-driver.md describes it. Little-endian. */
final class ImageFormat {
    /** Like that of PNG: a first byte that is no text, and line ends that a transfer as text would change. */
    static final List<Integer> MAGIC = List.of(0x89, 'H' & 0xFF, '2' & 0xFF, 'L' & 0xFF, 'I' & 0xFF, 0x0D, 0x0A, 0x1A);

    static final int VERSION = 1;
    /** The part of the header that is the same in all versions. */
    static final int PREAMBLE_BYTES = 32;

    static final int FIXED_BYTES = 80;
    static final int TABLE_ENTRY_BYTES = 32;
    static final int HEADER_BYTES = FIXED_BYTES + Section.values().length * TABLE_ENTRY_BYTES + 8;
    /** At the end of the file: zeros and the CRC-32 of all before it. */
    static final int TRAILER_BYTES = 8;

    static final int ALIGNMENT = 8;
    /** Alignment of regions in external memory. */
    static final int REGION_ALIGNMENT = 64;

    private ImageFormat() {}

    /** The sections, in the order in which they stand in the file; the code in the table counts from 1. */
    enum Section {
        TEXT(1),
        REGIONS(32),
        LAYERS(32),
        STAGES(32),
        WRITES(24),
        CHECKS(24),
        COMMANDS(64),
        DATA(8);

        private final int recordBytes;

        Section(int recordBytes) {
            this.recordBytes = recordBytes;
        }

        int code() {
            return ordinal() + 1;
        }

        int recordBytes() {
            return recordBytes;
        }
    }

    /** CRC-32 (that of zip and Ethernet) of some bytes. */
    static int crc(byte[] bytes, int from, int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }

    static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
