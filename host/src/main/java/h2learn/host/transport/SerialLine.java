package h2learn.host.transport;

import h2learn.host.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests to a bridge at the other end of a serial line, and its answers. A request whose answer does not come, or comes
 * damaged, is repeated: a read or write of the same words twice does no harm, as no register of the accelerator counts its
 * accesses but COMMAND, which this transport's users do not write.
 */
public final class SerialLine {
    private static final int TRIES = 3;
    private static final long PAUSE_NANOSECONDS = 100_000;

    private final InputStream in;
    private final OutputStream out;
    private final long patienceNanoseconds;

    /**
     * @param in from the bridge; must tell how many bytes are available
     * @param out to the bridge
     * @param patienceMilliseconds without a byte, at least 1, after which a request is repeated
     */
    public SerialLine(InputStream in, OutputStream out, long patienceMilliseconds) {
        if (patienceMilliseconds < 1) {
            throw new IllegalArgumentException("no answer comes within " + patienceMilliseconds + " ms");
        }
        this.in = in;
        this.out = out;
        patienceNanoseconds = patienceMilliseconds * 1_000_000;
    }

    /** Reads words; throws {@link TransportException} when that fails, with the address and the reason. */
    int[] read(int operation, long address, int count) {
        int[] words = new int[count];
        for (int done = 0; done < count; done += SerialProtocol.MAXIMUM_WORDS) {
            int length = Math.min(SerialProtocol.MAXIMUM_WORDS, count - done);
            ByteBuffer request = request(operation, address + 4L * done, length, 0);
            ByteBuffer answer = exchange(request, address + 4L * done, 4 * length);
            for (int index = 0; index < length; index++) {
                words[done + index] = answer.getInt();
            }
        }
        return words;
    }

    /** Writes words; throws as {@link #read}. */
    void write(int operation, long address, int[] words) {
        for (int done = 0; done < words.length; done += SerialProtocol.MAXIMUM_WORDS) {
            int length = Math.min(SerialProtocol.MAXIMUM_WORDS, words.length - done);
            ByteBuffer request = request(operation, address + 4L * done, length, 4 * length);
            for (int index = 0; index < length; index++) {
                request.putInt(words[done + index]);
            }
            exchange(request, address + 4L * done, 0);
        }
    }

    private static ByteBuffer request(int operation, long address, int words, int dataBytes) {
        ByteBuffer request = ByteBuffer.allocate(3 + 8 + dataBytes + 2).order(ByteOrder.LITTLE_ENDIAN);
        return request.put((byte) SerialProtocol.REQUEST)
                .put((byte) operation)
                .put((byte) (words - 1))
                .putLong(address);
    }

    /** Gives the answer's data. */
    private ByteBuffer exchange(ByteBuffer request, long address, int dataBytes) {
        request.putShort((short) SerialProtocol.crc(request.array(), request.position()));
        String reason = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                in.skipNBytes(in.available());
                out.write(request.array());
                out.flush();
                byte[] head = receive(2);
                int status = head[1] & 0xFF;
                byte[] rest = receive((status == SerialProtocol.DONE ? dataBytes : 0) + 2);
                ByteBuffer answer =
                        ByteBuffer.allocate(head.length + rest.length).order(ByteOrder.LITTLE_ENDIAN);
                answer.put(head).put(rest);
                int sealed = answer.capacity() - 2;
                if ((head[0] & 0xFF) != SerialProtocol.ANSWER
                        || (answer.getShort(sealed) & 0xFFFF) != SerialProtocol.crc(answer.array(), sealed)) {
                    reason = "the answer was damaged";
                } else if (status == SerialProtocol.DONE) {
                    return answer.position(head.length);
                } else if (status == SerialProtocol.BAD_REQUEST) {
                    reason = SerialProtocol.meaning(status);
                } else {
                    throw failed(address, SerialProtocol.meaning(status));
                }
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw failed(address, reason + ", " + TRIES + " times");
    }

    private static TransportException failed(long address, String reason) {
        return new TransportException(
                String.format(Locale.ROOT, "serial line, access to address 0x%X: %s", address, reason));
    }

    private byte[] receive(int count) throws IOException {
        byte[] bytes = new byte[count];
        int done = 0;
        long last = System.nanoTime();
        while (done < count) {
            int available = in.available();
            if (available > 0) {
                done += in.read(bytes, done, Math.min(available, count - done));
                last = System.nanoTime();
            } else if (System.nanoTime() - last > patienceNanoseconds) {
                throw new IOException("the bridge did not answer within " + patienceNanoseconds / 1_000_000 + " ms");
            } else {
                LockSupport.parkNanos(PAUSE_NANOSECONDS);
            }
        }
        return bytes;
    }
}
