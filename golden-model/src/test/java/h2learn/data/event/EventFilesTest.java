package h2learn.data.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.exchange.Damage;
import h2learn.tensor.ElementType;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventFilesTest {
    @TempDir
    private Path folder;

    @Test
    void binHoldsFortyBitsAnEvent() {
        byte[] bytes = {
            12, 33, (byte) 0x80, 0x01, 0x02, // brighter at 0x102
            1, 2, 0x7F, (byte) 0xFF, (byte) 0xFF, // darker at 2^23 - 1
            0, (byte) 240, 0, 0, 0, // the clock went round
            3, 4, 0, 0, 5
        };
        assertEquals("12,33,258,1 1,2,8388607,0 3,4,8197,0", text(EventReader.ofBin("a.bin", ByteBuffer.wrap(bytes))));
        assertTrue(assertThrows(
                        InvalidInputException.class, () -> EventReader.ofBin("a.bin", ByteBuffer.wrap(new byte[7])))
                .getMessage()
                .contains("a.bin: has 7 bytes, no multiple of the 5 of an event"));
    }

    @Test
    void aedat3HoldsPackets() throws IOException {
        assertEquals("5,9,77,1 127,0,2147483658,0", text(read("a.aedat", aedat3())));
    }

    @Test
    void aedat2HoldsAddresses() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        bytes.put("#!AER-DAT2.0\r\n# camera DVS128\r\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.putInt(9 << 8 | (127 - 5) << 1).putInt(77);
        bytes.putInt(1).putInt(-1);
        bytes.flip();
        assertEquals("5,9,77,1 127,0,4294967295,0", text(read("a.aedat", bytes)));
        ByteBuffer davis = ByteBuffer.allocate(100);
        davis.put("#!AER-DAT2.0\n# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\n"
                .getBytes(StandardCharsets.ISO_8859_1));
        davis.putInt(100 << 22 | 200 << 12 | 1 << 11).putInt(3);
        davis.putInt(0x80000000).putInt(4);
        davis.flip();
        assertEquals("200,100,3,1", text(read("b.aedat", davis)));
    }

    @Test
    void npyHoldsRows() {
        Path file = folder.resolve("a.npy");
        Npy.write(file, NpyArray.integers(ElementType.INT64, new long[] {1, 2, 300, 1, 4, 5, 600, -1}, 2, 4));
        assertEquals("1,2,300,1 4,5,600,0", text(EventReader.read(file)));
        Npy.write(file, NpyArray.integers(ElementType.INT64, new long[] {1, 40000, 300, 1}, 1, 4));
        assertProblem(file, "event 0 is at (1, 40000), which is no place on a camera");
        Npy.write(file, NpyArray.reals(new double[] {1, 2, 3, 4}, 1, 4));
        assertProblem(file, "is no array of integers of the shape [events, 4]");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertProblem(folder.resolve("none.bin"), "no such file");
        assertProblem(folder.resolve("a.txt"), "is no recording by its name");
        Path other = folder.resolve("a.aedat");
        Files.writeString(other, "#!AER-DAT4.0\r\n");
        assertProblem(other, "only AEDAT 2.0 and 3.1 are read");
        ByteBuffer cut = aedat3();
        cut.limit(cut.limit() - 3);
        Files.write(other, bytes(cut));
        assertProblem(other, "ends within an event or a packet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.aedat", "a.npy", "a.bin"})
    @Timeout(60)
    void damagedFilesAreReadOrRefused(String name) throws IOException {
        Path file = folder.resolve(name);
        if (name.endsWith("npy")) {
            Npy.write(file, NpyArray.integers(ElementType.INT32, new long[400], 100, 4));
        } else {
            Files.write(file, name.endsWith("bin") ? new byte[500] : bytes(aedat3()));
        }
        byte[] sound = Files.readAllBytes(file);
        int refused = 0;
        for (int number = 0; number < 1000; number++) {
            Files.write(file, Damage.of(sound, number));
            try {
                EventList events = EventReader.read(file);
                assertTrue(events.count() <= sound.length);
            } catch (InvalidInputException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
        assertTrue(refused > 20 && refused < 1000, refused + " of 1000 damaged files were refused");
    }

    private static ByteBuffer aedat3() {
        ByteBuffer bytes = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("#!AER-DAT3.1\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n".getBytes(StandardCharsets.ISO_8859_1));
        packet(bytes, 1, 8, 0, 2);
        bytes.putInt(5 << 17 | 9 << 2 | 2 | 1).putInt(77);
        bytes.putInt(6 << 17 | 9 << 2).putInt(78); // not valid
        packet(bytes, 0, 8, 0, 1);
        bytes.putInt(1).putInt(79); // a special event
        packet(bytes, 1, 8, 1, 1);
        bytes.putInt(127 << 17 | 1).putInt(10);
        return bytes.flip();
    }

    private static void packet(ByteBuffer bytes, int type, int size, int overflow, int count) {
        bytes.putShort((short) type).putShort((short) 1).putInt(size).putInt(4).putInt(overflow);
        bytes.putInt(count).putInt(count).putInt(count);
    }

    private EventList read(String name, ByteBuffer bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes(bytes));
        return EventReader.read(file);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static void assertProblem(Path file, String sentence) {
        String message = assertThrows(InvalidInputException.class, () -> EventReader.read(file))
                .getMessage();
        assertTrue(message.contains(sentence) && message.startsWith(file.toString()), message);
    }

    private static String text(EventList events) {
        StringJoiner text = new StringJoiner(" ");
        for (int event = 0; event < events.count(); event++) {
            text.add(events.x(event) + "," + events.y(event) + "," + events.time(event) + "," + events.polarity(event));
        }
        return text.toString();
    }
}
