package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.data.DataSet;
import h2learn.data.ImageCode;
import h2learn.network.NetworkReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Images as spikes and recordings of event cameras, as every command takes them. */
class DataOptionsTest {
    @TempDir
    private Path folder;

    private String spikes = "";
    private String events = "";

    @BeforeEach
    void networks() throws IOException {
        spikes = network("spikes", "{channels: 49, encoding: spikes}", 10);
        events = network("events", "{channels: 2, height: 4, width: 4, encoding: spikes}", 4);
    }

    private String network(String name, String input, int classes) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(
                file,
                "name: " + name + "\ndescription: A test network.\ninput: " + input + "\nsteps: 4\n"
                        + "neuron: {alpha: 0.5, theta: 0.5, window: 0.5}\n"
                        + "layers: [{outputs: 16}, {outputs: " + 2 * classes + "}]\n"
                        + "classes: {count: " + classes + ", neurons: 2}\n"
                        + "training: {minibatch: 8, epochs: 1, learningRate: 0.6}\n");
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poisson", "rate", "thermometer"})
    void imageCodesDependOnNothingButSeedAndCode(String code) {
        Outcome one = train(spikes, "--image-code", code, "--samples", "40", "--threads", "1");
        Outcome three = train(spikes, "--image-code", code, "--samples", "40", "--threads", "3");
        assertEquals(one.good(), three.good());
        assertTrue(one.value("data").endsWith(" averaged 4x4 as " + code + " spikes, 40 training and 40 test samples"));
        Outcome usual = train(spikes, "--samples", "40");
        assertEquals(code.equals("poisson"), usual.good().equals(one.out()));
    }

    @Test
    void onlyPoissonSpikesDependOnTheSeed() {
        for (ImageCode code : ImageCode.values()) {
            String name = code.name().toLowerCase(Locale.ROOT);
            int[] first = first(1, name);
            assertEquals(Arrays.toString(first), Arrays.toString(first(1, name)));
            assertEquals(code != ImageCode.POISSON, Arrays.equals(first, first(2, name)));
        }
    }

    private int[] first(long seed, String code) {
        DataSet set = options("--image-code", code)
                .bySeed(new NetworkReader().read(spikes))
                .apply(seed);
        return set.train().get(0).values();
    }

    @Test
    void cosimTakesImagesAsSpikes() {
        Outcome outcome = cosim(spikes, "--image-code", "rate", "--samples", "4");
        outcome.good();
        assertTrue(outcome.value("data").endsWith(" averaged 4x4 as rate spikes, 4 samples a seed"), outcome.out());
        assertTrue(outcome.value("words compared").matches("[1-9]\\d{3,}, all equal"), outcome.out());
    }

    @Test
    void cosimTakesSyntheticEventsOfEachSeed() {
        Outcome outcome = cosim(events, "--data", "moving-bars", "--samples", "16", "--seeds", "2");
        outcome.good();
        assertEquals("moving bars, 16 samples a seed", outcome.value("data"));
        assertTrue(outcome.value("words compared").matches("[1-9]\\d{3,}, all equal"), outcome.out());
        String other = cosim(events, "--data", "moving-bars", "--samples", "16", "--seed", "2")
                .value("seed 2");
        assertEquals(other, outcome.value("seed 2"));
        assertNotEquals(other, outcome.value("seed 1"));
    }

    @Test
    void cosimTakesRecordings() throws IOException {
        Path recordings = folder.resolve("recordings");
        for (int label = 0; label < 2; label++) {
            Path own = Files.createDirectories(recordings.resolve(String.valueOf(label)));
            for (int number = 0; number < 5; number++) {
                Files.write(own.resolve(number + ".bin"), recording(8 * label + number));
            }
        }
        Outcome outcome = cosim(events, "--data", recordings.toString(), "--camera", "16x16", "--samples", "8");
        outcome.good();
        assertEquals("recordings, 8 samples a seed", outcome.value("data"));
        assertTrue(outcome.value("words compared").matches("[1-9]\\d{3,}, all equal"), outcome.out());
        cosim(events, "--data", recordings.toString(), "--samples", "8")
                .refused("is at (", "beyond a camera of 4x4 pixels; give the camera's size");
        cosim(events, "--data", recordings.toString(), "--camera", "16x16", "--samples", "9")
                .refused("--samples: 9 is more than the 8 samples of recordings (training)");
    }

    /** Events in N-MNIST's layout: 5 bytes each, a column x over four rows. */
    private static byte[] recording(int x) {
        byte[] bytes = new byte[5 * 16];
        for (int event = 0; event < 16; event++) {
            bytes[5 * event] = (byte) x;
            bytes[5 * event + 1] = (byte) (event % 4 + 4);
            bytes[5 * event + 2] = (byte) (event % 2 << 7);
            bytes[5 * event + 4] = (byte) (10 * event);
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spikes | --image-code morse | --image-code: morse is no image code; use direct, poisson",
                "spikes | --image-code rate:2 | --image-code: only thermometer has several channels a pixel",
                "spikes | --image-code direct | image code direct: network spikes reads spikes",
                "spikes | --image-code thermometer:4 | do not fit the network's input of 49 values as thermometer:4",
                "tiny-mlp | --image-code rate | image code rate: makes spikes, but network tiny-mlp reads the pixels",
                "spikes | --camera 4x4 | --camera: is for recordings of an event camera, not for images",
                "events | --data moving-bars --image-code rate | are spikes already; leave it out",
                "events | --image-code rate | looks like that of an event camera: give recordings as data",
                "tiny-mlp | --data random --image-code rate | random samples are as the network reads them",
                "events | --data moving-digits | is none of the network's 4 classes",
                "spikes | --data moving-bars | events are spikes of 2 channels, but network spikes reads 49",
            })
    void whatDoesNotGoTogetherIsRefusedByEveryCommand(String network, String options, String message) {
        String file = network.equals("tiny-mlp")
                ? network
                : folder.resolve(network + ".yaml").toString();
        train(file, options.split(" ")).refused(message);
        cosim(file, options.split(" ")).refused(message);
    }

    @Test
    void aRunIsRepeatedWithItsData() {
        assertEquals(List.of(), options("--seed", "3").words());
        List<String> words = List.of("--data", "here", "--camera", "34x34", "--image-code", "thermometer:4");
        assertEquals(words, options(words.toArray(String[]::new)).words());
    }

    @Command
    private static final class Holder {
        @Mixin
        private DataOptions data = new DataOptions();
    }

    private static DataOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.data;
    }

    private static Outcome train(String network, String... options) {
        return run(List.of("train", "--network", network), options);
    }

    private static Outcome cosim(String network, String... options) {
        return run(List.of("cosim", "--network", network, "--config", "tiny"), options);
    }

    private static Outcome run(List<String> command, String... options) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(Arrays.asList(options));
        return Outcome.of(arguments.toArray(String[]::new));
    }
}
