package h2learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.number.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsPlainAndGzippedFiles() throws IOException {
        byte[] plain =
                IdxFiles.bytes(new int[] {2, 1, 3}, (byte) 0, (byte) 1, (byte) 2, (byte) 253, (byte) 254, (byte) 255);
        for (byte[] bytes : new byte[][] {plain, IdxFiles.gzip(plain)}) {
            IdxReader.Idx idx = IdxReader.read(write(bytes), 3);
            assertArrayEquals(new int[] {2, 1, 3}, idx.dimensions());
            assertArrayEquals(new byte[] {0, 1, 2, -3, -2, -1}, idx.bytes());
        }
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        byte[] plain = IdxFiles.bytes(new int[] {3}, (byte) 1, (byte) 2, (byte) 3);
        assertRefused(
                plain,
                3,
                "begins with 0x00000801, not with 0x00000803; it is no IDX file of unsigned bytes with 3"
                        + " dimension(s)");
        assertRefused(Arrays.copyOf(plain, 10), 1, "is truncated: 2 of 3 bytes are there; fetch it again");
        assertRefused(Arrays.copyOf(plain, 6), 1, "is truncated; fetch it again");
        assertRefused(new byte[0], 1, "is truncated; fetch it again");
        assertRefused(Arrays.copyOf(plain, 12), 1, "goes on after its 3 bytes; it is damaged");
        assertRefused(
                IdxFiles.bytes(new int[] {1 << 20, 1 << 20, 1 << 20}),
                3,
                "its sizes [1048576, 1048576, 1048576] are no sizes of a data set; it is damaged");
        assertRefused(IdxFiles.bytes(new int[] {-1}), 1, "its sizes [-1] are no sizes of a data set; it is damaged");
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + ": no such file; give the folder of the data set's IDX files",
                assertThrows(InvalidInputException.class, () -> IdxReader.read(missing, 1))
                        .getMessage());
        assertThrows(InvalidInputException.class, () -> IdxReader.read(folder, 1));
    }

    /** Sizes in a header are not believed: 2^30 bytes are claimed, three are there. */
    @Test
    void aHugeClaimIsAnsweredByWhatIsThere() throws IOException {
        assertRefused(
                IdxFiles.bytes(new int[] {1 << 30}, (byte) 1, (byte) 2, (byte) 3),
                1,
                "is truncated: 3 of 1073741824 bytes are there; fetch it again");
    }

    @Test
    void damageOfAGzippedFileIsReadOrRefusedAndNothingElse() throws IOException {
        byte[] whole = IdxFiles.gzip(IdxFiles.bytes(new int[] {50}, new byte[50]));
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThrows(InvalidInputException.class, () -> IdxReader.read(file, 1), "truncated to " + length);
        }
        int refused = 0;
        for (int seed = 0; seed < 500; seed++) {
            byte[] damaged = whole.clone();
            int at = (int) (CounterRandom.uniform(seed, 0, 0) * damaged.length);
            damaged[at] ^= (byte) (1 << (seed % 8));
            try {
                IdxReader.read(write(damaged), 1);
            } catch (InvalidInputException e) {
                refused++;
            }
        }
        assertTrue(refused > 250, refused + " of 500 refused");
    }

    private void assertRefused(byte[] bytes, int dimensions, String problem) throws IOException {
        Path file = write(bytes);
        assertEquals(
                file + ": " + problem,
                assertThrows(InvalidInputException.class, () -> IdxReader.read(file, dimensions))
                        .getMessage());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file-ubyte"), bytes);
    }
}
