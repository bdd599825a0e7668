package h2learn.model.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.InvalidInputException;
import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.TestNetworks;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.ReferenceEngine;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.tensor.ElementType;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorDumpTest {
    private static final Network DIRECT = TestNetworks.of(TestNetworks.DIRECT, 4, true, 20, 6);
    private static final Network SPIKES = TestNetworks.of(TestNetworks.SPIKES, 3, false, 20, 6);

    @TempDir
    Path folder;

    @Test
    void writesEveryTensorOfTheIntegerModel() throws IOException {
        dumpFixed(DIRECT, folder.resolve("dump"));
        SortedMap<String, NpyArray> tensors = read(folder.resolve("dump"));
        assertEquals(shapes(DIRECT, 5), shapes(tensors));
        assertEquals(ElementType.UINT8, tensors.get("layer1.s").type());
        assertEquals(ElementType.INT64, tensors.get("label").type());
        checkEquations(DIRECT, tensors, 0.5 / 64);
    }

    @Test
    void writesEveryTensorOfTheFloatModel() throws IOException {
        dumpReference(DIRECT, folder.resolve("dump"));
        SortedMap<String, NpyArray> tensors = read(folder.resolve("dump"));
        assertEquals(shapes(DIRECT, 5), shapes(tensors));
        checkEquations(DIRECT, tensors, 1e-12);
    }

    @Test
    void networksOfSpikesHaveAStepAxisInTheirInputAndNoBiasNoBiasFiles() throws IOException {
        dumpFixed(SPIKES, folder.resolve("dump"));
        SortedMap<String, NpyArray> tensors = read(folder.resolve("dump"));
        assertArrayEquals(new int[] {5, 3, 12}, tensors.get("input").shape());
        assertEquals(ElementType.UINT8, tensors.get("input").type());
        assertTrue(tensors.keySet().stream().noneMatch(name -> name.endsWith("bias")), "" + tensors.keySet());
        checkEquations(SPIKES, tensors, 0.5 / 64);
    }

    @Test
    void theManifestNamesEachFileAndTheIntegersScale() throws IOException {
        dumpFixed(DIRECT, folder.resolve("dump"));
        SortedMap<String, NpyArray> tensors = read(folder.resolve("dump"));
        JsonNode manifest =
                new ObjectMapper().readTree(folder.resolve("dump/tensors.json").toFile());
        assertEquals("fixed", manifest.get("model").asText());
        assertEquals(tensors.size(), manifest.get("tensors").size());
        for (JsonNode file : manifest.get("tensors")) {
            String name = file.get("file").asText().replace(".npy", "");
            NpyArray array = tensors.get(name);
            assertEquals(array.type().code(), file.get("type").asText());
            assertEquals(array.shape().length, file.get("axes").size());
            assertEquals(array.shape().length, file.get("shape").size());
            if (array.type().isReal()) {
                for (double value : array.reals()) {
                    double integer = Math.scalb(value, file.get("fractionBits").asInt());
                    assertEquals(Math.rint(integer), integer, name);
                }
            }
        }
    }

    @Test
    void theSameMinibatchGivesTheSameBytes() throws IOException {
        dumpFixed(DIRECT, folder.resolve("one"));
        dumpFixed(DIRECT, folder.resolve("two"));
        try (Stream<Path> files = Files.list(folder.resolve("one"))) {
            for (Path file : files.toList()) {
                assertArrayEquals(
                        Files.readAllBytes(file),
                        Files.readAllBytes(folder.resolve("two").resolve(file.getFileName())),
                        file.toString());
            }
        }
    }

    @Test
    void replacesAnEarlierDumpAndNothingElse() throws IOException {
        Path dump = folder.resolve("dump");
        dumpReference(DIRECT, dump);
        Files.writeString(dump.resolve("layer9.s.npy"), "of an earlier network");
        dumpReference(SPIKES, dump);
        assertTrue(Files.notExists(dump.resolve("layer9.s.npy")));

        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("thesis.txt"), "do not delete");
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> dumpReference(DIRECT, own));
        assertEquals(
                own
                        + ": is there already and holds no tensors.json; give a new folder or one that an earlier run wrote",
                refusal.getMessage());
        assertTrue(Files.exists(own.resolve("thesis.txt")));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(dump, own), left.sorted().toList());
        }
    }

    @Test
    void anUnwritablePlaceIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        InvalidInputException refusal =
                assertThrows(InvalidInputException.class, () -> dumpReference(DIRECT, file.resolve("dump")));
        assertTrue(refusal.getMessage().startsWith(file.resolve("dump") + ": cannot be written: "));
    }

    /** What somebody with NumPy alone would check: x = W in + b, u, s, h, and dW from gu and the inputs. */
    private static void checkEquations(Network network, SortedMap<String, NpyArray> tensors, double rounding) {
        int steps = network.steps();
        Network.Neuron neuron = network.neuron();
        for (int layer = 1; layer <= 2; layer++) {
            int outputs = tensors.get("layer" + layer + ".weight").shape()[0];
            int inputs = tensors.get("layer" + layer + ".weight").shape()[1];
            double[] weight = tensors.get("layer" + layer + ".weight").reals();
            double[] u = tensors.get("layer" + layer + ".u").reals();
            double[] gu = tensors.get("layer" + layer + ".gu").reals();
            long[] s = tensors.get("layer" + layer + ".s").integers();
            long[] h = tensors.get("layer" + layer + ".h").integers();
            double[] dweight = new double[weight.length];
            for (int at = 0; at < u.length; at++) {
                int output = at % outputs;
                int step = at / outputs % steps;
                int sample = at / outputs / steps;
                double expected = network.shapes().get(0).bias()
                        ? tensors.get("layer" + layer + ".bias").reals()[output]
                        : 0;
                for (int input = 0; input < inputs; input++) {
                    double value = input(network, tensors, layer, sample, step, input);
                    expected += weight[output * inputs + input] * value;
                    dweight[output * inputs + input] += gu[at] * value;
                }
                if (step > 0 && s[at - outputs] == 0) {
                    expected += neuron.alpha() * u[at - outputs];
                }
                assertEquals(expected, u[at], 2 * rounding);
                assertEquals(u[at] > neuron.theta() ? 1 : 0, s[at]);
                assertEquals(Math.abs(u[at] - neuron.theta()) < neuron.window() ? 1 : 0, h[at]);
            }
            assertArrayEquals(dweight, tensors.get("layer" + layer + ".dweight").reals(), 1e-12);
            assertTrue(IntStream.range(0, gu.length).anyMatch(at -> gu[at] != 0), "no gradient in layer " + layer);
        }
    }

    private static double input(
            Network network, SortedMap<String, NpyArray> tensors, int layer, int sample, int step, int channel) {
        if (layer == 2) {
            return tensors.get("layer1.s").integers()[(sample * network.steps() + step) * 20 + channel];
        }
        NpyArray input = tensors.get("input");
        return input.type().isReal()
                ? input.reals()[sample * 12 + channel]
                : input.integers()[(sample * network.steps() + step) * 12 + channel];
    }

    private static SortedMap<String, String> shapes(Network network, int samples) {
        SortedMap<String, String> shapes = new TreeMap<>();
        shapes.put("input", "f8[" + samples + ", 12]");
        shapes.put("label", "i8[" + samples + "]");
        int inputs = 12;
        for (int layer = 1; layer <= 2; layer++) {
            int outputs = network.shapes().get(layer - 1).outputs();
            for (String matrix : List.of("weight", "dweight")) {
                shapes.put("layer" + layer + "." + matrix, "f8[" + outputs + ", " + inputs + "]");
            }
            for (String vector : List.of("bias", "dbias")) {
                shapes.put("layer" + layer + "." + vector, "f8[" + outputs + "]");
            }
            String neurons = "[" + samples + ", " + network.steps() + ", " + outputs + "]";
            shapes.put("layer" + layer + ".s", "u1" + neurons);
            shapes.put("layer" + layer + ".h", "u1" + neurons);
            shapes.put("layer" + layer + ".u", "f8" + neurons);
            shapes.put("layer" + layer + ".gu", "f8" + neurons);
            inputs = outputs;
        }
        return shapes;
    }

    private static SortedMap<String, String> shapes(SortedMap<String, NpyArray> tensors) {
        SortedMap<String, String> shapes = new TreeMap<>();
        tensors.forEach((name, array) -> shapes.put(name, array.toString()));
        return shapes;
    }

    private static SortedMap<String, NpyArray> read(Path dump) throws IOException {
        SortedMap<String, NpyArray> tensors = new TreeMap<>();
        try (Stream<Path> files = Files.list(dump)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".npy")).toList()) {
                tensors.put(file.getFileName().toString().replace(".npy", ""), Npy.read(file));
            }
        }
        return tensors;
    }

    private static void dumpFixed(Network network, Path to) {
        FixedEngine engine =
                new FixedEngine(network, TestNetworks.NARROW, MasterWeights.initial(network, TestNetworks.NARROW, 1));
        engine.keepLastStep();
        try (Workers workers = new Workers(1)) {
            engine.step(samples(network, 0), 0.5, workers);
            engine.step(samples(network, 100), 0.5, workers);
        }
        TensorDump.write(to, engine.lastStep().orElseThrow());
    }

    private static void dumpReference(Network network, Path to) {
        ReferenceEngine engine = new ReferenceEngine(network, Parameters.initial(network, 1));
        engine.keepLastStep();
        try (Workers workers = new Workers(1)) {
            engine.step(samples(network, 0), 0.5, workers);
            engine.step(samples(network, 100), 0.5, workers);
        }
        TensorDump.write(to, engine.lastStep().orElseThrow());
    }

    private static List<Sample> samples(Network network, int firstSeed) {
        return IntStream.range(firstSeed, firstSeed + 5)
                .mapToObj(seed -> TestNetworks.sample(network, seed))
                .toList();
    }
}
