package h2learn.cosim.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to builds: other processes, SIGKILL, disks that are full. */
class AccidentsTest {
    private static final int VALUE = 173;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Path cache;
    private Path bin;

    @BeforeEach
    void prepare() throws IOException {
        cache = directory.resolve("cache");
        bin = Files.createDirectories(directory.resolve("bin"));
    }

    private VerilatorBuild build() {
        return build(cache, bin);
    }

    private static VerilatorBuild build(Path cache, Path bin) {
        return new VerilatorBuild(
                new BuildCache(cache, BuildCache.DEFAULT_MAXIMUM_BYTES),
                new Toolchain(bin + ":" + System.getenv("PATH")));
    }

    /** Puts a script before {@code tool}, which does not run when the tool is asked for its version. */
    private void before(String tool, String script) throws IOException {
        Path real = Toolchain.standard().require(tool);
        Path wrapper = bin.resolve(tool);
        Files.writeString(
                wrapper, "#!/bin/sh\nif [ \"$1\" != --version ]; then\n" + script + "fi\nexec " + real + " \"$@\"\n");
        assertTrue(wrapper.toFile().setExecutable(true));
    }

    private static void await(Path file, Process process) throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!Files.exists(file)) {
            assertTrue(process.isAlive() && Instant.now().isBefore(latest), () -> "waiting for " + file);
            Thread.sleep(5);
        }
    }

    private List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("libraries"))) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void changedVerilogIsAnotherModelAlsoBesideTheOldOne() {
        VerilatorBuild build = build();
        Path first = build.model(SmallModel.of(1));
        Path second = build.model(SmallModel.of(2));
        assertNotEquals(first, second);
        // one name of everything in both
        try (Model one = Model.open(TestModels.BUILD, first, ModelOptions.defaults());
                Model two = Model.open(TestModels.BUILD, second, ModelOptions.defaults())) {
            for (int round = 0; round < 3; round++) {
                assertEquals(1, SmallModel.value(one));
                assertEquals(2, SmallModel.value(two));
            }
            one.close();
            assertEquals(2, SmallModel.value(two));
        }
        assertEquals(1, SmallModel.value(build, SmallModel.of(1)));
        assertEquals(2, build.builds());
    }

    @Test
    void twoProcessesAtTheSameInstantBuildOnceAndBothAreRight() throws IOException, InterruptedException {
        // both have looked into the cache before one of them is through
        before("verilator", "echo run >> " + directory.resolve("runs") + "\nsleep 1\n");
        Path go = directory.resolve("go");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            List<String> command = ChildJava.command(
                    OneBuild.class,
                    cache.toString(),
                    bin.toString(),
                    directory.resolve("ready" + i).toString(),
                    go.toString());
            processes.add(ChildJava.start(command, directory.resolve("process" + i)));
        }
        for (int i = 0; i < 2; i++) {
            await(directory.resolve("ready" + i), processes.get(i));
        }
        Files.createFile(go);
        for (int i = 0; i < 2; i++) {
            int code = processes.get(i).waitFor();
            String said = Files.readString(directory.resolve("process" + i));
            assertEquals("0 " + VALUE, code + " " + said.strip());
        }
        assertEquals(1, Files.readAllLines(directory.resolve("runs")).size());
        assertEquals(1, libraries().size());
    }

    /** Says that it is ready, waits for the start, builds, and prints the model's value. */
    static final class OneBuild {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            VerilatorBuild build = build(Path.of(arguments[0]), Path.of(arguments[1]));
            Files.createFile(Path.of(arguments[2]));
            while (!Files.exists(Path.of(arguments[3]))) {
                Thread.sleep(1);
            }
            System.out.println(SmallModel.value(build, SmallModel.of(VALUE)));
        }
    }

    @Test
    void aBuildAfterAKilledOneIsRight() throws IOException, InterruptedException {
        Path go = Files.createFile(directory.resolve("go"));
        Path slow = directory.resolve("slow");
        Path busy = directory.resolve("busy");
        // goes on writing when its parent is gone, as a compiler would
        String script = "if rm " + slow + " 2> /dev/null; then\n  touch " + busy
                + "\n  for i in $(seq 150); do echo half > left$i.o; echo half > libmodel.so; sleep 0.02; done\n  exit 1\nfi\n";
        for (String tool : List.of("verilator", "make")) {
            before(tool, script);
            Files.createFile(slow);
            List<String> command = ChildJava.command(
                    OneBuild.class,
                    cache.toString(),
                    bin.toString(),
                    directory.resolve("ready-" + tool).toString(),
                    go.toString());
            Process killed = ChildJava.start(command, directory.resolve("killed-" + tool));
            await(busy, killed);
            killed.destroyForcibly();
            assertEquals(128 + 9, killed.waitFor());
            assertTrue(!Files.exists(cache.resolve("libraries")) || libraries().isEmpty(), "nothing half-written");

            VerilatorBuild next = build();
            assertEquals(VALUE, SmallModel.value(next, SmallModel.of(VALUE)));
            assertEquals(1, next.builds());
            assertEquals(VALUE, SmallModel.value(build(), SmallModel.of(VALUE)));
            Files.delete(cache.resolve("libraries").resolve(libraries().get(0)));
            Files.delete(busy);
        }
    }

    @Test
    void aFullDiskIsAClearErrorAndNoLibrary() throws IOException, InterruptedException {
        Path mount = Files.createDirectories(directory.resolve("disk"));
        List<String> probe = List.of("unshare", "-rm", "mount", "-t", "tmpfs", "none", mount.toString());
        assumeTrue(
                new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0,
                "this kernel lets no user mount a small disk of their own");
        // too small for Verilator's output, for the compiler's, and for the library; then large enough
        List<String> sizes = List.of("8k", "60k", "300k", "8m");
        List<String> command = new ArrayList<>(List.of("unshare", "-rm"));
        command.addAll(ChildJava.command(FullDisk.class, mount.toString(), bin.toString()));
        command.addAll(sizes);
        List<String> said =
                ChildJava.run(command, directory.resolve("full")).lines().toList();
        assertEquals(sizes.size(), said.size(), () -> said.toString());
        String refused = "build cache " + mount.resolve("cache")
                + ": No space left on device; make room there, or set H2LEARN_CACHE to a folder on another disk";
        assertEquals(List.of(refused, refused, refused, String.valueOf(VALUE)), said);
    }

    /** Builds on disks of growing sizes, mounted in a namespace of this process only, and prints what became of it. */
    static final class FullDisk {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path mount = Path.of(arguments[0]);
            for (int i = 2; i < arguments.length; i++) {
                String options = (i == 2 ? "" : "remount,") + "size=" + arguments[i];
                int code = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "none", mount.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
                if (code != 0) {
                    throw new IllegalStateException("cannot mount with " + options);
                }
                report(mount.resolve("cache"), Path.of(arguments[1]));
            }
        }

        /** The model's value, or the error in one line; with an error there must be no library. */
        static void report(Path cache, Path bin) throws IOException {
            try {
                System.out.println(SmallModel.value(build(cache, bin), SmallModel.of(VALUE)));
            } catch (UncheckedIOException | BuildFailedException refused) {
                try (Stream<Path> all = Files.exists(cache) ? Files.walk(cache) : Stream.empty()) {
                    String left = String.join(
                            ", ",
                            all.map(Path::toString)
                                    .filter(name -> name.endsWith(".so"))
                                    .toList());
                    System.out.println(
                            left + refused.getMessage().lines().findFirst().orElseThrow());
                }
            }
        }
    }

    @Test
    void aLimitOfFileSizesIsAClearErrorAndNoLibrary() throws IOException, InterruptedException {
        TestModels.BUILD.core();
        // in units of 512 bytes: too little for Verilator's output, for an object file, for the library
        for (int blocks : List.of(2, 20, 120)) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
            command.addAll(ChildJava.command(FileLimit.class, cache.toString(), bin.toString()));
            String said = ChildJava.run(command, directory.resolve("limited")).strip();
            assertTrue(
                    said.matches(
                            "build cache " + cache + ": File (too large|size limit exceeded); make room there, .*"),
                    blocks + ": " + said);
        }
        assertEquals(VALUE, SmallModel.value(build(), SmallModel.of(VALUE)));
    }

    /** Builds and prints what became of it. */
    static final class FileLimit {
        public static void main(String[] arguments) throws IOException {
            FullDisk.report(Path.of(arguments[0]), Path.of(arguments[1]));
        }
    }
}
