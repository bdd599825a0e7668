package h2learn.cosim.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.Register;
import h2learn.cosim.train.Simulated;
import h2learn.host.CommandPort;
import h2learn.host.EngineStates;
import h2learn.host.driver.Board;
import h2learn.host.driver.ImageDriver;
import h2learn.host.driver.SelfTest;
import h2learn.host.driver.SelfTest.Outcome;
import h2learn.host.driver.SelfTest.Result;
import h2learn.host.image.ImageWriter;
import h2learn.host.image.NetworkImage;
import h2learn.host.image.NetworkImage.Check;
import h2learn.host.image.NetworkImage.Stage;
import h2learn.host.image.Words;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java and the C driver on the Verilog of {@code tiny}: the same image, sound boards and faulty ones. */
@Timeout(600)
class DriversTest {
    private static final Images TINY =
            Images.of(new NetworkReader().read("tiny-mlp"), new ConfigReader().read("tiny"), 3, 4);
    private static final NetworkImage IMAGE = TINY.image();
    private static final byte[] FILE = ImageWriter.bytes(IMAGE);
    /** Not 0, so that everything has to be moved there. */
    private static final long BASE = 0xC000_0000L;

    @TempDir
    private static Path folder;

    private static Path library = Path.of("");

    private static @Nullable SimulatedBoard opened;

    private SimulatedBoard simulated = Objects.requireNonNull(opened);

    @BeforeAll
    static void open() throws IOException {
        library = DriverLibrary.library(TINY.config(), folder);
        opened = SimulatedBoard.open(TINY.config(), BASE, IMAGE.memoryBytes(), 5);
    }

    /** Scratchpads keep what the test before left there. */
    @BeforeEach
    void reset() {
        Simulated.reset(simulated.model());
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(opened).close();
    }

    private NativeDriver nativeDriver(Board board, byte[] file, int patience) {
        return new NativeDriver(library, board, file, () -> simulated.model().step(50), patience);
    }

    @Test
    void bothPassTheSelfTest() {
        List<Result> results = new SelfTest(simulated.board(), TINY.config(), IMAGE).run();
        assertTrue(SelfTest.passed(results), results::toString);
        try (NativeDriver driver = nativeDriver(simulated.board(), FILE, 0)) {
            assertNull(driver.selfTest());
            assertNull(driver.selfTest(), "and again, on an accelerator that is not fresh");
        }
    }

    @Test
    void bothTrainAsTheGoldenModel() {
        MasterWeights golden = TINY.golden();
        ImageDriver java = new ImageDriver(simulated.board(), TINY.config(), IMAGE);
        java.open();
        for (int stage = 0; stage < IMAGE.stages().size(); stage++) {
            java.run(stage);
        }
        for (int layer = 0; layer < golden.layers(); layer++) {
            assertArrayEquals(golden.weight(layer), java.weights(layer));
            assertArrayEquals(golden.bias(layer), java.biases(layer));
        }
        try (NativeDriver driver = nativeDriver(simulated.board(), FILE, 0)) {
            driver.open();
            driver.load();
            for (int step = 0; step < driver.steps(); step++) {
                driver.step(step);
                driver.verify();
            }
            driver.finish();
            driver.verify();
            assertEquals(golden.layers(), driver.layers());
            for (int layer = 0; layer < golden.layers(); layer++) {
                int[] expected = joined(golden.weight(layer), golden.bias(layer));
                assertArrayEquals(
                        expected, driver.weights(layer, golden.weight(layer).length, golden.bias(layer).length));
            }
            counters(driver);
        }
    }

    /** Both read the same registers; the C driver read them first, and only cycles went on. */
    private void counters(NativeDriver driver) {
        long[] counters = driver.counters(Engine.values().length, Register.SATURATIONS.count());
        CommandPort port = new CommandPort(simulated.board().registers());
        assertTrue(counters[0] > 1000 && counters[0] <= port.cycles(), counters[0] + " cycles");
        assertEquals(port.overlap(), counters[1]);
        for (Engine engine : Engine.values()) {
            int at = 2 + 4 * engine.ordinal();
            assertEquals(port.counters().get(engine).busy(), counters[at], engine.name());
            assertEquals(port.counters().get(engine).skipped(), counters[at + 3], engine.name());
        }
        assertNotEquals(0, counters[2], "FORWARD worked");
    }

