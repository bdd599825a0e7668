package h2learn.cosim.transfer;

import h2learn.contract.Scratchpad;
import h2learn.cosim.transfer.TransferBench.Transfer;
import java.util.List;
import java.util.SplittableRandom;

/** Draws transfers that lie in the memory and in a scratchpad: short and long rows, any start, close, far and equal rows. */
final class RandomTransfers {
    private static final int MOST_BEATS = 3000;

    private final TransferBench bench;
    private final SplittableRandom random;

    RandomTransfers(TransferBench bench, SplittableRandom random) {
        this.bench = bench;
        this.random = random;
    }

    Transfer next() {
        List<Scratchpad> all = bench.map().scratchpads();
        return next(all.get(random.nextInt(all.size())));
    }

    Transfer next(Scratchpad scratchpad) {
        int depth = bench.words(scratchpad);
        int beats = bench.beats(scratchpad);
        int rows = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(12);
        int mostWords = Math.max(1, MOST_BEATS / beats / rows);
        int rowWords = 1 + random.nextInt(random.nextBoolean() ? Math.min(depth, 4) : Math.min(depth, mostWords));
        // Rows on top of each other happen: the later one wins.
        int room = depth - rowWords;
        int stride = rows == 1 ? random.nextInt(1 << 20) : random.nextInt(room / (rows - 1) + 1);
        if (rows > 1 && random.nextInt(3) == 0) {
            stride = Math.min(rowWords, room / (rows - 1));
        }
        int word = random.nextInt(room - (rows == 1 ? 0 : (rows - 1) * stride) + 1);

        int rowBytes = 4 * rowWords * beats;
        int rowRoom = TransferBench.BYTES - rowBytes;
        int most = rows == 1 ? rowRoom : Math.min(rowRoom / (rows - 1), 2 * rowBytes + 256);
        int byteStride = random.nextInt(3) == 0 ? Math.min(rowBytes, most & -4) : 4 * random.nextInt(most / 4 + 1);
        int span = (rows - 1) * byteStride + rowBytes;
        int offset = 4 * random.nextInt((TransferBench.BYTES - span) / 4 + 1);
        if (random.nextInt(4) == 0) {
            // Ends, or begins, near a multiple of 4 KiB.
            int near = (offset & -4096) + 4 * random.nextInt(4);
            offset = Math.max(0, Math.min(near, TransferBench.BYTES - span));
        }
        return new Transfer(scratchpad, word, stride, rows, rowWords, TransferBench.BASE + offset, byteStride);
    }
}
