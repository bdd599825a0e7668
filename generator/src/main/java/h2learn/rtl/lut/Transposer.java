package h2learn.rtl.lut;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import java.util.ArrayList;
import java.util.List;

/**
 * Transposes N x N bits: takes N words of N bits, gives N words of which word j holds bit j of each word taken, first
 * word in bit 0. Two buffers: one fills while the other is read, one word a cycle each way.
 */
public final class Transposer extends Circuit {
    public final Bool inputValid = in(bool());
    public final Bits inputWord;
    /** A buffer is free for a further block of N words. */
    public final Bool room = out(bool());
    /** Takes a free buffer for a block whose N words will come; only with {@code room}. */
    public final Bool reserve = in(bool());

    public final Bool outputValid = out(bool());
    public final Bits outputWord;
    public final Bool outputTaken = in(bool());

    final List<List<Bits>> buffer = new ArrayList<>();
    final UInt writeIndex;
    final UInt readIndex;
    final Bool writeBank = reg(bool()).init(false);
    final Bool readBank = reg(bool()).init(false);
    final UInt reserved = reg(uint(2)).init(0);
    final UInt full = reg(uint(2)).init(0);

    public Transposer(int lanes) {
        moduleName("Transposer_N" + lanes);
        int indexBits = AcceleratorConfig.ceilLog2(lanes);
        inputWord = in(bits(lanes));
        outputWord = out(bits(lanes));
        writeIndex = reg(uint(indexBits)).init(0);
        readIndex = reg(uint(indexBits)).init(0);
        for (int bank = 0; bank < 2; bank++) {
            List<Bits> words = new ArrayList<>();
            for (int word = 0; word < lanes; word++) {
                Bits register = reg(bits(lanes));
                words.add(register);
                Bool mine = writeIndex.eq(word).and(bank == 0 ? writeBank.not() : writeBank);
                when(inputValid.and(mine), () -> register.assign(inputWord));
            }
            buffer.add(words);
        }
        Bool inputDone = inputValid.and(writeIndex.eq(lanes - 1));
        Bool outputDone = outputTaken.and(readIndex.eq(lanes - 1));
        when(inputValid, () -> writeIndex.assign(writeIndex.add(1)));
        when(outputTaken, () -> readIndex.assign(readIndex.add(1)));
        when(inputDone, () -> writeBank.assign(writeBank.not()));
        when(outputDone, () -> readBank.assign(readBank.not()));
        when(inputDone.and(outputDone.not()), () -> full.assign(full.add(1)));
        when(outputDone.and(inputDone.not()), () -> full.assign(full.sub(1)));
        when(reserve.and(outputDone.not()), () -> reserved.assign(reserved.add(1)));
        when(outputDone.and(reserve.not()), () -> reserved.assign(reserved.sub(1)));
        // A buffer is free in the very cycle of its last word: the next block's first word comes a cycle later at the
        // earliest.
        room.assign(reserved.ne(2).or(outputDone));
        outputValid.assign(full.ne(0));
        List<Bits> columns = new ArrayList<>();
        for (int word = 0; word < lanes; word++) {
            Bits active = mux(readBank, buffer.get(1).get(word), buffer.get(0).get(word));
            columns.add(active.bit(readIndex).asBits());
        }
        outputWord.assign(Bits.concat(columns));
    }
}
