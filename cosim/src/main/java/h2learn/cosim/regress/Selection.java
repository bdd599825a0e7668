package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which cases a regression runs.
 *
 * @param seed that they are drawn from
 * @param count of the whole regression, all shards together, 1 or more
 * @param casesPerAccelerator how many cases follow each other on one accelerator, which is built once; 1 or more
 * @param shard which part of them
 */
public record Selection(long seed, int count, int casesPerAccelerator, Shard shard) {
    public Selection {
        if (seed < 0 || count < 1 || casesPerAccelerator < 1) {
            throw new IllegalArgumentException("a seed is 0 or more, counts are 1 or more");
        }
    }

    /** Those of the shard, in their order. */
    public List<CaseId> cases() {
        return IntStream.range(shard.from(count), shard.to(count))
                .mapToObj(index -> CaseId.at(seed, index, casesPerAccelerator))
                .toList();
    }

    /** The same of another part. */
    public Selection with(Shard other) {
        return new Selection(seed, count, casesPerAccelerator, other);
    }
}
