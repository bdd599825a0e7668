package h2learn.host.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a stage is cut up: groups of output blocks one after the other; in each, tiles of rows and samples.
 *
 * @param groups output blocks, group by group
 * @param rows rows of every tile
 * @param samples most samples of a tile
 * @param buffers 2 where a tile is loaded while another is worked on, 1 where only one fits
 */
record Tiling(List<Range> groups, List<Range> rows, int samples, int buffers) {

    /** What one tile takes of the accelerator. */
    interface Demand {
        /** Adds to {@code fit} what is missing for {@code buffers} tiles of these blocks, rows and samples. */
        void check(Fit fit, Range group, Range rows, int samples, int buffers);
    }

    /**
     * What is to be cut up.
     *
     * @param blocks output blocks
     * @param rows rows of the image
     * @param rowUnit a tile begins at a multiple of so many rows
     * @param samples most samples
     */
    record Whole(int blocks, int rows, int rowUnit, int samples) {
        private List<Range> cut(int units) {
            List<Range> tiles = new ArrayList<>();
            int tile = units * rowUnit;
            int from = 0;
            // Rows behind the last unit, which no pool reads, belong to the last tile.
            while (rows - from >= tile + rowUnit) {
                tiles.add(new Range(from, from + tile));
                from += tile;
            }
            tiles.add(new Range(from, rows));
            return List.copyOf(tiles);
        }

        private int units() {
            return Math.max(1, rows / rowUnit);
        }
    }

    /**
     * The fewest groups, then the fewest tiles, with two buffers if at all possible: whole images and as many samples as
     * fit, or else one sample and as many rows as fit. Empty when not even the smallest tile fits.
     */
    static Optional<Tiling> largest(Whole whole, Demand demand) {
        for (int buffers = 2; buffers > 0; buffers--) {
            int before = 0;
            for (int count = 1; count <= whole.blocks(); count++) {
                int blocks = Range.even(whole.blocks(), (whole.blocks() + count - 1) / count);
                if (blocks == before) {
                    continue;
                }
                before = blocks;
                Optional<Tiling> found = largest(whole, demand, Range.pieces(whole.blocks(), blocks), buffers);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Tiling> largest(Whole whole, Demand demand, List<Range> groups, int buffers) {
        int before = 0;
        for (int count = 1; count <= whole.units(); count++) {
            int units = Range.even(whole.units(), (whole.units() + count - 1) / count);
            if (units == before) {
                continue;
            }
            before = units;
            Tiling tiling = new Tiling(groups, whole.cut(units), 1, buffers);
            if (tiling.fits(demand)) {
                return Optional.of(count == 1 ? tiling.withMostSamples(whole.samples(), demand) : tiling);
            }
        }
        return Optional.empty();
    }

    private Tiling withMostSamples(int most, Demand demand) {
        int samples = 1;
        while (samples < most && new Tiling(groups, rows, samples + 1, buffers).fits(demand)) {
            samples++;
        }
        return new Tiling(groups, rows, Range.even(most, samples), buffers);
    }

    private boolean fits(Demand demand) {
        for (Range group : groups) {
            for (Range tile : rows) {
                Fit fit = new Fit();
                demand.check(fit, group, tile, samples, buffers);
                if (!fit.good()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the first of the smallest tiles that do not fit lacks, each a clause; empty when all fit. */
    static List<String> problems(Whole whole, Demand demand) {
        for (Range group : Range.pieces(whole.blocks(), 1)) {
            for (Range rows : whole.cut(1)) {
                Fit fit = new Fit();
                demand.check(fit, group, rows, 1, 1);
                if (!fit.good()) {
                    return fit.problems();
                }
            }
        }
        return List.of();
    }

    /** Tiles of a step: the work that is loaded and computed at a time. */
    int tiles(int minibatch) {
        return groups.size() * rows.size() * Range.pieces(minibatch, samples).size();
    }
}
