package h2learn.exchange.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import h2learn.config.InvalidInputException;
import h2learn.exchange.Damage;
import h2learn.exchange.graph.StageReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class NirFuzzTest {
    private static final int FILES = Integer.getInteger("h2learn.fuzz", 200);
    private static final long MAXIMUM_ALLOCATION = 64L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"snntorch-zero", "spikingjelly-lif", "conv-sum-if"})
    void damagedFilesAreReadOrRefused(String name) throws IOException {
        byte[] sound = Files.readAllBytes(Path.of("src/test/resources/exchange", name + ".nir"));
        Path file = folder.resolve("damaged.nir");
        NirReader reader = new NirReader(new HdfReader(Duration.ofSeconds(5)));
        int refused = 0;
        for (int number = 0; number < FILES; number++) {
            Files.write(file, Damage.of(sound, number));
            try {
                StageReader.read(reader.read(file));
            } catch (InvalidInputException e) {
                refused++;
                for (String problem : e.problems()) {
                    assertTrue(problem.startsWith(file.toString()), problem);
                    assertTrue(!problem.contains("could not be read within"), "file " + number + ": " + problem);
                    assertTrue(
                            !problem.contains("OutOfMemory") && !problem.contains("heap space"),
                            "file " + number + ": " + problem);
                }
            }
        }
        assertTrue(refused > FILES / 20, "only " + refused + " of " + FILES + " damaged files were refused");
        assertTrue(refused < FILES, "every damaged file was refused: the damage is too coarse to test anything");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snntorch-zero", "conv-sum-if"})
    void damagedFilesTakeNoMoreMemoryThanSoundOnes(String name) throws IOException {
        byte[] sound = Files.readAllBytes(Path.of("src/test/resources/exchange", name + ".nir"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertEquals(true, threads.isThreadAllocatedMemorySupported());
        for (int number = 0; number < FILES; number++) {
            byte[] damaged = Damage.of(sound, number);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                HdfContents.read("damaged", ByteBuffer.wrap(damaged));
            } catch (RuntimeException | StackOverflowError e) {
                // refused, as the reader would
                assertTrue(!(e instanceof NullPointerException) || e.getStackTrace().length > 0);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < MAXIMUM_ALLOCATION, "file " + number + " allocated " + allocated + " bytes");
        }
    }
}
