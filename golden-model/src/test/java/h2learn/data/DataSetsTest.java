package h2learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void opensAFolderGzippedOrNot(boolean gzipped) throws IOException {
        IdxFiles.writeDataSet(folder, 12, 3, gzipped);
        DataSet data = DataSets.open(Optional.of(folder));
        assertEquals(folder.getFileName().toString(), data.name());
        assertEquals(4, data.width());
        assertEquals(16, data.pixels());
        assertEquals(12, data.train().size());
        assertEquals(3, data.test().size());
        assertEquals(1, data.train().get(11).label());
        assertArrayEquals(
                IntStream.range(16, 32).map(index -> index * 7 % 256).toArray(),
                data.train().get(1).values());
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        IdxFiles.writeDataSet(folder, 2, 2, false);
        Path labels = folder.resolve("t10k-labels-idx1-ubyte");
        Files.delete(labels);
        assertEquals(labels + ": no such file; give the folder of the data set's IDX files", refusal());
        assertTrue(assertThrows(InvalidInputException.class, () -> DataSets.open(Optional.of(folder.resolve("none"))))
                .getMessage()
                .startsWith(folder.resolve("none").toString()));
    }

    @Test
    void refusesImagesAndLabelsThatDoNotBelongTogether() throws IOException {
        IdxFiles.writeDataSet(folder, 2, 2, false);
        Files.write(
                folder.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(new int[] {3}, (byte) 0, (byte) 0, (byte) 0));
        assertEquals(folder + " (training): 2 images but 3 labels; the files do not belong together", refusal());
    }

    @Test
    void refusesTestImagesOfAnotherSize() throws IOException {
        IdxFiles.writeDataSet(folder, 2, 2, false);
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), IdxFiles.bytes(new int[] {2, 4, 2}, new byte[16]));
        assertEquals(folder + ": its training and test images differ in size", refusal());
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        IdxFiles.writeDataSet(folder, 2, 2, true);
        Path images = folder.resolve("train-images-idx3-ubyte.gz");
        byte[] whole = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(refusal().startsWith(images + ": is truncated"), refusal());
    }

    @Test
    void theEmbeddedImagesAreAllThereAndOfAllClasses() {
        DataSet data = DataSets.embedded();
        assertEquals(192, data.train().size());
        assertEquals(64, data.test().size());
        assertEquals(784, data.pixels());
        assertEquals(
                10,
                Stream.concat(data.train().stream(), data.test().stream())
                        .mapToInt(Sample::label)
                        .distinct()
                        .count());
        for (Sample sample : data.train()) {
            assertEquals(784, sample.values().length);
            assertTrue(IntStream.of(sample.values()).allMatch(pixel -> pixel >= 0 && pixel <= 255));
            assertTrue(IntStream.of(sample.values()).anyMatch(pixel -> pixel > 100));
        }
    }

    @Test
    void pooledReplacesSquaresByTheirMeanRoundedDown() {
        int[] pixels = new int[8 * 4];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = index % 8 < 4 ? 10 : index;
        }
        DataSet images = new DataSet("images", 8, 4, List.of(new Sample(pixels, 3)), List.of());
        DataSet pooled = images.pooled();
        assertEquals(2, pooled.width());
        assertEquals(1, pooled.height());
        assertEquals(3, pooled.train().get(0).label());
        // right square: columns 4..7 of rows 0..3, mean of 5.5 + 8 * row = 17.5
        assertArrayEquals(new int[] {10, 17}, pooled.train().get(0).values());
        assertEquals(
                "odd: images of 6x4 pixels cannot be averaged in 4x4 squares",
                assertThrows(InvalidInputException.class, () -> new DataSet("odd", 6, 4, List.of(), List.of()).pooled())
                        .getMessage());
    }

    private String refusal() {
        return assertThrows(InvalidInputException.class, () -> DataSets.open(Optional.of(folder)))
                .getMessage();
    }
}
