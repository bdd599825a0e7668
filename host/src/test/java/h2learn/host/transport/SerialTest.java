package h2learn.host.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.host.TransportException;
import h2learn.host.driver.Board;
import h2learn.host.driver.FakeAccelerator;
import h2learn.host.driver.SelfTest;
import h2learn.host.driver.SelfTest.Outcome;
import h2learn.host.driver.SelfTest.Result;
import h2learn.host.image.NetworkImage;
import h2learn.host.image.TestImages;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client of the serial protocol against a bridge in Java, over a line that may be bad. */
@Timeout(120)
class SerialTest {
    private static final NetworkImage IMAGE = TestImages.tiny(1, 2);

    private final FakeAccelerator fake = new FakeAccelerator(TestImages.TINY, IMAGE.memoryBytes());
    private final SerialPeer peer = new SerialPeer(fake, fake.memory());
    private final SerialLine line = new SerialLine(peer.toHost(), peer.fromHost(), 5);

    @Test
    void theSelfTestPassesOverASerialLine() {
        Board board = new Board(new SerialTransport(line, 1_000_000), new SerialMemory(line), 0, IMAGE.memoryBytes());
        List<Result> results = new SelfTest(board, TestImages.TINY, IMAGE).run();
        assertTrue(SelfTest.passed(results), results::toString);
    }

    /** What a bad line changes is never taken for data: each access is right or fails. */
    @Test
    void noDamageGoesUnseen() {
        peer.faults(150);
        SerialMemory memory = new SerialMemory(line);
        Random random = new Random(2);
        int failed = 0;
        for (int trial = 0; trial < 300; trial++) {
            int[] words = random.ints(1 + random.nextInt(12)).toArray();
            long address = 4L * random.nextInt(1000);
            try {
                memory.write(address, words);
                assertArrayEquals(words, memory.read(address, words.length));
            } catch (TransportException given) {
                failed++;
            }
        }
        assertTrue(failed < 60, failed + " of 300 failed: repeating helps");
    }

    @Test
    void whatTheBusSaysIsPassedOn() {
        SerialMemory memory = new SerialMemory(line);
        TransportException failure =
                assertThrows(TransportException.class, () -> memory.read(IMAGE.memoryBytes(), 300));
        assertEquals(
                String.format(
                        "serial line, access to address 0x%X: the bus answered DECERR: nothing lies at that address",
                        IMAGE.memoryBytes()),
                failure.getMessage());
    }

    @Test
    void aLineWithoutABridgeIsGivenUp() {
        SerialLine silent = new SerialLine(InputStream.nullInputStream(), OutputStream.nullOutputStream(), 5);
        Board board =
                new Board(new SerialTransport(silent, 1_000_000), new SerialMemory(silent), 0, IMAGE.memoryBytes());
        Result identity = new SelfTest(board, TestImages.TINY, IMAGE).run().get(0);
        assertEquals(Outcome.FAILED, identity.outcome());
        assertTrue(identity.detail().contains("the bridge did not answer within 5 ms, 3 times"), identity.detail());
    }

    /** The check value of CRC-16-CCITT with this beginning. */
    @Test
    void theCrcIsTheUsualOne() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0x29B1, SerialProtocol.crc(digits, digits.length));
    }
}
