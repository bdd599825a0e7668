package h2learn.host.transport;

import h2learn.host.MemoryAccess;
import h2learn.host.Transport;
import h2learn.host.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * The bridge's end of a serial line, byte by byte as hardware would do it: looks for a beginning, collects a request, checks
 * it, accesses, answers. The line may lose and damage bytes.
 */
final class SerialPeer {
    private final Transport registers;
    private final MemoryAccess memory;
    private final Random random = new Random(4);
    private final Deque<Byte> toHost = new ArrayDeque<>();
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private int faultsIn;

    SerialPeer(Transport registers, MemoryAccess memory) {
        this.registers = registers;
        this.memory = memory;
    }

    /** One byte of so many, in either direction, is damaged or lost; 0 for none. */
    void faults(int oneIn) {
        faultsIn = oneIn;
    }

    OutputStream fromHost() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                line(value & 0xFF);
            }

            /** A pause between requests: what is incomplete is dropped, as a bridge does after a time-out. */
            @Override
            public void flush() {
                collected.reset();
            }
        };
    }

    InputStream toHost() {
        return new InputStream() {
            @Override
            public int read() {
                Byte next = toHost.poll();
                return next == null ? -1 : next & 0xFF;
            }

            @Override
            public int available() {
                return toHost.size();
            }
        };
    }

    private boolean fault() {
        return faultsIn > 0 && random.nextInt(faultsIn) == 0;
    }

    private void line(int value) {
        if (fault()) {
            if (random.nextBoolean()) {
                return;
            }
            value ^= 1 << random.nextInt(8);
        }
        if (collected.size() > 0 || value == SerialProtocol.REQUEST) {
            collected.write(value);
        }
        byte[] bytes = collected.toByteArray();
        if (bytes.length >= 3) {
            int words = (bytes[2] & 0xFF) + 1;
            int due = 3 + 8 + (isWrite(bytes[1]) ? 4 * words : 0) + 2;
            if (bytes.length == due) {
                collected.reset();
                answer(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), words);
            }
        }
    }

    private void answer(ByteBuffer request, int words) {
        int sealed = request.limit() - 2;
        if ((request.getShort(sealed) & 0xFFFF) != SerialProtocol.crc(request.array(), sealed)
                || request.get(1) > SerialProtocol.WRITE_MEMORY
                || request.get(1) < 0) {
            send(SerialProtocol.BAD_REQUEST, new int[0]);
            return;
        }
        long address = request.getLong(3);
        int[] data = new int[words];
        try {
            if (isWrite(request.get(1))) {
                request.position(11);
                request.asIntBuffer().get(data);
            }
            switch (request.get(1)) {
                case SerialProtocol.READ_REGISTERS -> send(SerialProtocol.DONE, registers.read(address, words));
                case SerialProtocol.READ_MEMORY -> send(SerialProtocol.DONE, memory.read(address, words));
                case SerialProtocol.WRITE_REGISTERS -> {
                    registers.write(address, data);
                    send(SerialProtocol.DONE, new int[0]);
                }
                default -> {
                    memory.write(address, data);
                    send(SerialProtocol.DONE, new int[0]);
                }
            }
        } catch (TransportException silent) {
            send(SerialProtocol.NO_ANSWER, new int[0]);
        } catch (IndexOutOfBoundsException beyond) {
            send(SerialProtocol.NO_SUCH_ADDRESS, new int[0]);
        }
    }

    private void send(int status, int[] words) {
        ByteBuffer answer = ByteBuffer.allocate(2 + 4 * words.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        answer.put((byte) SerialProtocol.ANSWER).put((byte) status);
        for (int word : words) {
            answer.putInt(word);
        }
        answer.putShort((short) SerialProtocol.crc(answer.array(), answer.position()));
        for (byte each : answer.array()) {
            if (!fault()) {
                toHost.add(each);
            } else if (random.nextBoolean()) {
                toHost.add((byte) (each ^ 1 << random.nextInt(8)));
            }
        }
    }

    /** Whether a request of this kind carries words, and its answer none. */
    private static boolean isWrite(int operation) {
        return operation == SerialProtocol.WRITE_REGISTERS || operation == SerialProtocol.WRITE_MEMORY;
    }
}
