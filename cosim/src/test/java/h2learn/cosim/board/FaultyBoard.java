package h2learn.cosim.board;

import h2learn.contract.Register;
import h2learn.host.MemoryAccess;
import h2learn.host.Transport;
import h2learn.host.TransportException;
import h2learn.host.driver.Board;
import java.util.HashMap;
import java.util.Map;

/** A board with faults between it and the driver. */
final class FaultyBoard implements Transport {
    private final Board sound;
    private final Map<Long, Integer> read = new HashMap<>();
    private long stuckAddress = -1;
    private int stuckBit;
    private boolean silent;

    FaultyBoard(Board sound) {
        this.sound = sound;
    }

    FaultyBoard reads(Register register, int value) {
        read.put((long) register.offset(), value);
        return this;
    }

    FaultyBoard neverAnswers() {
        silent = true;
        return this;
    }

    /** A bit of memory that is always 0 for the host. */
    FaultyBoard stuck(long address, int bit) {
        stuckAddress = address;
        stuckBit = bit;
        return this;
    }

    Board board() {
        return board(sound.memoryBytes());
    }

    Board board(long memoryBytes) {
        MemoryAccess memory = new MemoryAccess() {
            @Override
            public void write(long address, int[] words) {
                sound.memory().write(address, words);
            }

            @Override
            public int[] read(long address, int count) {
                int[] words = sound.memory().read(address, count);
                long index = (stuckAddress - address) / 4;
                if (stuckAddress >= address && index < count) {
                    words[(int) index] &= ~(1 << stuckBit);
                }
                return words;
            }
        };
        return new Board(this, memory, sound.memoryBase(), memoryBytes);
    }

    @Override
    public void write(long address, int[] words) {
        answer(address);
        sound.registers().write(address, words);
    }

    @Override
    public void writeEach(long[] addresses, int[] words) {
        answer(addresses[0]);
        sound.registers().writeEach(addresses, words);
    }

    @Override
    public int[] read(long address, int count) {
        answer(address);
        int[] words = sound.registers().read(address, count);
        for (int index = 0; index < count; index++) {
            words[index] = read.getOrDefault(address + 4L * index, words[index]);
        }
        return words;
    }

    @Override
    public int poll(long address, int mask, int value, long cycleBudget) {
        answer(address);
        return sound.registers().poll(address, mask, value, cycleBudget);
    }

    private void answer(long address) {
        if (silent) {
            throw new TransportException("no answer from the register at " + address);
        }
    }
}
