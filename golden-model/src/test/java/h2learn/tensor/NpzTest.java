package h2learn.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.number.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
    private static final NpyArray WEIGHT = NpyArray.reals(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    private static final NpyArray BIAS = NpyArray.integers(ElementType.INT8, new long[] {-1, 1}, 2);

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() {
        Path file = folder.resolve("a.npz");
        SortedMap<String, NpyArray> arrays = new TreeMap<>(Map.of("layer1.weight", WEIGHT, "layer1.bias", BIAS));
        Npz.write(file, arrays);
        assertEquals(arrays, Npz.read(file));
        Npz.write(file, new TreeMap<>());
        assertEquals(Map.of(), Npz.read(file));
    }

    /** The local header of the first entry: stored, 1980-02-01 00:00, no extra field; nothing depends on the day. */
    @Test
    void theSameArraysGiveTheSameBytes() throws IOException {
        Path file = folder.resolve("a.npz");
        Npz.write(file, new TreeMap<>(Map.of("b", BIAS, "a", WEIGHT)));
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, new TreeMap<>(Map.of("a", WEIGHT, "b", BIAS)));
        assertArrayEquals(first, Files.readAllBytes(file));
        assertEquals("504b03040a0000080000", HexFormat.of().formatHex(first, 0, 10));
        assertEquals("00004100", HexFormat.of().formatHex(first, 10, 14));
        assertEquals("a.npy", new String(first, 30, 5, StandardCharsets.US_ASCII));
        assertEquals((byte) 0x93, first[35]);
    }

    @Test
    void readsDeflatedFiles() throws IOException {
        Path file = folder.resolve("a.npz");
        zip(file, Map.of("zeros.npy", npy(NpyArray.reals(new double[50_000], 50, 1000))));
        assertTrue(Files.size(file) < 4000);
        assertEquals(50_000, Npz.read(file).get("zeros").size());
    }

    @Test
    void refusesForeignEntriesAndFiles() throws IOException {
        Path file = folder.resolve("a.npz");
        zip(file, Map.of("readme.txt", new byte[3]));
        assertEquals(file + ": readme.txt: is no array; a .npz file holds .npy files only", refusal(file));
        zip(file, Map.of("a.npy", new byte[3]));
        assertEquals(file + ": a.npy: is no .npy file: it does not begin with NumPy's magic bytes", refusal(file));
        Files.write(file, npy(BIAS));
        assertTrue(refusal(file).startsWith(file + ": is no readable .npz file: "), refusal(file));
        Path missing = folder.resolve("missing.npz");
        assertEquals(missing + ": no such file; give the path of a .npz file", refusal(missing));
        assertTrue(refusal(folder).startsWith(folder + ": is no readable .npz file: "), refusal(folder));
    }

    /** 600 MB of zeros in half a megabyte: refused by the header, before anything is inflated. */
    @Test
    void refusesAnArchiveThatInflatesWithoutBound() throws IOException {
        Path file = folder.resolve("bomb.npz");
        byte[] header = Arrays.copyOf(npy(NpyArray.integers(ElementType.UINT8, new long[1], 1)), 128);
        byte[] huge = new String(header, StandardCharsets.ISO_8859_1)
                .replace("'shape': (1,), }         ", "'shape': (600000000,), } ")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(huge);
            for (int megabyte = 0; megabyte < 20; megabyte++) {
                zip.write(new byte[1 << 20]);
            }
        }
        assertTrue(refusal(file).contains("a.npy: its shape (600000000,) exceeds "), refusal(file));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = stored();
        for (int length = 0; length < whole.length; length += 3) {
            Path file = Files.write(folder.resolve("t.npz"), Arrays.copyOf(whole, length));
            assertThrows(InvalidInputException.class, () -> Npz.read(file), "truncated to " + length);
        }
    }

    @Test
    void aFlippedElementIsSeenByTheChecksum() throws IOException {
        byte[] whole = stored();
        int element = 30 + "a.npy".length() + 128;
        whole[element + 6] ^= 1;
        Path file = Files.write(folder.resolve("flipped.npz"), whole);
        assertEquals(file + ": a.npy: is damaged: its checksum differs; save it again", refusal(file));
    }

    @Test
    void damageIsReadOrRefusedAndNothingElse() throws IOException {
        Path deflated = folder.resolve("d.npz");
        zip(deflated, Map.of("a.npy", npy(WEIGHT), "b.npy", npy(BIAS)));
        int refused = 0;
        for (byte[] whole : List.of(stored(), Files.readAllBytes(deflated))) {
            for (int seed = 0; seed < 1000; seed++) {
                byte[] damaged = whole.clone();
                for (int flip = 0; flip < 3; flip++) {
                    int at = (int) (CounterRandom.uniform(seed, 0, flip) * damaged.length);
                    damaged[at] = (byte) CounterRandom.bits(seed, 1, flip);
                }
                Path file = Files.write(folder.resolve("f.npz"), damaged);
                try {
                    Npz.read(file);
                } catch (InvalidInputException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 1500, "only " + refused + " of 2000 refused");
    }

    private byte[] stored() throws IOException {
        Path file = folder.resolve("stored.npz");
        Npz.write(file, new TreeMap<>(Map.of("a", WEIGHT, "b", BIAS)));
        return Files.readAllBytes(file);
    }

    private static byte[] npy(NpyArray array) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Npy.write(bytes, array);
        return bytes.toByteArray();
    }

    private static void zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }

    private static String refusal(Path file) {
        return assertThrows(InvalidInputException.class, () -> Npz.read(file)).getMessage();
    }
}
