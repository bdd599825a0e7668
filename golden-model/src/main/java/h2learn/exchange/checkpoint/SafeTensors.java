package h2learn.exchange.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.InvalidInputException;
import h2learn.exchange.graph.Values;
import h2learn.tensor.NpyArray;
import h2learn.tensor.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes .safetensors files: 8 bytes of header length, the header as JSON (type, shape and place of each
 * tensor), then the tensors, little-endian. Nothing is allocated before it is known to lie within the file.
 */
public final class SafeTensors {
    private static final int LENGTH_BYTES = 8;
    private static final long MAXIMUM_HEADER_BYTES = 16L << 20;
    private static final long MAXIMUM_FILE_BYTES = 1L << 30;
    private static final int MAXIMUM_DIMENSIONS = 32;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SafeTensors() {}

    /**
     * All tensors of a file by name; of the types F64, F32, F16, BF16 and the integers of up to 32 bits.
     *
     * @throws InvalidInputException naming the file and the tensor, when it is missing, damaged, too large or of another
     *     type
     */
    public static SortedMap<String, Values> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < LENGTH_BYTES || size > MAXIMUM_FILE_BYTES) {
                throw new InvalidInputException(file + ": has " + size + " bytes; a .safetensors file has "
                        + LENGTH_BYTES + " to " + MAXIMUM_FILE_BYTES);
            }
            ByteBuffer bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
            long length = bytes.getLong(0);
            if (length < 2 || length > Math.min(MAXIMUM_HEADER_BYTES, size - LENGTH_BYTES)) {
                throw new InvalidInputException(file + ": says that its header has " + Long.toUnsignedString(length)
                        + " bytes, but the file has " + size + "; it is no .safetensors file or truncated");
            }
            byte[] header = new byte[(int) length];
            bytes.get(LENGTH_BYTES, header);
            ByteBuffer data =
                    bytes.position(LENGTH_BYTES + header.length).slice().order(ByteOrder.LITTLE_ENDIAN);
            return tensors(file.toString(), header(file, header), data);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": no such file; give the path of a .safetensors file");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /**
     * Writes tensors in the order of their names as F32 where that keeps every value, else as F64; the same tensors
     * always give the same bytes.
     *
     * @throws InvalidInputException when the file cannot be written; it is then as before
     */
    public static void write(Path file, SortedMap<String, Values> tensors) {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, Values> entry : tensors.entrySet()) {
            Values values = entry.getValue();
            boolean single = values.isSingle();
            long end = offset + (long) values.size() * (single ? Float.BYTES : Double.BYTES);
            ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", single ? "F32" : "F64");
            values.shape().forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        WholeFile.write(file, stream -> {
            byte[] text = JSON.writeValueAsBytes(header);
            int padded = (text.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
            ByteBuffer start = ByteBuffer.allocate(LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
            start.putLong(padded).put(text);
            while (start.hasRemaining()) {
                start.put((byte) ' ');
            }
            stream.write(start.array());
            for (Values values : tensors.values()) {
                boolean single = values.isSingle();
                int bytes = single ? Float.BYTES : Double.BYTES;
                ByteBuffer row = ByteBuffer.allocate(values.size() * bytes).order(ByteOrder.LITTLE_ENDIAN);
                for (double value : values.data()) {
                    if (single) {
                        row.putFloat((float) value);
                    } else {
                        row.putDouble(value);
                    }
                }
                stream.write(row.array());
            }
        });
    }

    private static ObjectNode header(Path file, byte[] bytes) throws IOException {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode header) {
                return header;
            }
            throw new InvalidInputException(file + ": its header is no JSON object; it is no .safetensors file");
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(file + ": its header is not readable as JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; save the checkpoint again");
        }
    }

    private static SortedMap<String, Values> tensors(String file, ObjectNode header, ByteBuffer data) {
        SortedMap<String, Values> tensors = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        long total = 0;
        for (Iterator<Map.Entry<String, JsonNode>> entries = header.fields(); entries.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = entries.next();
            if (entry.getKey().equals(METADATA)) {
                continue;
            }
            try {
                Place place = Place.of(file + ": " + entry.getKey() + ": ", entry.getValue(), data.capacity());
                total += place.count();
                if (total > NpyArray.MAXIMUM_ELEMENTS) {
                    throw new InvalidInputException(file + ": holds more than " + NpyArray.MAXIMUM_ELEMENTS
                            + " values; leave out what is not part of the network");
                }
                Values values = new Values(place.shape(), place.type().values(data, place.begin(), place.count()));
                tensors.put(entry.getKey(), values.finite(file + ": " + entry.getKey()));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return tensors;
    }

    /** Where a tensor lies; its bytes are known to be in the file and to be as many as its shape needs. */
    private record Place(SafeTensorType type, List<Integer> shape, int begin, int count) {
        static Place of(String where, JsonNode tensor, int dataBytes) {
            JsonNode offsets = tensor.path("data_offsets");
            JsonNode sizes = tensor.path("shape");
            boolean sound = tensor.path("dtype").isTextual()
                    && sizes.isArray()
                    && sizes.size() <= MAXIMUM_DIMENSIONS
                    && offsets.size() == 2
                    && offsets.path(0).isIntegralNumber()
                    && offsets.path(1).isIntegralNumber();
            if (!sound) {
                throw new InvalidInputException(
                        where + "lacks dtype, shape or data_offsets in the header; save the checkpoint again");
            }
            SafeTensorType type = SafeTensorType.of(tensor.path("dtype").asText())
                    .orElseThrow(() -> new InvalidInputException(where + "has the type "
                            + tensor.path("dtype").asText() + "; save it as F32, F64, F16, BF16 or an integer type"));
            List<Integer> shape = new ArrayList<>();
            for (JsonNode size : sizes) {
                shape.add(size.canConvertToInt() && size.isIntegralNumber() ? size.intValue() : -1);
            }
            long count = Values.count(shape);
            long begin = offsets.path(0).asLong();
            long end = offsets.path(1).asLong();
            if (count < 0 || begin < 0 || end < begin || end > dataBytes || end - begin != count * type.bytes()) {
                throw new InvalidInputException(where + "its shape " + sizes + " and its place " + offsets
                        + " do not fit each other or the file's " + dataBytes + " bytes of data; it is damaged");
            }
            return new Place(type, shape, (int) begin, (int) count);
        }
    }
}
