package h2learn.host.transport;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a file or device in this process's memory, read and written in whole 32-bit words, each access one access. Java's
 * own FileChannel.map cannot map devices: their size is 0, and it tries to enlarge them.
 */
public final class MappedFile implements AutoCloseable {
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int READ_WRITE_SYNC = 0x101002;
    private static final int PROTECT_READ_WRITE = 3;
    private static final int SHARED = 1;
    private static final long PAGE = 4096;

    private final Pointer address;
    private final long mapped;
    private final ByteBuffer words;
    private boolean closed;

    /** The C library's functions, with the types of Linux on 64 bits. */
    private static final class LibC {
        static {
            Native.register("c");
        }

        private LibC() {}

        static native int open(String path, int flags) throws LastErrorException;

        static native int close(int file) throws LastErrorException;

        static native Pointer mmap(Pointer hint, long length, int protection, int flags, int file, long offset)
                throws LastErrorException;

        static native int munmap(Pointer address, long length) throws LastErrorException;
    }

    private MappedFile(Pointer address, long mapped, ByteBuffer words) {
        this.address = address;
        this.mapped = mapped;
        this.words = words;
    }

    /**
     * Maps a part of a file.
     *
     * @param file for example {@code /dev/mem}, {@code /dev/uio0} or an ordinary file
     * @param offset of the first byte, a multiple of 4
     * @param bytes 4 to 2^31 - 4096, a multiple of 4
     * @throws InvalidInputException when it cannot be mapped, with the reason
     */
    public static MappedFile open(Path file, long offset, long bytes) {
        if (offset < 0 || offset % 4 != 0 || bytes < 4 || bytes % 4 != 0 || bytes > Integer.MAX_VALUE - PAGE) {
            throw new InvalidInputException(file + ": cannot map " + bytes + " bytes at offset " + offset
                    + "; both are multiples of 4, and at most 2 GiB less 4 KiB are mapped");
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) - bytes < offset) {
                throw new InvalidInputException(file + ": has " + Files.size(file) + " bytes, but " + bytes
                        + " at offset " + offset + " are to be mapped; name a larger file");
            }
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be mapped: " + IoReason.of(e));
        }
        long inPage = offset % PAGE;
        long mapped = (inPage + bytes + PAGE - 1) / PAGE * PAGE;
        try {
            int descriptor = LibC.open(file.toString(), READ_WRITE_SYNC);
            try {
                Pointer address =
                        LibC.mmap(Pointer.NULL, mapped, PROTECT_READ_WRITE, SHARED, descriptor, offset - inPage);
                ByteBuffer words = address.getByteBuffer(inPage, bytes).order(ByteOrder.LITTLE_ENDIAN);
                return new MappedFile(address, mapped, words);
            } finally {
                LibC.close(descriptor);
            }
        } catch (LastErrorException e) {
            throw new InvalidInputException(file + ": cannot be mapped: " + reason(e)
                    + "; give a device or file that may be read and written, as root for /dev/mem");
        }
    }

    private static String reason(LastErrorException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.substring(message.indexOf(']') + 1).trim();
    }

    /** Bytes of the part. */
    public long bytes() {
        return words.capacity();
    }

    /** Reads the word at a byte offset, a multiple of 4. Throws {@link IndexOutOfBoundsException}. */
    public int read(long offset) {
        return (int) WORD.getVolatile(open(), Math.toIntExact(offset));
    }

    /** Writes the word at a byte offset, a multiple of 4. Throws {@link IndexOutOfBoundsException}. */
    public void write(long offset, int word) {
        WORD.setVolatile(open(), Math.toIntExact(offset), word);
    }

    private ByteBuffer open() {
        if (closed) {
            throw new IllegalStateException("the file is no longer mapped");
        }
        return words;
    }

    /** Ends the mapping. A second call does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LibC.munmap(address, mapped);
        }
    }
}