    static int[] joined(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Samples of one's own: those of the image's second step in the first give what two such steps give. */
    @Test
    void otherSamplesMayBeTrained() {
        byte[] samples = bytes(IMAGE.stages().get(2).writes().get(0).words());
        byte[] labels = bytes(IMAGE.stages().get(2).writes().get(1).words());
        int layer = 0;
        int count = TINY.golden().weight(layer).length;
        int biases = TINY.golden().bias(layer).length;
        try (NativeDriver driver = nativeDriver(simulated.board(), FILE, 0)) {
            driver.open();
            driver.load();
            driver.step(0, samples, labels);
            driver.finish();
            int[] own = driver.weights(layer, count, biases);
            driver.load();
            driver.step(1);
            driver.finish();
            assertArrayEquals(driver.weights(layer, count, biases), own);
            assertThrows(NativeDriver.Failure.class, () -> driver.weights(layer, count - 1, biases));
            assertThrows(NativeDriver.Failure.class, () -> driver.weights(7, count, biases));
            assertThrows(NativeDriver.Failure.class, () -> driver.step(driver.steps()));
        }
    }

    private static byte[] bytes(Words words) {
        byte[] bytes = new byte[4 * words.count()];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) (words.get(index / 4) >> index % 4 * 8);
        }
        return bytes;
    }

    @Test
    void bothTellWrongIdentitiesApart() {
        bothFail(faulty().reads(Register.ID, -1), "identity", "the ID register reads 0xFFFFFFFF, all ones");
        bothFail(
                faulty().reads(Register.ID, 0x1234),
                "identity",
                "the ID register reads 0x00001234, not 0x48324C52: no h2learn accelerator answers");
        bothFail(
                faulty().reads(Register.HASH_HIGH, 0x1234),
                "identity",
                "the accelerator was generated from another configuration: its hash is 00001234");
        bothFail(faulty().reads(Register.VERSION, 1), "identity", "has register map version 1, this");
        bothFail(faulty().neverAnswers(), "identity", "is the accelerator in the design, at this address, clocked");
    }

    @Test
    void bothNameAStuckBit() {
        bothFail(faulty().stuck(BASE + 0x2468, 13), "memory", "memory at address 0xC0002468: bit 13 is stuck at 0");
        bothFail(faulty().stuck(BASE, 0), "memory", "memory at address 0xC0000000: bit 0 is stuck at 0");
    }

    @Test
    void bothNameARegisterThatForgets() {
        bothFail(faulty().reads(Register.SCRATCH, 0x10), "registers", "reads 0x00000010 where");
        bothFail(faulty().reads(Register.CYCLES, 7), "registers", "register CYCLES does not count");
    }

    @Test
    void bothRefuseAnImageThatIsTooLarge() {
        Board small = faulty().board(IMAGE.memoryBytes() - 64);
        String words = "needs " + IMAGE.memoryBytes() + " bytes of external memory, the board has "
                + (IMAGE.memoryBytes() - 64);
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> new SelfTest(small, TINY.config(), IMAGE).run());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
        try (NativeDriver driver = nativeDriver(small, FILE, 0)) {
            String fault = String.valueOf(driver.selfTest());
            assertTrue(fault.startsWith("image: ") && fault.contains(words), fault);
            assertEquals("the image n", driver.explain(12));
        }
    }

    @Test
    void theNativeDriverRefusesForeignImages() throws IOException {
        byte[] newer = FILE.clone();
        newer[8] = 2;
        assertTrue(refusal(newer).contains("the checksum of its first 32 bytes"), refusal(newer));
        assertTrue(refusal("no image at all, but text that is long".getBytes(StandardCharsets.UTF_8))
                .contains("this is no h2learn image"));
        assertTrue(refusal(Arrays.copyOf(FILE, 5000)).contains("truncated: it has 5000 bytes of " + FILE.length));
        NetworkImage other =
                Images.of(TINY.network(), new ConfigReader().read("base"), 1, 2).image();
        assertTrue(refusal(ImageWriter.bytes(other)).contains("the image is for the config with hash "));
        Path program = DriverLibrary.program(TINY.config(), folder, "fuzz_image.c");
        NetworkImage one = Images.of(TINY.network(), TINY.config(), 1, 1).image();
        Path small = Files.write(folder.resolve("small.h2image"), ImageWriter.bytes(one));
        int bytes = (int) Files.size(small);
        String output = DriverLibrary.run(folder, List.of(program.toString(), small.toString(), "11", "400"));
        assertTrue(output.startsWith(bytes + " truncations, " + bytes + " refused; 400 flips, 400 refused; "), output);
    }

    /** The board for bare metal and mmap, and what is called too early or with nonsense. */
    @Test
    void theMappedBoardOfTheNativeDriverWorks() throws IOException {
        Path program = DriverLibrary.program(TINY.config(), folder, "mapped_board.c");
        assertEquals("", DriverLibrary.run(folder, List.of(program.toString())));
    }

    private String refusal(byte[] file) {
        try (NativeDriver driver = nativeDriver(simulated.board(), file, 0)) {
            String fault = String.valueOf(driver.selfTest());
            assertTrue(fault.startsWith("image: "), fault);
            return fault;
        }
    }

    /** One bit of one checksum is wrong, as if one of the words were. */
    @Test
    void bothNameAWrongResult() {
        Stage end = IMAGE.stages().get(4);
        Check first = end.checks().get(0);
        List<Check> checks = new ArrayList<>(end.checks());
        checks.set(0, new Check(first.region(), first.address(), first.bytes(), first.crc() ^ 1));
        List<Stage> stages = new ArrayList<>(IMAGE.stages());
        stages.set(4, new Stage(end.kind(), 0, end.writes(), end.firstCommand(), end.commands(), checks));
        NetworkImage wrong = changed(stages, IMAGE.commands());
        String words = String.format(
                Locale.ROOT,
                "from address 0x%X on, of MASTER of layer 0, have the checksum %08X, not %08X",
                BASE + first.address(),
                first.crc(),
                first.crc() ^ 1);
        List<Result> results = new SelfTest(simulated.board(), TINY.config(), wrong).run();
        assertTrue(results.get(3).detail().contains(words), results.get(3).detail());
        try (NativeDriver driver = nativeDriver(simulated.board(), ImageWriter.bytes(wrong), 0)) {
            String fault = String.valueOf(driver.selfTest());
            assertTrue(fault.startsWith("known answer: after stage 4 ") && fault.contains(words), fault);
        }
    }

    /** A program whose first command waits for a token that nobody gives. */
    @Test
    void bothSayWhatWaits() {
        NetworkImage stuck = waiting();
        List<Result> results = new SelfTest(simulated.board(), TINY.config(), stuck).run();
        String state = "queue LOAD waits with command 0 (LOAD) for a token of STORE, ";
        String watchdog = "was refused: nothing moved for as many cycles as WATCHDOG allows";
        String detail = results.get(3).detail();
        assertTrue(detail.contains(watchdog) && detail.contains(state), detail);
        try (NativeDriver driver = nativeDriver(simulated.board(), ImageWriter.bytes(stuck), 0)) {
            String fault = String.valueOf(driver.selfTest());
            assertTrue(fault.contains(watchdog) && fault.contains(state), fault);
            assertEquals(EngineStates.read(simulated.board().registers()).toString(), driver.state());
        }
        try (NativeDriver driver = nativeDriver(simulated.board(), ImageWriter.bytes(stuck), 100)) {
            String fault = String.valueOf(driver.selfTest());
            assertTrue(fault.contains("made no progress in 100 looks at it; " + state), fault);
        }
    }

    private static NetworkImage waiting() {
        int[] commands = IMAGE.commands().array();
        CommandField.TAKE_TOKENS.put(commands, 1 << CommandQueue.STORE.ordinal());
        return changed(IMAGE.stages(), Words.of(commands));
    }

    private static NetworkImage changed(List<Stage> stages, Words commands) {
        return new NetworkImage(
                IMAGE.config(),
                IMAGE.hash(),
                IMAGE.network(),
                IMAGE.memoryBytes(),
                IMAGE.ring(),
                IMAGE.regions(),
                IMAGE.layers(),
                stages,
                commands);
    }

    private FaultyBoard faulty() {
        return new FaultyBoard(simulated.board());
    }

    private void bothFail(FaultyBoard faulty, String test, String words) {
        List<Result> results = new SelfTest(faulty.board(), TINY.config(), IMAGE).run();
        Result failure = results.stream()
                .filter(result -> result.outcome() == Outcome.FAILED)
                .findFirst()
                .orElseThrow();
        assertEquals(test, failure.test());
        assertTrue(failure.detail().contains(words), "Java: " + failure.detail());
        try (NativeDriver driver = nativeDriver(faulty.board(), FILE, 0)) {
            String fault = String.valueOf(driver.selfTest());
            assertTrue(fault.startsWith(test + ": ") && fault.contains(words), "C: " + fault);
        }
    }
}
