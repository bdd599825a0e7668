package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.TestModels;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
    private static Model counter(int seed) {
        return Model.open(
                TestModels.BUILD, TestModels.COUNTER, ModelOptions.defaults().withSeed(seed));
    }

    private static Model stopper() {
        Model model = Model.open(TestModels.BUILD, TestModels.STOPPER, ModelOptions.defaults());
        model.reset(2);
        model.step(5);
        return model;
    }

    @Test
    void countsCycles() {
        try (Model model = counter(1)) {
            model.reset(2);
            model.port("enable").set(1);
            model.step(1000);
            assertEquals(1002, model.cycle());
            assertEquals(999, model.port("count").get(), "the last edge saw the value before it");
            model.settle();
            assertEquals(1000, model.port("count").get());
            assertEquals(1003, model.port("sum").get());
            assertEquals(1002, model.cycle(), "settling is no cycle");
            model.port("enable").set(0);
            model.settle();
            assertEquals(1000, model.port("sum").get(), "inputs reach outputs without an edge");
        }
    }

    @Test
    void describesPorts() {
        try (Model model = counter(0)) {
            assertEquals(10, model.ports().size());
            assertEquals(100, model.port("wide_in").width());
            assertEquals(Port.Direction.INPUT, model.port("wide_in").direction());
            assertEquals(33, model.port("sum").width());
            assertEquals(Port.Direction.OUTPUT, model.port("sum").direction());
            assertEquals(16, model.port("never__set").width(), "a name that C++ does not allow");
            assertThrows(IllegalArgumentException.class, () -> model.port("no_such"));
        }
    }

    @Test
    void setsAndGetsPortsOfEverySize() {
        BigInteger wide = new BigInteger("5a0123456789abcdef0f1e2d3", 16);
        try (Model model = counter(0)) {
            model.port("wide_in").setWide(wide);
            model.port("long_in").set(-2);
            model.step(1);
            model.settle();
            BigInteger all = BigInteger.ONE.shiftLeft(100).subtract(BigInteger.ONE);
            assertEquals(all.xor(wide), model.port("wide_out").getWide());
            assertEquals(all.xor(wide).longValue(), model.port("wide_out").get());
            assertEquals(wide, model.port("wide_in").getWide());
            assertEquals(-1, model.port("long_out").get());
            assertEquals(
                    BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
                    model.port("long_out").getWide());
            model.port("wide_in").set(-1);
            assertEquals(
                    BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
                    model.port("wide_in").getWide(),
                    "the upper bits become zero");
        }
    }

    @Test
    void refusesValuesThatDoNotFit() {
        try (Model model = counter(0)) {
            assertThrows(
                    IllegalArgumentException.class, () -> model.port("enable").set(2));
            assertThrows(
                    IllegalArgumentException.class, () -> model.port("enable").set(-1));
            assertThrows(
                    IllegalArgumentException.class, () -> model.port("count").set(0), "an output");
            BigInteger tooWide = BigInteger.ONE.shiftLeft(100);
            assertThrows(
                    IllegalArgumentException.class, () -> model.port("wide_in").setWide(tooWide));
            assertThrows(IllegalArgumentException.class, () -> model.step(0));
            assertEquals(0, model.port("enable").get());
        }
    }

    @Test
    void initialValuesComeFromTheSeed() {
        List<Long> seen = new ArrayList<>();
        for (int seed : new int[] {0, 1, 2, 1}) {
            try (Model model = counter(seed)) {
                model.step(1);
                seen.add(model.port("never__set").get());
            }
        }
        assertEquals(0, seen.get(0));
        assertNotEquals(0, seen.get(1));
        assertNotEquals(seen.get(1), seen.get(2));
        assertEquals(seen.get(1), seen.get(3));
    }

    @Test
    void refusesPortsThatAreNotThere() {
        ModelOptions options = ModelOptions.defaults();
        IllegalArgumentException clock = assertThrows(
                IllegalArgumentException.class,
                () -> Model.open(TestModels.BUILD, TestModels.COUNTER, options.withClock("clock")));
        assertTrue(clock.getMessage().contains("'clock'"), clock.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Model.open(TestModels.BUILD, TestModels.COUNTER, options.withReset("count", false)));
        IllegalArgumentException bus = assertThrows(
                IllegalArgumentException.class,
                () -> Model.open(TestModels.BUILD, TestModels.COUNTER, options.withBus("s_axi_")));
        assertTrue(bus.getMessage().contains("s_axi_awvalid is missing"), bus.getMessage());
        try (Model model = Model.open(TestModels.BUILD, TestModels.COUNTER, options.withReset(null, false))) {
            assertThrows(IllegalStateException.class, () -> model.reset(1));
            assertThrows(IllegalStateException.class, model::bus);
        }
    }

    @Test
    void stopBecomesAnException() {
        try (Model model = stopper()) {
            model.port("action").set(1);
            VerilogStopException e = assertThrows(VerilogStopException.class, () -> model.step(1));
            assertTrue(e.getMessage().contains("stopper.sv:13"), e.getMessage());
            assertEquals(7, e.cycle());
            assertThrows(VerilogStopException.class, () -> model.step(1), "the model stays stopped");
        }
    }

    @Test
    void failedAssertionBecomesAnExceptionWithItsText() {
        try (Model model = stopper()) {
            model.port("action").set(2);
            VerilogStopException e = assertThrows(VerilogStopException.class, () -> model.step(1));
            assertTrue(e.getMessage().contains("the count was 5"), e.getMessage());
        }
    }

    @Test
    void assertionsCanBeLeftOut() {
        try (Model model =
                Model.open(TestModels.BUILD, TestModels.STOPPER.withAssertions(false), ModelOptions.defaults())) {
            model.port("action").set(2);
            model.step(10);
            assertEquals(10, model.cycle());
        }
    }

    @Test
    void fatalBecomesAnExceptionWithItsText() {
        try (Model model = stopper()) {
            model.port("action").set(3);
            VerilogStopException e = assertThrows(VerilogStopException.class, () -> model.step(1));
            assertTrue(e.getMessage().contains("beyond repair at 5"), e.getMessage());
        }
    }

    @Test
    void aLoopThatDoesNotSettleBecomesAnException() {
        try (Model model = stopper()) {
            model.port("action").set(6);
            VerilogFatalException e = assertThrows(VerilogFatalException.class, () -> model.step(1));
            assertTrue(e.getMessage().contains("converge"), e.getMessage());
        }
    }

    @Test
    void finishBecomesAnException() {
        try (Model model = stopper()) {
            model.port("action").set(4);
            VerilogFinishException e = assertThrows(VerilogFinishException.class, () -> model.step(100));
            assertEquals(7, e.cycle());
            assertThrows(VerilogFinishException.class, () -> model.reset(1));
        }
    }

    @Test
    void aStoppedModelDoesNotDisturbOthers() {
        try (Model good = stopper();
                Model bad = stopper();
                Model other = counter(0)) {
            bad.port("action").set(1);
            assertThrows(VerilogStopException.class, () -> bad.step(1));
            good.step(10);
            good.settle();
            assertEquals(15, good.port("count").get());
            other.port("enable").set(1);
            other.step(3);
            other.settle();
            assertEquals(3, other.port("count").get());
        }
    }

    @Test
    void displayIsCaptured() {
        try (Model model = stopper()) {
            assertEquals("", model.output());
            model.port("action").set(5);
            model.step(2);
            assertEquals("count 5\ncount 6\n", model.output());
            model.step(20_000);
            assertTrue(model.output().length() < 70_000, "bounded");
            model.settle();
            long last = model.port("count").get() - 1;
            assertTrue(model.output().endsWith("count " + last + "\n"), "the last text is kept");
        }
    }

    @Test
    void closesTwiceAndRefusesUseAfterwards() {
        Model model = counter(0);
        Port port = model.port("enable");
        model.close();
        model.close();
        assertThrows(IllegalStateException.class, () -> model.step(1));
        assertThrows(IllegalStateException.class, model::cycle);
        assertThrows(IllegalStateException.class, port::get);
        assertThrows(IllegalStateException.class, () -> port.set(1));
        assertThrows(IllegalStateException.class, () -> model.memory("TOP", "x"));
    }

    @Test
    void refusesOtherThreads() {
        try (Model model = counter(0)) {
            CompletionException use =
                    assertThrows(CompletionException.class, () -> CompletableFuture.runAsync(() -> model.step(1))
                            .join());
            assertTrue(use.getCause() instanceof IllegalStateException, () -> use.getCause() + "");
            assertTrue(use.getMessage().contains(Thread.currentThread().getName()), use.getMessage());
            assertThrows(CompletionException.class, () -> CompletableFuture.runAsync(model::close)
                    .join());
            model.step(1);
            assertEquals(1, model.cycle());
        }
    }

    @Test
    void threadsRunModelsOfTheirOwn() {
        List<CompletableFuture<Long>> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            results.add(CompletableFuture.supplyAsync(() -> {
                try (Model model = counter(3)) {
                    model.reset(1);
                    model.port("enable").set(1);
                    model.step(100_000);
                    model.settle();
                    return model.port("count").get();
                }
            }));
        }
        results.forEach(result -> assertEquals(100_000, result.join()));
    }

    @Test
    void opensAndClosesManyTimes() throws IOException {
        Path library = TestModels.BUILD.model(TestModels.COUNTER);
        for (int i = 0; i < 200; i++) {
            try (Model model = Model.open(
                    TestModels.BUILD, library, ModelOptions.defaults().withSeed(i))) {
                model.reset(1);
                model.step(1);
                assertEquals(2, model.cycle());
            }
        }
        long mapped = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(".loading"))
                .map(line -> line.substring(line.lastIndexOf('/')))
                .distinct()
                .count();
        assertTrue(mapped < 20, "closed models are unloaded; still mapped: " + mapped);
    }

    @Test
    void runsOnWhenItsLibraryIsDeleted(@TempDir Path directory) throws IOException {
        Path library = directory.resolve("model.so");
        Files.copy(TestModels.BUILD.model(TestModels.COUNTER), library);
        try (Model model = Model.open(TestModels.BUILD, library, ModelOptions.defaults())) {
            Files.delete(library);
            model.port("enable").set(1);
            model.step(10);
            model.settle();
            assertEquals(10, model.port("count").get());
        }
        try (var left = Files.list(directory)) {
            assertEquals(0, left.count(), "no copy is left behind");
        }
        IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> Model.open(TestModels.BUILD, library, ModelOptions.defaults()));
        assertTrue(e.getMessage().contains("build it again"), e.getMessage());
        assertFalse(Files.exists(library));
    }

    @Test
    void refusesFilesThatAreNoModels(@TempDir Path directory) throws IOException {
        Path text = Files.writeString(directory.resolve("text.so"), "no library");
        assertThrows(IllegalArgumentException.class, () -> Model.open(TestModels.BUILD, text, ModelOptions.defaults()));
        Path core = TestModels.BUILD.core();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Model.open(TestModels.BUILD, core, ModelOptions.defaults()));
        assertTrue(e.getMessage().contains("holds no model"), e.getMessage());
    }
}
