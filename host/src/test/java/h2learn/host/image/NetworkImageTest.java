package h2learn.host.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, and nothing else is. */
class NetworkImageTest {
    private static final NetworkImage IMAGE = TestImages.tiny(2, 2);
    private static final byte[] BYTES = ImageWriter.bytes(IMAGE);

    @TempDir
    private Path folder;

    @Test
    void isReadAsWritten() throws IOException {
        Path file = folder.resolve("tiny.h2image");
        ImageWriter.write(IMAGE, file);
        assertEquals(IMAGE, ImageReader.read(file));
        assertArrayEquals(BYTES, Files.readAllBytes(file));
        assertArrayEquals(BYTES, ImageWriter.bytes(TestImages.tiny(2, 2)), "the same again");
        assertEquals(2, IMAGE.steps());
        assertEquals("tiny-mlp", IMAGE.network());
        assertFalse(IMAGE.stages().get(3).checks().isEmpty(), "the end leaves weights");
        assertEquals(
                IMAGE.stages().get(1).firstCommand(),
                IMAGE.stages().get(2).firstCommand(),
                "both steps share their commands");
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < BYTES.length; length++) {
            String message = refusal(Arrays.copyOf(BYTES, length));
            assertTrue(message.contains("is truncated"), message);
        }
    }

    @Test
    void everyFlippedBitOfTheHeaderAndManyOthersAreFound() {
        Random random = new Random(5);
        for (int trial = 0; trial < 8 * ImageFormat.HEADER_BYTES + 4000; trial++) {
            byte[] bytes = BYTES.clone();
            int bit = trial < 8 * ImageFormat.HEADER_BYTES ? trial : random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String message = refusal(bytes);
            assertTrue(message.contains("is damaged") || message.contains("is no h2learn image"), bit + ": " + message);
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        assertTrue(refusal("hello world, this is text".getBytes(StandardCharsets.UTF_8))
                .contains("no h2learn image"));
        assertTrue(refusal(Arrays.copyOf(BYTES, BYTES.length + 1)).contains("1 more than the image"));
        assertTrue(refusal(patched(file -> file.putInt(8, 2))).contains("version 2, this h2learn reads 1"));
        assertTrue(refusal(patched(file -> file.putInt(8, 2))).contains("take a newer h2learn"));
        assertTrue(refusal(patched(file -> file.putInt(60, 77))).contains("register map version 77"));
        byte[] data = BYTES.clone();
        data[data.length - 20] ^= 1;
        assertTrue(refusal(data).contains("the section data"), refusal(data));
        Path nowhere = folder.resolve("nowhere");
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> ImageReader.read(nowhere));
        assertTrue(refused.getMessage().contains("no such file"), refused.getMessage());
    }

    /** Files whose checksums are right but whose contents are not: read or refused, and nothing else happens. */
    @Test
    void noContentsLeadToAnotherException() {
        Random random = new Random(6);
        int refused = 0;
        for (int trial = 0; trial < 4000; trial++) {
            byte[] bytes = patched(file -> {
                int tables = ImageFormat.HEADER_BYTES + 1200;
                for (int change = 0; change <= random.nextInt(3); change++) {
                    int at = 32 + random.nextInt(tables / 4) * 4;
                    int value = random.nextBoolean() ? random.nextInt() : random.nextInt(5) - 1;
                    file.putInt(Math.min(at, file.limit() - 4), value);
                }
            });
            try {
                ImageReader.read(bytes, "fuzz");
            } catch (InvalidInputException expected) {
                refused++;
            } catch (RuntimeException other) {
                fail("trial " + trial, other);
            }
        }
        assertTrue(refused > 1000, refused + " refused");
    }

    private static String refusal(byte[] bytes) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> ImageReader.read(bytes, "some.h2image"));
        assertEquals(1, refused.problems().size());
        assertTrue(refused.problems().get(0).startsWith("some.h2image: "), refused.problems()::toString);
        return refused.problems().get(0);
    }

    /** Changes an image and makes its checksums right again, as far as its section table can be followed. */
    private static byte[] patched(Consumer<ByteBuffer> change) {
        ByteBuffer file = ByteBuffer.wrap(BYTES.clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(file);
        for (int section = 0; section < ImageFormat.Section.values().length; section++) {
            int at = ImageFormat.FIXED_BYTES + section * ImageFormat.TABLE_ENTRY_BYTES;
            long start = file.getLong(at + 8);
            long length = file.getLong(at + 16);
            if (start >= 0 && length >= 0 && start <= BYTES.length && length <= BYTES.length - start) {
                file.putInt(at + 24, crc(file.array(), (int) start, (int) length));
            }
        }
        for (int end : new int[] {ImageFormat.PREAMBLE_BYTES, ImageFormat.HEADER_BYTES, BYTES.length}) {
            file.putInt(end - 4, crc(file.array(), 0, end - 4));
        }
        return file.array();
    }

    private static int crc(byte[] bytes, int from, int count) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }
}
