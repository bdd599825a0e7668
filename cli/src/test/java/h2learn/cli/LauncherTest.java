package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/h2learn in a tree of its own, with stand-ins for java and mvn that write down how they are called. */
class LauncherTest {
    private static final List<String> SYSTEM_TOOLS =
            List.of("sh", "id", "dirname", "readlink", "find", "mkdir", "touch", "flock", "grep", "tail", "cat");

    @TempDir
    private Path folder;

    private Path root;
    private Path launcher;
    private Path bin;
    private Path jar;

    @BeforeEach
    void layOutTree() throws IOException {
        root = Files.createDirectory(folder.resolve("a tree")).toRealPath();
        bin = Files.createDirectory(folder.resolve("bin"));
        launcher = root.resolve("scripts/h2learn");
        jar = root.resolve("cli/target/h2learn.jar");
        Files.createDirectories(launcher.getParent());
        Files.createDirectories(root.resolve("cli/src/main/java"));
        Files.copy(repository().resolve("scripts/h2learn"), launcher);
        assertTrue(launcher.toFile().setExecutable(true));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("cli/pom.xml"), "<project/>");
        Files.writeString(root.resolve("cli/src/main/java/A.java"), "class A {}");
        for (String tool : SYSTEM_TOOLS) {
            for (String directory : List.of("/usr/bin", "/bin")) {
                if (Files.exists(Path.of(directory, tool)) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), Path.of(directory, tool));
                }
            }
        }
        tool("java", "for argument; do echo \"[$argument]\"; done; pwd; exit 7");
        tool("javac", "exit 0");
        tool(
                "mvn",
                "echo \"mvn $*\" >> '" + folder + "/mvn.log'; mkdir -p cli/target; echo jar > cli/target/h2learn.jar");
    }

    private static Path repository() {
        Path above = Path.of("").toAbsolutePath();
        while (!Files.exists(above.resolve("scripts/h2learn"))) {
            above = above.getParent();
        }
        return above;
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Outcome launch(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return Outcome.ofProcess(folder, Map.of("PATH", bin.toString()), command);
    }

    private int builds() throws IOException {
        Path log = folder.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void buildsOnceAndPassesArgumentsOn() throws IOException, InterruptedException {
        Outcome first = launch(launcher, "train", "--network", "my net.yaml", "");
        assertEquals(7, first.code());
        assertTrue(first.err().startsWith("h2learn: building"), first.err());
        assertEquals(1, first.err().lines().count(), first.err());
        assertTrue(
                first.out()
                        .contains("[-Dh2learn.terminal=false]\n[-jar]\n[" + jar
                                + "]\n[train]\n[--network]\n[my net.yaml]\n[]\n" + folder.toRealPath()),
                first.out());
        assertTrue(Files.readString(folder.resolve("mvn.log")).contains("-DskipTests"));
        Outcome second = launch(launcher, "doctor");
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void buildsAgainWhenASourceOrAPomIsNewer() throws IOException, InterruptedException {
        launch(launcher);
        for (String source : List.of("pom.xml", "cli/pom.xml", "cli/src/main/java/A.java")) {
            int before = builds();
            Files.setLastModifiedTime(
                    root.resolve(source), FileTime.from(Instant.now().plusSeconds(5)));
            launch(launcher);
            assertEquals(before + 1, builds(), source);
            Files.setLastModifiedTime(
                    root.resolve(source), FileTime.from(Instant.now().minusSeconds(5)));
            launch(launcher);
            assertEquals(before + 1, builds(), source);
        }
    }

    @Test
    void worksThroughLinks() throws IOException, InterruptedException {
        Path one = Files.createSymbolicLink(folder.resolve("one"), launcher);
        Path two = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        assertTrue(launch(one).out().contains("[" + jar + "]"));
        assertTrue(launch(two).out().contains("[" + jar + "]"));
        assertEquals(1, builds());
    }

    @Test
    void saysWhatIsMissing() throws IOException, InterruptedException {
        Files.delete(bin.resolve("mvn"));
        refused("mvn is missing; on Debian type: ", "apt-get install maven");
        Files.delete(bin.resolve("javac"));
        tool("mvn", "exit 0");
        refused("javac is missing; on Debian type: ", "apt-get install openjdk-17-jdk-headless");
        Files.delete(bin.resolve("java"));
        refused("java is missing; on Debian type: ", "apt-get install openjdk-17-jdk-headless");
    }

    @Test
    void saysWhyABuildFailed() throws IOException, InterruptedException {
        tool("mvn", "echo '[ERROR] A.java:[1,7] no such class'; exit 1");
        refused("[ERROR] A.java:[1,7] no such class", "the build failed; its whole output is in ");
        assertFalse(Files.exists(jar));
    }

    private void refused(String... parts) throws IOException, InterruptedException {
        Outcome outcome = launch(launcher, "doctor");
        assertEquals(2, outcome.code());
        for (String part : parts) {
            assertTrue(outcome.err().contains(part), outcome.err());
        }
    }
}
