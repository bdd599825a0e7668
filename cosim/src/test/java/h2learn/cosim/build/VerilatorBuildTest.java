package h2learn.cosim.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With caches of their own, so each test builds from nothing. */
class VerilatorBuildTest {
    private static final ModelSource SMALL = ModelSource.of(
            "through",
            Map.of("through.v", "module through(input clk, input reset, output q); assign q = clk; endmodule\n"));

    @TempDir
    private Path directory;

    private Path cache;
    private Path spawned;
    private VerilatorBuild build;

    @BeforeEach
    void prepare() throws IOException {
        cache = directory.resolve("cache");
        spawned = directory.resolve("spawned");
        build = fresh(BuildCache.DEFAULT_MAXIMUM_BYTES);
    }

    /** Another build on the same cache. Its verilator notes every run but those that ask for the version. */
    private VerilatorBuild fresh(long maximumBytes) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path wrapper = bin.resolve("verilator");
        if (!Files.exists(wrapper)) {
            Path real = Toolchain.standard().require("verilator");
            Files.writeString(
                    wrapper,
                    "#!/bin/sh\n[ \"$1\" = --version ] || echo run >> " + spawned + "\nexec " + real + " \"$@\"\n");
            assertTrue(wrapper.toFile().setExecutable(true));
        }
        return new VerilatorBuild(
                new BuildCache(cache, maximumBytes), new Toolchain(bin + ":" + System.getenv("PATH")));
    }

    private long verilatorRuns() throws IOException {
        return Files.exists(spawned) ? Files.readAllLines(spawned).size() : 0;
    }

    private static void assertWorks(VerilatorBuild build, Path library) {
        try (Model model = Model.open(build, library, ModelOptions.defaults())) {
            model.step(1);
            assertEquals(0, model.port("q").get());
        }
    }

    private List<String> names(String subdirectory) throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve(subdirectory))) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theSecondBuildRunsNoVerilator() throws IOException {
        Path library = build.model(SMALL);
        assertEquals(1, verilatorRuns());
        assertEquals(library, build.model(SMALL));
        VerilatorBuild other = fresh(BuildCache.DEFAULT_MAXIMUM_BYTES);
        assertEquals(library, other.model(SMALL));
        assertEquals(1, verilatorRuns());
        assertEquals(1, build.builds());
        assertEquals(0, other.builds());
        assertEquals(List.of(), names("tmp"));
        assertWorks(build, library);
    }

    @Test
    void everyPartOfTheSourceCounts() throws IOException {
        Path library = build.model(SMALL);
        String text = SMALL.files().get("through.v");
        List<ModelSource> others = List.of(
                ModelSource.of("through", Map.of("through.v", text + "// more\n")),
                ModelSource.of("through", Map.of("other.v", text)),
                SMALL.withAssertions(false),
                SMALL.withConfiguration("lint_off -rule UNUSED"));
        for (ModelSource other : others) {
            assertNotEquals(library, build.model(other));
        }
        assertEquals(5, verilatorRuns());
    }

    @Test
    void anotherCompilerVersionIsAnotherLibrary() throws IOException {
        Path library = build.model(SMALL);
        Path compiler = directory.resolve("bin/g++");
        Path real = Toolchain.standard().require("g++");
        Files.writeString(
                compiler,
                "#!/bin/sh\nif [ \"$1\" = --version ]; then echo g++ 99; else exec " + real + " \"$@\"; fi\n");
        assertTrue(compiler.toFile().setExecutable(true));
        assertNotEquals(library, fresh(BuildCache.DEFAULT_MAXIMUM_BYTES).model(SMALL));
        assertEquals(2, verilatorRuns());
    }

    @Test
    void threadsBuildAModelOnce() throws IOException {
        VerilatorBuild other = fresh(BuildCache.DEFAULT_MAXIMUM_BYTES);
        CompletableFuture<Path> one = CompletableFuture.supplyAsync(() -> build.model(SMALL));
        CompletableFuture<Path> two = CompletableFuture.supplyAsync(() -> other.model(SMALL));
        assertEquals(one.join(), two.join());
        assertEquals(1, verilatorRuns());
        assertEquals(1, build.builds() + other.builds());
    }

    @Test
    void aKilledBuildLeavesNothingThatIsUsed() throws IOException {
        Path library = build.model(SMALL);
        byte[] good = Files.readAllBytes(library);
        String key = library.getFileName().toString().replace(".so", "");

        // killed while compiling: a directory with part of the work, and the lock file
        Files.delete(library);
        Path debris = Files.createDirectories(cache.resolve("tmp").resolve(key + "-123"));
        Files.write(debris.resolve("libmodel.so"), new byte[100]);
        assertEquals(library, build.model(SMALL));
        assertEquals(2, verilatorRuns());
        assertFalse(Files.exists(debris), "cleaned up by the next build of the same model");

        // torn by a full disk or a loss of power
        for (int length : new int[] {0, 20, good.length / 2, good.length - 1}) {
            Files.write(library, Arrays.copyOf(good, length));
            assertWorks(build, build.model(SMALL));
        }
        byte[] flipped = good.clone();
        flipped[good.length / 3] ^= 1;
        Files.write(library, flipped);
        assertWorks(build, build.model(SMALL));
        assertEquals(7, verilatorRuns());
    }

    @Test
    void theCacheMayBeDeletedAtAnyTime() throws IOException, InterruptedException {
        CompletableFuture<Path> building = CompletableFuture.supplyAsync(() -> build.model(SMALL));
        while (verilatorRuns() == 0 && !building.isDone()) {
            Thread.sleep(2);
        }
        try (Stream<Path> all = Files.walk(cache)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                try {
                    Files.deleteIfExists(path);
                } catch (DirectoryNotEmptyException e) {
                    continue; // the build wrote into it meanwhile
                }
            }
        } catch (UncheckedIOException e) {
            assertTrue(e.getCause() instanceof NoSuchFileException, e::toString);
        }
        assertWorks(build, building.join());
    }

    @Test
    void anInterruptEndsTheBuild() throws IOException, InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                build.model(SMALL);
            } catch (RuntimeException e) {
                thrown.set(e);
            }
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        while (verilatorRuns() == 0) {
            Thread.sleep(2);
        }
        thread.interrupt();
        thread.join();
        assertTrue(thrown.get() instanceof UncheckedIOException, () -> "thrown: " + thrown.get());
        assertTrue(stillInterrupted.get());
        assertEquals(List.of(), names("libraries"));
        assertWorks(build, build.model(SMALL));
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() throws IOException {
        Path first = build.model(SMALL);
        Path second = build.model(SMALL.withAssertions(false));
        long size = Files.size(first);
        age(first, 3);
        age(second, 2);
        build.model(SMALL); // so first is the younger one now
        VerilatorBuild bounded = fresh(size * 5 / 2);
        Path third = bounded.model(SMALL.withConfiguration("lint_off -rule UNUSED"));
        assertTrue(Files.exists(first));
        assertFalse(Files.exists(second));
        assertTrue(Files.exists(third));
        Path fourth = fresh(1).model(SMALL.withConfiguration("lint_off -rule WIDTH"));
        assertEquals(List.of(fourth.getFileName().toString()), names("libraries"), "the newest one stays");
    }

    private static void age(Path file, int hours) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
    }

    @Test
    void aMissingToolIsNamed() throws IOException {
        for (String missing : List.of("verilator", "g++", "make")) {
            Path bin = Files.createDirectories(directory.resolve("without-" + missing));
            for (String tool : List.of("verilator", "g++", "make", "perl", "python3", "sh")) {
                if (!tool.equals(missing)) {
                    Files.createSymbolicLink(
                            bin.resolve(tool), Toolchain.standard().require(tool));
                }
            }
            VerilatorBuild poor = new VerilatorBuild(
                    new BuildCache(cache, BuildCache.DEFAULT_MAXIMUM_BYTES), new Toolchain(bin.toString()));
            ToolMissingException e = assertThrows(ToolMissingException.class, () -> poor.model(SMALL));
            assertEquals(missing, e.tool());
            assertEquals(
                    missing + " is needed to build a model and was not found; on Debian type: sudo apt-get install "
                            + missing,
                    e.getMessage());
        }
    }

    @Test
    void worksWithoutCompilerCache() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("plain"));
        for (String tool : List.of(
                "verilator",
                "g++",
                "make",
                "perl",
                "python3",
                "sh",
                "as",
                "ld",
                "ar",
                "rm",
                "cat",
                "echo",
                "env",
                "uname",
                "which",
                "xargs")) {
            Files.createSymbolicLink(bin.resolve(tool), Toolchain.standard().require(tool));
        }
        VerilatorBuild plain = new VerilatorBuild(
                new BuildCache(cache, BuildCache.DEFAULT_MAXIMUM_BYTES), new Toolchain(bin.toString()));
        assertWorks(plain, plain.model(SMALL));
    }

    @Test
    void aRefusedSourceShowsTheFirstErrors() throws IOException {
        ModelSource wrong = ModelSource.of(
                "wrong",
                Map.of("wrong.v", "module wrong(input clk);\n  assign nothing = clk;\n  nonsense\nendmodule\n"));
        BuildFailedException e = assertThrows(BuildFailedException.class, () -> build.model(wrong));
        assertTrue(e.getMessage().contains("wrong.v:4"), e.getMessage());
        assertTrue(Files.readString(e.log()).contains("wrong.v:4"));
        assertTrue(e.getMessage().contains(e.log().toString()));
        assertEquals(List.of(), names("tmp"));
        assertEquals(List.of(), names("libraries"));

        ModelSource noSuchTop = ModelSource.of("absent", SMALL.files());
        assertThrows(BuildFailedException.class, () -> build.model(noSuchTop));
    }

    @Test
    void includedFilesAreFound() {
        ModelSource source = ModelSource.of(
                "through",
                Map.of(
                        "through.v",
                        "`include \"value.vh\"\nmodule through(input clk, input reset, output q); assign q = `VALUE; endmodule\n",
                        "value.vh",
                        "`define VALUE 1'b0\n"));
        assertWorks(build, build.model(source));
    }
}
