package h2learn.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.number.CounterRandom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NpyTest {
    @TempDir
    Path folder;

    /** Headers and data as numpy.save of NumPy 2.4 wrote them; headers padded with blanks to 117 characters. */
    static Stream<Arguments> filesOfNumpy() {
        return Stream.of(
                Arguments.of(
                        "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3), }",
                        "000000000000f83f00000000000000c0000000000000d03f",
                        NpyArray.reals(new double[] {1.5, -2, 0.25}, 1, 3)),
                Arguments.of(
                        "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }",
                        "0100feff",
                        NpyArray.integers(ElementType.INT16, new long[] {1, -2}, 2)),
                Arguments.of(
                        "{'descr': '<i4', 'fortran_order': False, 'shape': (), }",
                        "07000000",
                        NpyArray.integers(ElementType.INT32, new long[] {7})),
                Arguments.of(
                        "{'descr': '|b1', 'fortran_order': False, 'shape': (2, 2), }",
                        "01000001",
                        NpyArray.integers(ElementType.BOOLEAN, new long[] {1, 0, 0, 1}, 2, 2)),
                Arguments.of(
                        "{'descr': '|u1', 'fortran_order': False, 'shape': (0, 3), }",
                        "",
                        NpyArray.integers(ElementType.UINT8, new long[0], 0, 3)));
    }

    @ParameterizedTest
    @MethodSource("filesOfNumpy")
    void readsAndWritesTheBytesOfNumpy(String header, String data, NpyArray array) throws IOException {
        byte[] numpy = numpy(header, HexFormat.of().parseHex(data));
        Path file = folder.resolve("a.npy");
        Npy.write(file, array);
        assertArrayEquals(numpy, Files.readAllBytes(file));
        assertEquals(array, Npy.read(file));
    }

    @Test
    void readsBigEndianNumbersAndFortranOrder() throws IOException {
        assertEquals(
                NpyArray.reals(ElementType.FLOAT32, new double[] {0, 1, 2, 3, 4, 5}, 2, 3),
                read(
                        "{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }",
                        "000000003f80000040000000404000004080000040a00000"));
        assertEquals(
                NpyArray.integers(ElementType.INT16, new long[] {0, 1, 2, 3, 4, 5}, 2, 3),
                read("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }", "000003000100040002000500"));
        // element (i, j, k) of shape (2, 3, 2) is 100i + 10j + k
        assertEquals(
                NpyArray.integers(
                        ElementType.UINT8, new long[] {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121}, 2, 3, 2),
                read("{'shape': (2L, 3L, 2L), 'fortran_order': True, \"descr\": '|u1'}", "00640a6e147801650b6f1579"));
    }

    @Test
    void readsVersionsTwoAndThree() throws IOException {
        String header = "{'descr': '|i1', 'fortran_order': False, 'shape': (2,), }\n";
        for (int version = 2; version <= 3; version++) {
            byte[] bytes = ByteBuffer.allocate(12 + header.length() + 2)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0})
                    .putInt(header.length())
                    .put(header.getBytes(StandardCharsets.UTF_8))
                    .put(new byte[] {-128, 127})
                    .array();
            assertEquals(NpyArray.integers(ElementType.INT8, new long[] {-128, 127}, 2), Npy.read(write(bytes)));
        }
    }

    static Stream<NpyArray> everyType() {
        long[] some = {0, 1, 1, 0, 1, 1};
        return Stream.of(
                NpyArray.integers(ElementType.BOOLEAN, some, 6),
                NpyArray.integers(ElementType.UINT8, new long[] {0, 255, 128}, 1, 3),
                NpyArray.integers(ElementType.INT8, new long[] {-128, 127}, 2, 1),
                NpyArray.integers(ElementType.INT16, new long[] {-32768, 32767}, 2),
                NpyArray.integers(ElementType.INT32, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 2),
                NpyArray.integers(ElementType.INT64, new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 2),
                NpyArray.reals(ElementType.FLOAT32, new double[] {1e30f, Double.NaN, -0.0, 0.1f}, 2, 2),
                NpyArray.reals(new double[] {Math.PI, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}, 3),
                NpyArray.integers(ElementType.INT32, new long[100_000], 100, 1000));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void readsWhatItWrote(NpyArray array) {
        if (array.size() == 100_000) {
            Arrays.setAll(array.integers(), index -> index * 7919);
        }
        Path file = folder.resolve("a.npy");
        Npy.write(file, array);
        assertEquals(array, Npy.read(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            {'descr': '<f2', 'fortran_order': False, 'shape': (2,), } ~ has elements of type <f2; convert it to one of b1, u1, i1, i2, i4, i8, f4, f8
            {'descr': '|O', 'fortran_order': False, 'shape': (2,), } ~ has elements of type |O; convert it to one of b1, u1, i1, i2, i4, i8, f4, f8
            {'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), } ~ is an array of records; save each field as an array of its own
            {'descr': '|u1', 'fortran_order': False, 'shape': (2), } ~ is damaged: its shape (2) is no tuple of sizes; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (,), } ~ is damaged: its shape (,) is no tuple of sizes; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (2,,3), } ~ is damaged: its shape (2,,3) is no tuple of sizes; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (99999999,2), } ~ its shape (99999999,2) exceeds 32 dimensions or 67108864 elements; save it in parts
            {'descr': '|u1', 'fortran_order': False, 'shape': (0,999999999999999999), } ~ its shape (0,999999999999999999) exceeds 32 dimensions or 67108864 elements; save it in parts
            {'descr': '|u1', 'fortran_order': False } ~ is damaged: its header does not hold descr, fortran_order and shape, each once; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'shape': (2,), } ~ is damaged: its header does not hold descr, fortran_order and shape, each once; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'x': True} ~ is damaged: its header has an unknown key; save it again
            ['descr'] ~ is damaged: its header is no dictionary; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (3,), } ~ is truncated: it ends after 2 of 3 elements; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (60000000,), } ~ is truncated: it ends after 2 of 60000000 elements; save it again
            {'descr': '|u1', 'fortran_order': False, 'shape': (1,), } ~ goes on after its last element; save it again
            """)
    void refusesWhatItCannotRead(String header, String problem) throws IOException {
        Path file = write(numpy(header, new byte[] {1, 2}));
        assertEquals(file + ": " + problem, refusal(file));
    }

    @Test
    void refusesForeignMissingAndUnwritableFiles() throws IOException {
        Path foreign = write("PK\3\4 something else".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(foreign + ": is no .npy file: it does not begin with NumPy's magic bytes", refusal(foreign));
        Path version = write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 9, 0, 0, 0});
        assertEquals(version + ": has .npy version 9.0; save it in version 1.0, 2.0 or 3.0", refusal(version));
        Path claim = write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1});
        assertEquals(claim + ": is damaged: its header claims 4294967295 bytes; save it again", refusal(claim));
        Path missing = folder.resolve("missing.npy");
        assertEquals(missing + ": no such file; give the path of a .npy file", refusal(missing));
        Path nowhere = folder.resolve("none").resolve("a.npy");
        String problem = assertThrows(
                        InvalidInputException.class, () -> Npy.write(nowhere, NpyArray.reals(new double[1], 1)))
                .getMessage();
        assertTrue(problem.startsWith(nowhere + ": cannot be written: "), problem);
    }

    @Test
    void leavesTheOldFileWhenWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "old");
        assertThrows(
                InvalidInputException.class,
                () -> WholeFile.write(file, stream -> {
                    stream.write(new byte[100_000]);
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", new byte[24]);
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThrows(InvalidInputException.class, () -> Npy.read(file), "truncated to " + length);
        }
    }

    /** Damage may go unseen (a flipped bit of an element) but never ends in anything but an array or a refusal. */
    @Test
    void damageIsReadOrRefusedAndNothingElse() throws IOException {
        byte[] whole = numpy("{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }", new byte[24]);
        int refused = 0;
        for (int seed = 0; seed < 3000; seed++) {
            byte[] damaged = whole.clone();
            int flips = 1 + (int) (CounterRandom.uniform(seed, 0, 0) * 3);
            for (int flip = 1; flip <= flips; flip++) {
                int at = (int) (CounterRandom.uniform(seed, 0, flip) * damaged.length);
                damaged[at] = (byte) CounterRandom.bits(seed, 1, flip);
            }
            try {
                Npy.read(new ByteArrayInputStream(damaged), "damaged");
            } catch (InvalidInputException e) {
                refused++;
            }
        }
        assertTrue(refused > 500, "only " + refused + " refused: the damage does not reach the header");
    }

    @Test
    void arraysRefuseValuesThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> NpyArray.integers(ElementType.UINT8, new long[] {256}, 1));
        assertThrows(IllegalArgumentException.class, () -> NpyArray.integers(ElementType.BOOLEAN, new long[] {2}, 1));
        assertThrows(IllegalArgumentException.class, () -> NpyArray.reals(new double[] {1, 2}, 3));
        assertThrows(IllegalStateException.class, () -> NpyArray.reals(new double[] {1}, 1)
                .integers());
    }

    private NpyArray read(String header, String data) throws IOException {
        return Npy.read(write(numpy(header, HexFormat.of().parseHex(data))));
    }

    private static String refusal(Path file) {
        return assertThrows(InvalidInputException.class, () -> Npy.read(file)).getMessage();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.npy"), bytes);
    }

    /** Version 1.0: magic, version, 118 as the header's length, header, newline, data. */
    private static byte[] numpy(String header, byte[] data) {
        return ByteBuffer.allocate(128 + data.length)
                .put(HexFormat.of().parseHex("934e554d505901007600"))
                .put((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1))
                .put(data)
                .array();
    }
}
