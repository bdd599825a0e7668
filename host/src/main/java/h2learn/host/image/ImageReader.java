package h2learn.host.image;

import h2learn.config.ConfigHash;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.contract.CommandField;
import h2learn.contract.Register;
import h2learn.host.image.ImageFormat.Section;
import h2learn.host.image.NetworkImage.Check;
import h2learn.host.image.NetworkImage.Layer;
import h2learn.host.image.NetworkImage.Region;
import h2learn.host.image.NetworkImage.RegionKind;
import h2learn.host.image.NetworkImage.RingPlace;
import h2learn.host.image.NetworkImage.Stage;
import h2learn.host.image.NetworkImage.StageKind;
import h2learn.host.image.NetworkImage.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads an image, or refuses it with what is wrong: nothing that a file can hold leads to another exception. */
public final class ImageReader {
    private final String name;
    private final ByteBuffer file;
    private final ImageFrame frame;
    private final Map<Section, ByteBuffer> sections = new EnumMap<>(Section.class);

    private ImageReader(byte[] bytes, String name) {
        this.name = name;
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        frame = new ImageFrame(bytes, name);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException when it cannot be read, or is no image, damaged or of another version
     */
    public static NetworkImage read(Path file) {
        try {
            return read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e)
                    + "; write an image with: h2learn image --out " + file);
        } catch (OutOfMemoryError tooLarge) {
            throw new InvalidInputException(file + ": has more than 2 GiB, which no image has; give an image");
        }
    }

    /**
     * Reads the bytes of a file.
     *
     * @param name of the file, for what is wrong
     * @throws InvalidInputException as for a file
     */
    public static NetworkImage read(byte[] bytes, String name) {
        return new ImageReader(bytes, name).read();
    }

    private NetworkImage read() {
        sections.putAll(frame.sections());
        int mapVersion = file.getInt(60);
        if (mapVersion != Register.MAP_VERSION) {
            throw refused("was made for register map version " + Integer.toUnsignedString(mapVersion)
                    + ", this h2learn has " + Register.MAP_VERSION + "; write the image again");
        }
        long memoryBytes = file.getLong(40);
        long ring = file.getLong(48);
        int ringLog2 = file.getInt(56);
        if (ringLog2 < 0 || ringLog2 > Register.MAXIMUM_RING_LOG2) {
            throw inconsistent("the ring has 2^" + ringLog2 + " entries");
        }
        place("the ring", ring, (long) CommandField.BYTES << ringLog2, memoryBytes, ImageFormat.REGION_ALIGNMENT);
        List<Region> regions = regions(memoryBytes);
        return new NetworkImage(
                text(0),
                new ConfigHash(file.getLong(32)),
                text(file.getInt(68)),
                memoryBytes,
                new RingPlace(ring, ringLog2),
                regions,
                layers(regions),
                stages(memoryBytes, regions),
                words(
                        sections.get(Section.COMMANDS),
                        0,
                        sections.get(Section.COMMANDS).limit()));
    }

    private List<Region> regions(long memoryBytes) {
        ByteBuffer table = sections.get(Section.REGIONS);
        List<Region> regions = new ArrayList<>();
        for (int at = 0; at < table.limit(); at += Section.REGIONS.recordBytes()) {
            long address = table.getLong(at);
            long bytes = table.getLong(at + 8);
            String what = "region " + regions.size();
            place(what, address, bytes, memoryBytes, ImageFormat.REGION_ALIGNMENT);
            RegionKind kind = oneOf(RegionKind.values(), table.getInt(at + 16), "kind of " + what);
            regions.add(new Region(text(table.getInt(at + 20)), kind, address, bytes));
        }
        return regions;
    }

    private List<Layer> layers(List<Region> regions) {
        ByteBuffer table = sections.get(Section.LAYERS);
        List<Layer> layers = new ArrayList<>();
        for (int at = 0; at < table.limit(); at += Section.LAYERS.recordBytes()) {
            int region = table.getInt(at + 4);
            if (region < 0 || region >= regions.size() || regions.get(region).kind() != RegionKind.MASTER) {
                throw inconsistent("layer " + layers.size() + " has no region of weights");
            }
            int outputs = table.getInt(at + 8);
            int taps = table.getInt(at + 12);
            int channels = table.getInt(at + 16);
            int inputBlocks = table.getInt(at + 20);
            int biasBlock = table.getInt(at + 24);
            int bias = table.getInt(at + 28);
            if (outputs < 1
                    || taps < 1
                    || channels < 1
                    || inputBlocks < 1
                    || biasBlock < 1
                    || bias >>> 1 != 0
                    || (long) taps * channels > Integer.MAX_VALUE / outputs
                    || inputBlocks > channels) {
                throw inconsistent("layer " + layers.size() + " has an impossible size");
            }
            layers.add(new Layer(table.getInt(at), region, outputs, taps, channels, inputBlocks, biasBlock, bias != 0));
        }
        return layers;
    }

    private List<Stage> stages(long memoryBytes, List<Region> regions) {
        ByteBuffer table = sections.get(Section.STAGES);
        int bytes = Section.STAGES.recordBytes();
        int count = table.limit() / bytes;
        if (count < 3) {
            throw inconsistent("it has " + count + " stages, not a begin, a step and an end");
        }
        List<Stage> stages = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int at = index * bytes;
            String what = "stage " + index;
            StageKind kind = oneOf(StageKind.values(), table.getInt(at), "kind of " + what);
            StageKind due = index == 0 ? StageKind.BEGIN : index == count - 1 ? StageKind.END : StageKind.STEP;
            if (kind != due) {
                throw inconsistent(what + " is " + kind + " where " + due + " must be");
            }
            int writes = table.getInt(at + 12);
            if (kind == StageKind.STEP && writes != 2) {
                throw inconsistent(what + " writes " + writes + " regions, not samples and classes");
            }
            List<Write> written = new ArrayList<>();
            for (int write : records(Section.WRITES, table.getInt(at + 8), writes, what)) {
                written.add(write(write, memoryBytes));
            }
            List<Check> checks = new ArrayList<>();
            for (int check : records(Section.CHECKS, table.getInt(at + 24), table.getInt(at + 28), what)) {
                checks.add(check(check, regions));
            }
            int first = table.getInt(at + 16);
            int commands = table.getInt(at + 20);
            records(Section.COMMANDS, first, commands, what);
            stages.add(new Stage(kind, table.getInt(at + 4), written, first, commands, checks));
        }
        return stages;
    }

    private Write write(int at, long memoryBytes) {
        ByteBuffer table = sections.get(Section.WRITES);
        ByteBuffer data = sections.get(Section.DATA);
        long address = table.getLong(at);
        long offset = table.getLong(at + 8);
        long bytes = table.getLong(at + 16);
        place("what is written", address, bytes, memoryBytes, 4);
        if (offset < 0 || offset % 4 != 0 || offset > data.limit() || bytes > data.limit() - offset) {
            throw inconsistent("what is written to address " + address + " is not in it");
        }
        return new Write(address, words(data, (int) offset, (int) bytes));
    }

    private Check check(int at, List<Region> regions) {
        ByteBuffer table = sections.get(Section.CHECKS);
        long address = table.getLong(at);
        long bytes = table.getLong(at + 8);
        int index = table.getInt(at + 16);
        if (index < 0 || index >= regions.size()) {
            throw inconsistent("a checksum is of region " + index + " of " + regions.size());
        }
        Region region = regions.get(index);
        place("a checksum", address - region.address(), bytes, region.bytes(), 4);
        if (bytes > 4L * Integer.MAX_VALUE) {
            throw inconsistent("a checksum is of " + bytes + " bytes");
        }
        return new Check(index, address, bytes, table.getInt(at + 20));
    }

    /** The offsets of some records of a section. */
    private int[] records(Section section, int first, int count, String user) {
        int bytes = section.recordBytes();
        int there = sections.get(section).limit() / bytes;
        if (first < 0 || count < 0 || first > there || count > there - first) {
            throw inconsistent(user + " uses " + section + " " + first + " and " + count + " more of " + there);
        }
        int[] offsets = new int[section == Section.COMMANDS ? 0 : count];
        for (int index = 0; index < offsets.length; index++) {
            offsets[index] = (first + index) * bytes;
        }
        return offsets;
    }

    private void place(String what, long address, long bytes, long memoryBytes, int alignment) {
        if (address < 0
                || bytes < 0
                || memoryBytes < 0
                || address % alignment != 0
                || bytes % 4 != 0
                || address > memoryBytes
                || bytes > memoryBytes - address) {
            throw inconsistent(what + " takes " + bytes + " bytes at " + address + " of " + memoryBytes);
        }
    }

    private <T> T oneOf(T[] values, int code, String what) {
        if (code < 0 || code >= values.length) {
            throw inconsistent("the " + what + " is " + code);
        }
        return values[code];
    }

    private String text(int offset) {
        ByteBuffer text = sections.get(Section.TEXT);
        if (offset < 0 || offset >= text.limit()) {
            throw inconsistent("a name lies at " + offset + " of " + text.limit());
        }
        int end = offset;
        while (end < text.limit() && text.get(end) != 0) {
            end++;
        }
        if (end == text.limit()) {
            throw inconsistent("a name has no end");
        }
        byte[] bytes = new byte[end - offset];
        text.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Words words(ByteBuffer bytes, int offset, int count) {
        int[] words = new int[count / 4];
        bytes.slice(offset, count).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return Words.of(words);
    }

    private InvalidInputException refused(String problem) {
        return new InvalidInputException(name + ": " + problem);
    }

    private InvalidInputException inconsistent(String problem) {
        return refused("is no sound image although its checksums are right: " + problem + "; write it again");
    }
}
