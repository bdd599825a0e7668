package h2learn.cosim.simulation;

import com.sun.jna.Memory;

/**
 * What an external memory did, since it was opened or {@link ExternalMemory#clearStatistics} was called; a reset of the
 * model does not clear it.
 *
 * @param readBursts taken on AR
 * @param readBeats taken by the master on R
 * @param writeBursts taken on AW
 * @param writeBeats taken on W
 * @param errorAnswers beats on R and answers on B that were SLVERR or DECERR
 * @param stalledCycles cycles in which a channel had valid without ready
 * @param mostReads read bursts under way at once, at most
 * @param mostWrites write bursts under way at once, at most
 * @param reads read bursts under way now
 * @param writes write bursts under way now, one of which only data were taken too
 */
public record MemoryStatistics(
        long readBursts,
        long readBeats,
        long writeBursts,
        long writeBeats,
        long errorAnswers,
        StalledCycles stalledCycles,
        long mostReads,
        long mostWrites,
        long reads,
        long writes) {
    static final int BYTES = 14 * Long.BYTES;

    /** For AR, AW and W the memory was not ready; for R and B the master was not. */
    public record StalledCycles(long ar, long r, long aw, long w, long b) {}

    /** The layout is that of Statistics in h2_memory.h. */
    static MemoryStatistics read(Memory m) {
        long[] v = m.getLongArray(0, BYTES / Long.BYTES);
        return new MemoryStatistics(
                v[0],
                v[1],
                v[2],
                v[3],
                v[4],
                new StalledCycles(v[5], v[6], v[7], v[8], v[9]),
                v[10],
                v[11],
                v[12],
                v[13]);
    }
}
