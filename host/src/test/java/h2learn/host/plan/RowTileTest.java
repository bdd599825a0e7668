package h2learn.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.host.LayerGeometry;
import h2learn.network.LayerShape.Extent;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tiles of rows have the whole layer's connections between their rows, found by counting. */
class RowTileTest {
    private static final int GEOMETRIES = 400;

    private final Random random = new Random(1);

    @Test
    void outputRowsReadWhatTheyReadInTheWholeLayer() {
        for (int index = 0; index < GEOMETRIES; index++) {
            LayerGeometry geometry = geometry();
            Range output = part(geometry.output().height());
            RowTile tile = RowTile.reading(geometry, output);
            assertEquals(connections(geometry, output, null), connections(tile, geometry), () -> geometry + " " + tile);
        }
    }

    @Test
    void inputRowsAreReadAsInTheWholeLayer() {
        for (int index = 0; index < GEOMETRIES; index++) {
            LayerGeometry geometry = geometry();
            Range input = part(geometry.input().height());
            RowTile tile = RowTile.readers(geometry, input, index % 2 == 0);
            Range all = Range.all(geometry.output().height());
            assertEquals(connections(geometry, all, input), connections(tile, geometry), () -> geometry + " " + tile);
            assertTrue(tile.topPadding() >= 0, () -> geometry + " " + tile);
        }
    }

    @Test
    void allRowsOfALayerAreTheWholeLayer() {
        for (int index = 0; index < GEOMETRIES; index++) {
            LayerGeometry geometry = geometry();
            Range input = Range.all(geometry.input().height());
            Range output = Range.all(geometry.output().height());
            RowTile whole = new RowTile(input, output, geometry.padding(), Range.all(geometry.kernelHeight()));
            assertEquals(whole, RowTile.reading(geometry, output), geometry.toString());
            assertEquals(whole, RowTile.readers(geometry, input, true), geometry.toString());
            assertEquals(whole, RowTile.readers(geometry, input, false), geometry.toString());
        }
    }

    @Test
    void aDenseLayerAboveAnImageIsCutThroughItsKernel() {
        Extent image = new Extent(3, 28, 28);
        LayerGeometry dense = new LayerGeometry(image, new Extent(10, 1, 1), 28, 28, 1, 0, false);
        Range rows = new Range(20, 24);
        assertEquals(new RowTile(rows, Range.all(1), 0, rows), RowTile.readers(dense, rows, true));
        assertEquals(new RowTile(rows, Range.all(1), 20, Range.all(28)), RowTile.readers(dense, rows, false));
    }

    private LayerGeometry geometry() {
        int height = between(1, 12);
        int kernel = between(1, Math.min(7, height + 2));
        int padding = between(kernel > height ? (kernel - height + 1) / 2 : 0, kernel - 1);
        int stride = between(1, 4);
        int output = (height + 2 * padding - kernel) / stride + 1;
        return new LayerGeometry(new Extent(1, height, 1), new Extent(1, output, 1), kernel, 1, stride, padding, false);
    }

    private Range part(int count) {
        int from = between(0, count - 1);
        return new Range(from, between(from + 1, count));
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** Triples of output row, kernel row and input row, in words; of some input rows alone where those are given. */
    private static Set<String> connections(LayerGeometry geometry, Range output, @Nullable Range input) {
        Set<String> found = new TreeSet<>();
        for (int row = output.from(); row < output.to(); row++) {
            for (int tap = 0; tap < geometry.kernelHeight(); tap++) {
                int read = row * geometry.stride() + tap - geometry.padding();
                boolean inside = read >= 0 && read < geometry.input().height();
                if (inside && (input == null || (read >= input.from() && read < input.to()))) {
                    found.add(row + " reads " + read + " by " + tap);
                }
            }
        }
        return found;
    }

    /** The same as the hardware finds them in the tile's small images. */
    private static Set<String> connections(RowTile tile, LayerGeometry geometry) {
        Set<String> found = new TreeSet<>();
        for (int row = 0; row < tile.output().count(); row++) {
            for (int tap = 0; tap < tile.kernel().count(); tap++) {
                int read = row * geometry.stride() + tap - tile.topPadding();
                if (read >= 0 && read < tile.input().count()) {
                    found.add((tile.output().from() + row) + " reads "
                            + (tile.input().from() + read) + " by "
                            + (tile.kernel().from() + tap));
                }
            }
        }
        return found;
    }
}
