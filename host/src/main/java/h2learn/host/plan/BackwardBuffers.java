package h2learn.host.plan;

/** Where the tiles of a {@link BackwardStage} lie in the scratchpads, one buffer behind the other. */
final class BackwardBuffers {
    private final BackwardPart part;
    private final int traceWords;
    private final int spikeWords;
    private final int sumWords;
    private final int samples;

    BackwardBuffers(BackwardPart part, Tiling tiling) {
        this.part = part;
        samples = tiling.samples();
        int trace = 0;
        int spike = 0;
        int sum = 0;
        for (Range group : tiling.groups()) {
            for (Range rows : tiling.rows()) {
                trace = Math.max(trace, part.traceWords(group, rows));
                spike = Math.max(spike, part.spikeWords(group, rows));
                sum = Math.max(sum, part.sumWords(group, rows));
            }
        }
        traceWords = trace * samples;
        spikeWords = spike * samples;
        sumWords = sum * samples;
    }

    /**
     * First scratchpad words of one tile.
     *
     * @param above gu of the layer above
     * @param pool traces of the pool between
     * @param ownTrace traces of the layer
     * @param ownSpikes its spikes
     * @param input spikes that it reads
     * @param sums of gu over time
     * @param labels of the samples
     */
    record Words(int above, int pool, int ownTrace, int ownSpikes, int input, int sums, int labels) {}

    Words words(Range group, Range rows, int tileSamples, int buffer) {
        int above = buffer * traceWords;
        int pool = above + tileSamples * part.aboveWords(rows);
        int own = pool + tileSamples * part.poolWords(group, rows);
        int spikes = buffer * spikeWords;
        return new Words(
                above,
                pool,
                own,
                spikes,
                spikes + tileSamples * part.ownWords(group, rows),
                buffer * sumWords,
                buffer * samples);
    }
}
