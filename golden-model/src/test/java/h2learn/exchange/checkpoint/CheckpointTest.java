package h2learn.exchange.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import h2learn.config.InvalidInputException;
import h2learn.exchange.Damage;
import h2learn.exchange.graph.Discretisation;
import h2learn.exchange.graph.GraphImport;
import h2learn.exchange.graph.ImportOptions;
import h2learn.exchange.graph.Values;
import h2learn.exchange.nir.NirReader;
import h2learn.model.Parameters;
import h2learn.network.Network;
import h2learn.network.Network.Reset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
    private static final Path FOLDER = Path.of("src/test/resources/exchange");
    private static final CheckpointMapping MAPPING = new CheckpointMapping(List.of(
            new CheckpointMapping.Entry("fc1.weight", Optional.of("fc1.bias"), false, 1),
            new CheckpointMapping.Entry("fc2.weight", Optional.of("fc2.bias"), false, 1)));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint.npz", "checkpoint.safetensors"})
    void holdsTheSameWeightsAsTheGraph(String name) {
        GraphImport.Imported imported = imported("snntorch-zero");
        Parameters parameters = CheckpointWeights.read(FOLDER.resolve(name), MAPPING, imported.network());
        for (int layer = 0; layer < 2; layer++) {
            assertArrayEquals(imported.parameters().weight(layer), parameters.weight(layer));
            assertArrayEquals(imported.parameters().bias(layer), parameters.bias(layer));
        }
    }

    @ParameterizedTest
    @CsvSource({"conv-average, npz", "conv-average, safetensors", "snntorch-zero, npz", "snntorch-zero, safetensors"})
    void writtenWeightsComeBackBitByBit(String name, String ending) throws IOException {
        GraphImport.Imported imported = imported(name);
        Network network = imported.network();
        boolean conv = name.startsWith("conv");
        CheckpointMapping mapping = conv
                ? new CheckpointMapping(List.of(
                        new CheckpointMapping.Entry("a.weight", Optional.of("a.bias"), false, 0.5),
                        new CheckpointMapping.Entry("b.weight", Optional.of("b.bias"), false, 2),
                        new CheckpointMapping.Entry("c.weight", Optional.of("c.bias"), true, 1)))
                : MAPPING;
        Path file = folder.resolve("weights." + ending);
        CheckpointWeights.write(file, mapping, network, imported.parameters());
        byte[] first = Files.readAllBytes(file);
        Parameters back = CheckpointWeights.read(file, mapping, network);
        for (int layer = 0; layer < network.layers().size(); layer++) {
            assertArrayEquals(imported.parameters().weight(layer), back.weight(layer));
            assertArrayEquals(imported.parameters().bias(layer), back.bias(layer));
        }
        CheckpointWeights.write(file, mapping, network, back);
        assertArrayEquals(first, Files.readAllBytes(file));
        if (conv) {
            assertEquals(
                    List.of(4, 2, 3, 3), Checkpoint.read(file).get("a.weight").shape());
            assertEquals(List.of(24, 10), Checkpoint.read(file).get("c.weight").shape());
        }
    }

    @Test
    void problemsNameTheTensor() {
        Network network = imported("snntorch-zero").network();
        CheckpointMapping wrong = new CheckpointMapping(List.of(
                new CheckpointMapping.Entry("fc1.weight", Optional.of("fc2.bias"), true, 1),
                new CheckpointMapping.Entry("fc9.weight", Optional.of("fc2.bias"), false, 1)));
        List<String> problems = assertThrows(
                        InvalidInputException.class,
                        () -> CheckpointWeights.read(FOLDER.resolve("checkpoint.npz"), wrong, network))
                .problems();
        assertEquals(3, problems.size());
        assertTrue(
                problems.get(0).contains("fc1.weight: has the shape [32, 24], but the network's layer needs [24, 32]"));
        assertTrue(problems.get(1).contains("fc2.bias: has the shape [10], but the network's layer needs [32]"));
        assertTrue(problems.get(2).contains("fc9.weight: no such tensor; there are fc1.bias, fc1.weight"));
        CheckpointMapping one = new CheckpointMapping(MAPPING.layers().subList(0, 1));
        assertTrue(assertThrows(
                        InvalidInputException.class,
                        () -> CheckpointWeights.read(FOLDER.resolve("checkpoint.npz"), one, network))
                .getMessage()
                .contains("mapping: has 1 layers, but the network imported has 2 with weights"));
    }

    @Test
    void mappingsAreReadFromYaml() throws IOException {
        Path file = folder.resolve("mapping.yaml");
        Files.writeString(
                file, "layers:\n  - weight: a\n    bias: b\n  - weight: c\n    transpose: true\n    scale: 0.5\n");
        CheckpointMapping mapping = CheckpointMapping.read(file.toString());
        assertEquals(
                new CheckpointMapping.Entry("a", Optional.of("b"), false, 1),
                mapping.layers().get(0));
        assertEquals(
                new CheckpointMapping.Entry("c", Optional.empty(), true, 0.5),
                mapping.layers().get(1));
        Files.writeString(file, "layers:\n  - bias: b\n    scale: 0\n    wait: 1\n");
        assertEquals(
                3,
                assertThrows(InvalidInputException.class, () -> CheckpointMapping.read(file.toString()))
                        .problems()
                        .size());
    }

    @Test
    void safeTensorsOfEveryTypeAreRead() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) 0x3E00)
                .putShort((short) 0x8001)
                .putShort((short) 0x3FC0)
                .put((byte) -3)
                .put((byte) -3);
        data.putDouble(0.1).putInt(-7).putShort((short) -2).putShort((short) 0);
        Path file = folder.resolve("types.safetensors");
        write(
                file,
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"half\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                        + "\"brain\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[4,6]},"
                        + "\"i8\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[6,7]},"
                        + "\"u8\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[7,8]},"
                        + "\"f64\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[8,16]},"
                        + "\"i32\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[16,20]},"
                        + "\"i16\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[20,22]}}",
                data.array());
        SortedMap<String, Values> tensors = Checkpoint.read(file);
        assertArrayEquals(
                new double[] {1.5, -Math.scalb(1.0, -24)}, tensors.get("half").data());
        assertArrayEquals(new double[] {1.5}, tensors.get("brain").data());
        assertArrayEquals(new double[] {-3}, tensors.get("i8").data());
        assertArrayEquals(new double[] {253}, tensors.get("u8").data());
        assertArrayEquals(new double[] {0.1}, tensors.get("f64").data());
        assertArrayEquals(new double[] {-7}, tensors.get("i32").data());
        assertArrayEquals(new double[] {-2}, tensors.get("i16").data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F32|[4]|[0,8]|its shape [4] and its place [0,8] do not fit",
                "F32|[2]|[8,16]|do not fit each other or the file's 8 bytes",
                "F32|[-1]|[0,8]|do not fit",
                "F32|[65536,65536,2]|[0,8]|do not fit",
                "F32|[2]|[8,0]|do not fit",
                "F32|[2]|[0,9223372036854775807]|do not fit",
                "Q4|[2]|[0,8]|has the type Q4",
                "F32|7|[0,8]|lacks dtype, shape or data_offsets"
            })
    void impossibleTensorsAreRefused(String type, String shape, String offsets, String sentence) throws IOException {
        Path file = folder.resolve("wrong.safetensors");
        write(
                file,
                "{\"t\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}",
                new byte[8]);
        String message = assertThrows(InvalidInputException.class, () -> Checkpoint.read(file))
                .getMessage();
        assertTrue(message.contains(sentence) && message.startsWith(file + ": t: "), message);
    }

    @Test
    void notANumberIsRefused() {
        Path file = folder.resolve("nan.safetensors");
        SortedMap<String, Values> tensors = new TreeMap<>();
        tensors.put("w", Values.of(1, Double.NaN, Double.NEGATIVE_INFINITY));
        for (String ending : List.of("nan.safetensors", "nan.npz")) {
            Checkpoint.write(file.resolveSibling(ending), tensors);
            String message = assertThrows(
                            InvalidInputException.class, () -> Checkpoint.read(file.resolveSibling(ending)))
                    .getMessage();
            assertTrue(message.contains("w: 2 of its 3 values are NaN or infinite"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint.npz", "checkpoint.safetensors"})
    @Timeout(60)
    void damagedFilesAreReadOrRefusedInBoundedMemory(String name) throws IOException {
        byte[] sound = Files.readAllBytes(FOLDER.resolve(name));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path file = folder.resolve(name);
        int refused = 0;
        for (int number = 0; number < 1000; number++) {
            Files.write(file, Damage.of(sound, number));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                Checkpoint.read(file);
            } catch (InvalidInputException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 8 << 20, "file " + number + " allocated " + allocated + " bytes");
        }
        assertTrue(refused > 50 && refused < 1000, refused + " of 1000 damaged files were refused");
    }

    private static void write(Path file, String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(text.length).put(text).put(data).array());
    }

    private static GraphImport.Imported imported(String name) {
        return GraphImport.of(
                new NirReader().read(FOLDER.resolve(name + ".nir")),
                new ImportOptions(
                        "imported",
                        Optional.of(1e-4),
                        Optional.of(Reset.HARD),
                        Discretisation.Method.EULER,
                        Optional.of(4),
                        1,
                        1,
                        0.5));
    }
}
