package h2learn.host.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigHash;
import h2learn.config.InvalidInputException;
import h2learn.contract.MemoryMap;
import h2learn.contract.Register;
import h2learn.host.CommandPort;
import h2learn.host.TransportException;
import h2learn.host.driver.Board;
import h2learn.host.driver.SelfTest;
import h2learn.host.driver.SelfTest.Outcome;
import h2learn.host.driver.SelfTest.Result;
import h2learn.host.image.NetworkImage;
import h2learn.host.image.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The mapped transport on an ordinary file, which takes the device's place, and on a device without a size. */
@Timeout(60)
class MappedTest {
    private static final int OFFSET = 0x3000;
    private static final long BASE = 0x1000_0000;

    @TempDir
    private Path folder;

    private Path device = Path.of("");

    @BeforeEach
    void makeDevice() throws IOException {
        device = folder.resolve("device");
        ByteBuffer bytes =
                ByteBuffer.allocate(OFFSET + MemoryMap.REGISTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(OFFSET + Register.ID.offset(), Register.IDENTIFIER);
        bytes.putInt(OFFSET + Register.VERSION.offset(), Register.MAP_VERSION);
        bytes.putInt(
                OFFSET + Register.HASH_LOW.offset(),
                ConfigHash.of(TestImages.TINY).lowWord());
        bytes.putInt(
                OFFSET + Register.HASH_HIGH.offset(),
                ConfigHash.of(TestImages.TINY).highWord());
        Files.write(device, bytes.array());
    }

    @Test
    void registersLieWhereTheDeviceSays() throws IOException {
        try (MappedFile file = MappedFile.open(device, OFFSET, MemoryMap.REGISTER_BYTES)) {
            MappedTransport transport = new MappedTransport(file, 100_000_000);
            CommandPort port = new CommandPort(transport);
            port.open(TestImages.TINY);
            port.write(Register.SCRATCH, 0x01020304);
            transport.writeEach(new long[] {Register.WATCHDOG.offset()}, new int[] {9});
            assertArrayEquals(
                    new int[] {Register.IDENTIFIER, Register.MAP_VERSION}, transport.read(Register.ID.offset(), 2));
            assertEquals(9, transport.poll(Register.WATCHDOG.offset(), 8, 8, 1));
            assertThrows(TransportException.class, () -> transport.read(MemoryMap.REGISTER_BYTES - 4, 2));
            assertThrows(TransportException.class, () -> transport.write(2, new int[1]));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(device)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x01020304, bytes.getInt(OFFSET + Register.SCRATCH.offset()));
    }

    /** A file counts no cycles: the self-test gets as far as that, and says so; the memory behind it is sound. */
    @Test
    void theSelfTestGoesAsFarAsAFileCan() throws IOException {
        NetworkImage image = TestImages.tiny(1, 2);
        Path memoryFile = folder.resolve("memory");
        Files.write(memoryFile, new byte[(int) image.memoryBytes()]);
        try (MappedFile file = MappedFile.open(device, OFFSET, MemoryMap.REGISTER_BYTES);
                MappedFile memory = MappedFile.open(memoryFile, 0, image.memoryBytes())) {
            file.write(Register.CAPABILITIES.offset(), capabilities());
            MappedMemory access = new MappedMemory(memory, BASE);
            Board board = new Board(new MappedTransport(file, 100_000_000), access, BASE, image.memoryBytes());
            List<Result> results = new SelfTest(board, TestImages.TINY, image).run();
            assertEquals(Outcome.PASSED, results.get(0).outcome());
            assertEquals(Outcome.FAILED, results.get(1).outcome());
            assertTrue(
                    results.get(1).detail().contains("CYCLES does not count"),
                    results.get(1).detail());
            access.write(BASE + 64, new int[] {1, 2, 3});
            assertArrayEquals(new int[] {2, 3}, access.read(BASE + 68, 2));
            assertThrows(TransportException.class, () -> access.read(BASE - 4, 1));
            assertThrows(TransportException.class, () -> access.read(BASE + image.memoryBytes() - 4, 2));
        }
    }

    private static int capabilities() {
        return TestImages.TINY.lanes()
                | TestImages.TINY.lut().inputs() << 8
                | TestImages.TINY.backward().lanes() << 16;
    }

    @Test
    void whatNeverComesIsGivenUp() {
        try (MappedFile file = MappedFile.open(device, OFFSET, MemoryMap.REGISTER_BYTES)) {
            MappedTransport transport = new MappedTransport(file, 1_000_000);
            TransportException failure =
                    assertThrows(TransportException.class, () -> transport.poll(Register.STATUS.offset(), 1, 1, 1000));
            assertTrue(failure.getMessage().contains("the register at 0x18 reads 0x00000000"), failure.getMessage());
        }
    }

    /** As /dev/mem and /dev/uio0: a character device, whose size is 0. */
    @Test
    void devicesWithoutASizeAreMapped() {
        try (MappedFile file = MappedFile.open(Path.of("/dev/zero"), 0, 8192)) {
            file.write(8188, 5);
            assertEquals(5, file.read(8188));
            assertEquals(0, file.read(0));
        }
    }

    @Test
    void whatCannotBeMappedIsRefused() {
        refused(folder.resolve("nowhere"), 0, 4, "nowhere: cannot be mapped: No such file or directory");
        refused(device, OFFSET, 2 * MemoryMap.REGISTER_BYTES, "are to be mapped; name a larger file");
        refused(device, 2, 4, "both are multiples of 4");
    }

    private static void refused(Path file, long offset, long bytes, String message) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> MappedFile.open(file, offset, bytes));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }
}
