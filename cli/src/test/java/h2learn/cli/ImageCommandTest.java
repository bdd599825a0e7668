package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.contract.MemoryMap;
import h2learn.contract.Register;
import h2learn.host.image.ImageReader;
import h2learn.host.image.NetworkImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code image} and {@code selftest}. */
class ImageCommandTest {
    @TempDir
    private Path folder;

    private Path image() {
        Path file = folder.resolve("tiny.h2image");
        Outcome.of(
                        "image",
                        "--network",
                        "tiny-mlp",
                        "--config",
                        "tiny",
                        "--samples",
                        "2",
                        "--steps",
                        "2",
                        "--out",
                        "" + file)
                .good();
        return file;
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(image());
        assertArrayEquals(first, Files.readAllBytes(image()));
        NetworkImage image = ImageReader.read(folder.resolve("tiny.h2image"));
        assertEquals(2, image.steps());
        assertEquals(2, image.stages().get(1).samples());
    }

    @Test
    void aSimulatedBoardPasses() {
        Outcome outcome = Outcome.of("selftest", "--config", "tiny", "--image", image().toString());
        List<String> lines = outcome.good().lines().toList();
        assertEquals("PASS", lines.get(lines.size() - 1));
        assertEquals("passed: tiny-mlp, 2 step(s), 4 checksums of results", outcome.value("known answer"));
    }

    /** A file that holds what an accelerator's first registers do, and no more. */
    @Test
    void aMappedBoardIsTestedAndWhatIsWrongSaid() throws IOException {
        Path device = folder.resolve("device");
        ByteBuffer registers = ByteBuffer.allocate(MemoryMap.REGISTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        registers.putInt(Register.ID.offset(), Register.IDENTIFIER);
        registers.putInt(Register.VERSION.offset(), Register.MAP_VERSION);
        Files.write(device, registers.array());
        Path memory = Files.write(folder.resolve("memory"), new byte[1 << 20]);
        String image = image().toString();
        Outcome outcome = selfTest(image, device, memory);
        assertEquals(ExitCode.DIFFERENCE, outcome.code(), outcome.err());
        assertTrue(outcome.value("identity").startsWith("failed: the accelerator was generated from another"));
        ConfigHash hash = ConfigHash.of(new ConfigReader().read("tiny"));
        registers
                .putInt(Register.HASH_LOW.offset(), hash.lowWord())
                .putInt(Register.HASH_HIGH.offset(), hash.highWord());
        Files.write(device, registers.array());
        outcome = selfTest(image, device, memory);
        assertEquals("failed: register CAPABILITIES has 0 as LANES, the config 4", outcome.value("registers"));
        assertEquals("not run: a test before it failed", outcome.value("known answer"));
        assertTrue(outcome.out().endsWith("FAIL\n"), outcome.out());
    }

    private static Outcome selfTest(String image, Path device, Path memory) {
        return Outcome.of(
                "selftest",
                "--config",
                "tiny",
                "--image",
                image,
                "--transport",
                "mmap:" + device,
                "--memory",
                "0x10000000:" + memory);
    }

    @Test
    void badInputIsRefused() throws IOException {
        String image = image().toString();
        Outcome.of("selftest", "--config", "base", "--image", image).refused("is for the config tiny with hash");
        Path text = Files.writeString(folder.resolve("text"), "no image");
        Outcome.of("selftest", "--config", "tiny", "--image", text.toString()).refused("text: is no h2learn image");
        Outcome.of("selftest", "--config", "tiny", "--image", image, "--transport", "usb")
                .refused("--transport: usb is unknown; use sim, mmap:ADDRESS");
        Outcome.of("selftest", "--config", "tiny", "--image", image, "--transport", "mmap:0x40000000")
                .refused("--memory: is missing");
        Outcome.of("selftest", "--config", "tiny", "--image", image, "--transport", "mmap:x1", "--memory", "0x0")
                .refused("--transport: x1 is no address");
        Outcome.of("selftest", "--config", "tiny", "--image", image, "--transport", "mmap:/nowhere", "--memory", "0x0")
                .refused("/nowhere: cannot be mapped: No such file or directory");
        Outcome.of("image", "--network", "tiny-mlp", "--steps", "0", "--out", "" + folder.resolve("x"))
                .refused("--steps: 0 is too small");
        Outcome.of("image", "--network", "tiny-mlp", "--out", "" + folder.resolve("y"), "--steps", "900000")
                .refused("is more than the");
    }
}
