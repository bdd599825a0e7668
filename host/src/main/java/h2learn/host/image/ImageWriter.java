package h2learn.host.image;

import h2learn.config.InvalidInputException;
import h2learn.contract.Register;
import h2learn.host.image.ImageFormat.Section;
import h2learn.host.image.NetworkImage.Check;
import h2learn.host.image.NetworkImage.Layer;
import h2learn.host.image.NetworkImage.Region;
import h2learn.host.image.NetworkImage.Stage;
import h2learn.host.image.NetworkImage.Write;
import h2learn.tensor.WholeFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes an image: equal images give equal bytes. */
public final class ImageWriter {
    /** Bytes of one section. */
    private static final class Content {
        private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

        int size() {
            return stream.size();
        }

        Content u32(long value) {
            for (int shift = 0; shift < Integer.SIZE; shift += 8) {
                stream.write((int) (value >> shift));
            }
            return this;
        }

        Content u64(long value) {
            return u32(value).u32(value >>> 32);
        }

        void words(Words words) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * words.count()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(words.array());
            stream.writeBytes(bytes.array());
        }

        void align() {
            while (stream.size() % ImageFormat.ALIGNMENT != 0) {
                stream.write(0);
            }
        }
    }

    private final NetworkImage image;
    private final Map<Section, Content> contents = new EnumMap<>(Section.class);
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    /** Equal data stands in the file once. */
    private final Map<Words, Integer> data = new LinkedHashMap<>();

    private ImageWriter(NetworkImage image) {
        this.image = image;
        for (Section section : Section.values()) {
            contents.put(section, new Content());
        }
    }

    /** The file's bytes. */
    public static byte[] bytes(NetworkImage image) {
        return new ImageWriter(image).write();
    }

    /**
     * Writes or replaces {@code file}, whole or not at all.
     *
     * @throws InvalidInputException when that is not possible
     */
    public static void write(NetworkImage image, Path file) {
        byte[] bytes = bytes(image);
        WholeFile.write(file, stream -> stream.write(bytes));
    }

    private byte[] write() {
        text(image.config());
        text(image.network());
        for (Region region : image.regions()) {
            to(Section.REGIONS)
                    .u64(region.address())
                    .u64(region.bytes())
                    .u32(region.kind().ordinal())
                    .u32(text(region.name()))
                    .u64(0);
        }
        for (Layer layer : image.layers()) {
            to(Section.LAYERS)
                    .u32(layer.index())
                    .u32(layer.region())
                    .u32(layer.outputs())
                    .u32(layer.taps())
                    .u32(layer.channels())
                    .u32(layer.inputBlocks())
                    .u32(layer.biasBlock())
                    .u32(layer.bias() ? 1 : 0);
        }
        int writes = 0;
        int checks = 0;
        for (Stage stage : image.stages()) {
            to(Section.STAGES)
                    .u32(stage.kind().ordinal())
                    .u32(stage.samples())
                    .u32(writes)
                    .u32(stage.writes().size())
                    .u32(stage.firstCommand())
                    .u32(stage.commands())
                    .u32(checks)
                    .u32(stage.checks().size());
            writes += stage.writes().size();
            checks += stage.checks().size();
            stage.writes().forEach(this::write);
            for (Check check : stage.checks()) {
                to(Section.CHECKS)
                        .u64(check.address())
                        .u64(check.bytes())
                        .u32(check.region())
                        .u32(check.crc());
            }
        }
        to(Section.COMMANDS).words(image.commands());
        return file();
    }

    private Content to(Section section) {
        return contents.get(section);
    }

    private int text(String text) {
        return texts.computeIfAbsent(text, absent -> {
            int at = to(Section.TEXT).size();
            to(Section.TEXT).stream.writeBytes((text + '\0').getBytes(StandardCharsets.UTF_8));
            return at;
        });
    }

    private void write(Write write) {
        int at = data.computeIfAbsent(write.words(), absent -> {
            int offset = to(Section.DATA).size();
            to(Section.DATA).words(write.words());
            to(Section.DATA).align();
            return offset;
        });
        to(Section.WRITES).u64(write.address()).u64(at).u64(4L * write.words().count());
    }

    private byte[] file() {
        long bytes = ImageFormat.HEADER_BYTES + ImageFormat.TRAILER_BYTES;
        for (Content content : contents.values()) {
            bytes += ImageFormat.aligned(content.size());
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidInputException("the image of " + image.network() + " would have " + bytes
                    + " bytes, more than 2 GiB; take fewer steps");
        }
        Content file = new Content();
        ImageFormat.MAGIC.forEach(file.stream::write);
        file.u32(ImageFormat.VERSION).u32(ImageFormat.HEADER_BYTES).u64(bytes).u32(0);
        seal(file);
        file.u64(image.hash().bits())
                .u64(image.memoryBytes())
                .u64(image.ring().address())
                .u32(image.ring().entriesLog2())
                .u32(Register.MAP_VERSION)
                .u32(Section.values().length)
                .u32(text(image.network()))
                .u64(0);
        long offset = ImageFormat.HEADER_BYTES;
        for (Section section : Section.values()) {
            byte[] content = to(section).stream.toByteArray();
            file.u32(section.code())
                    .u32(section.recordBytes())
                    .u64(offset)
                    .u64(content.length)
                    .u32(ImageFormat.crc(content, 0, content.length))
                    .u32(0);
            offset += ImageFormat.aligned(content.length);
        }
        file.u32(0);
        seal(file);
        for (Section section : Section.values()) {
            file.stream.writeBytes(to(section).stream.toByteArray());
            file.align();
        }
        file.u32(0);
        seal(file);
        return file.stream.toByteArray();
    }

    /** Ends a part with the CRC-32 of everything so far. */
    private static void seal(Content file) {
        byte[] before = file.stream.toByteArray();
        file.u32(ImageFormat.crc(before, 0, before.length));
    }
}
