package h2learn.host.program;

import h2learn.model.machine.Space;

/**
 * Words of one space that a command reads or writes: {@code count} runs of {@code length} words, each {@code stride}
 * words behind the one before.
 *
 * @param first the first word
 * @param count runs, at least 1
 * @param stride at least {@code length} where runs do not overlap
 * @param length words of a run, at least 1
 */
public record Access(Space space, Use use, long first, long count, long stride, long length) {
    /** What the command does with the words. */
    public enum Use {
        /** Reads them, and what they hold counts. */
        READ,
        /** Reads ds that BACKWARD has written: only where its point is not marked empty and the window is open. */
        READ_SPARSE,
        /** Reads them, and what they hold counts for nothing but the words of {@link #WRITE_PASSED}. */
        READ_PASSED,
        /** Writes all of them. */
        WRITE,
        /** Writes ds, but not of points marked empty nor where the window is closed. */
        WRITE_SPARSE,
        /** Writes all of them with what the command found in those of {@link #READ_PASSED}. */
        WRITE_PASSED;

        public boolean writes() {
            return this == WRITE || this == WRITE_SPARSE || this == WRITE_PASSED;
        }
    }

    /** Takes a run of words, {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    public interface Runs {
        void run(long from, long to);
    }

    public Access {
        if (count < 1 || length < 1) {
            throw new IllegalArgumentException("no access to " + count + " runs of " + length + " words");
        }
        if (count == 1 || stride == length) {
            length *= count;
            stride = length;
            count = 1;
        }
    }

    /** The word behind the last. */
    public long end() {
        return first + (count - 1) * stride + length;
    }

    /** Hands over all runs, first to last. */
    public void runs(Runs taker) {
        for (long run = 0; run < count; run++) {
            taker.run(first + run * stride, first + run * stride + length);
        }
    }

    /** Whether {@code word} is one of the words. */
    public boolean has(long word) {
        long offset = word - first;
        if (offset < 0 || word >= end()) {
            return false;
        }
        if (stride >= length) {
            return offset % stride < length;
        }
        return true;
    }
}
