package h2learn.cosim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.host.driver.SelfTest;
import h2learn.host.driver.SelfTest.Outcome;
import h2learn.host.driver.SelfTest.Result;
import h2learn.host.image.ImageWriter;
import h2learn.host.image.NetworkImage;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An accelerator that stays in reset never answers; both drivers say so, and in a bounded number of cycles. */
@Timeout(300)
class SilentBusTest {
    private static final long MOST_CYCLES = 50_000;

    @TempDir
    private Path folder;

    @Test
    void bothGiveUp() throws IOException {
        Images images = Images.of(new NetworkReader().read("tiny-mlp"), new ConfigReader().read("tiny"), 1, 1);
        NetworkImage image = images.image();
        String question = "is the accelerator in the design, at this address, clocked and out of reset?";
        try (SimulatedBoard silent = SimulatedBoard.open(images.config(), 0, image.memoryBytes(), 1)) {
            silent.model().port("reset").set(1);
            Result identity =
                    new SelfTest(silent.board(), images.config(), image).run().get(0);
            assertEquals(Outcome.FAILED, identity.outcome());
            assertTrue(
                    identity.detail().contains("no answer for")
                            && identity.detail().contains(question),
                    identity.detail());
            Path library = DriverLibrary.library(images.config(), folder);
            try (NativeDriver driver =
                    new NativeDriver(library, silent.board(), ImageWriter.bytes(image), () -> {}, 0)) {
                assertEquals("identity: the register at 0x0 does not answer; " + question, driver.selfTest());
            }
            assertTrue(silent.model().cycle() < MOST_CYCLES, silent.model().cycle() + " cycles");
        }
    }
}
