package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whatShowPrintsIsTheSameConfig() throws IOException {
        ConfigReader reader = new ConfigReader();
        for (String name : reader.names()) {
            String shown = Outcome.of("config", "show", name).good();
            Path file = Files.writeString(folder.resolve(name + ".yaml"), shown);
            assertEquals(reader.read(name), reader.read(file.toString()));
            assertTrue(shown.contains("#   hash: " + ConfigHash.of(reader.read(name))), shown);
        }
    }

    @Test
    void whatShowPrintsIsTheSameNetwork() throws IOException {
        NetworkReader reader = new NetworkReader();
        for (String name : reader.names()) {
            String shown = Outcome.of("network", "show", name).good();
            Path file = Files.writeString(folder.resolve(name + ".yaml"), shown);
            assertEquals(reader.read(name), reader.read(file.toString()));
        }
    }

    @Test
    void derivedValuesOfTiny() {
        String shown = Outcome.of("config", "show", "tiny").good();
        assertTrue(shown.contains("#   synaptic operations a cycle, at most: 16\n"), shown);
        assertTrue(shown.contains("#   tables a lane: 1\n"), shown);
        assertTrue(shown.contains("#   memory master: 1024 words of 4 x 16 bits\n"), shown);
    }

    @Test
    void listsNameAndDescription() {
        List<String> configs = Outcome.of("config", "list").good().lines().toList();
        assertEquals(
                new ConfigReader().names(),
                configs.stream().map(line -> line.split("\t")[0]).toList());
        List<String> networks = Outcome.of("network", "list").good().lines().toList();
        assertEquals(
                new NetworkReader().names(),
                networks.stream().map(line -> line.split("\t")[0]).toList());
        assertTrue(networks.stream().allMatch(line -> line.split("\t")[1].length() > 20));
    }

    @Test
    void aNetworkThatTrainsInTilesFits() {
        assertTrue(Outcome.of("config", "check", "base", "--network", "cifar-like")
                .good()
                .contains("base: good"));
    }

    @Test
    void warnsWhereTrainingWouldBePoor() throws IOException {
        Path coarse = Files.writeString(
                folder.resolve("coarse.yaml"),
                "name: coarse\ndescription: Few fraction bits.\nlanes: 16\nformats: {weightFractionBits: 2}\n");
        Outcome outcome = Outcome.of("config", "check", coarse.toString(), "base", "--network", "fashion-mlp");
        String out = outcome.good();
        assertTrue(out.contains("warning: " + coarse + ": layers[0]: "), out);
        assertTrue(out.contains("of the initial weights round to 0"), out);
        assertTrue(out.lines().noneMatch(line -> line.startsWith("warning: base")), out);
        assertTrue(Outcome.of("network", "check", "fashion-mlp", "--config", coarse.toString())
                .good()
                .contains("warning: fashion-mlp: layers[0]: "));
    }
}
