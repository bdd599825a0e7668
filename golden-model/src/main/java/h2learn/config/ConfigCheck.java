package h2learn.config;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.MemoryBus;
import java.util.ArrayList;
import java.util.List;

/** What a config must fulfil to be generated; the ranges in {@link AcceleratorConfig}'s documentation. */
public final class ConfigCheck {
    private static final int LARGEST_MEMORY = 1 << 24;

    private final List<String> problems = new ArrayList<>();

    private ConfigCheck() {}

    /** All problems, each a sentence that begins with the key's path; empty when the config is sound. */
    public static List<String> problems(AcceleratorConfig config) {
        ConfigCheck check = new ConfigCheck();
        check.engines(config);
        check.formats(config.formats());
        check.limits(config.limits());
        check.memories(config.memories());
        check.memoryBus(config.memoryBus());
        return List.copyOf(check.problems);
    }

    private void engines(AcceleratorConfig config) {
        int lanes = config.lanes();
        boolean lanesFit = powerOfTwo(lanes) && lanes >= 4 && lanes <= 64;
        if (!lanesFit) {
            refuse("lanes", lanes, powerOfTwo(lanes) ? "out of range" : "not a power of two", "4, 8, 16, 32 or 64");
        }
        int inputs = config.lut().inputs();
        if (inputs < 2 || inputs > 8) {
            refuse("lut.inputs", inputs, "out of range", "2 to 8");
        } else if (lanesFit && inputs > lanes) {
            refuse("lut.inputs", inputs, "more than the " + lanes + " lanes", "2 to " + lanes);
        }
        int ports = config.lut().readPorts();
        if (ports > 1) {
            problems.add("lut.readPorts: " + ports + " asks for more than one port; more than one port is not built"
                    + " yet; use 1");
        } else if (ports < 1) {
            refuse("lut.readPorts", ports, "out of range", "1");
        }
        int multipliers = config.backward().lanes();
        if (!powerOfTwo(multipliers)) {
            refuse("backward.lanes", multipliers, "not a power of two", "1, 2, 4 and so on up to lanes");
        } else if (lanesFit && multipliers > lanes) {
            refuse("backward.lanes", multipliers, "more than the " + lanes + " lanes", "a power of two up to " + lanes);
        }
    }

    private void formats(Formats formats) {
        range("formats.weightBits", formats.weightBits(), 4, 16);
        range("formats.weightFractionBits", formats.weightFractionBits(), 0, 15);
        range("formats.masterBits", formats.masterBits(), 16, 16);
        int master = formats.masterFractionBits();
        if (master < formats.weightFractionBits()) {
            refuse(
                    "formats.masterFractionBits",
                    master,
                    "less than formats.weightFractionBits",
                    formats.weightFractionBits() + " to 24");
        } else {
            range("formats.masterFractionBits", master, 0, 24);
        }
        range("formats.potentialBits", formats.potentialBits(), 16, 16);
        range("formats.gradientBits", formats.gradientBits(), 8, 16);
        range("formats.accumulatorBits", formats.accumulatorBits(), 24, 32);
    }

    private void limits(Limits limits) {
        range("limits.samples", limits.samples(), 1, 1024);
        range("limits.steps", limits.steps(), 1, 64);
        range("limits.points", limits.points(), 1, 65536);
        range("limits.inputPlanes", limits.inputPlanes(), 1, 16);
    }

    private void memories(Memories memories) {
        memory("memories.weightBlocks", memories.weightBlocks());
        memory("memories.spikeWords", memories.spikeWords());
        memory("memories.traceWords", memories.traceWords());
        memory("memories.gradientSumWords", memories.gradientSumWords());
    }

    private void memoryBus(MemoryBus bus) {
        int dataBits = bus.dataBits();
        if (!powerOfTwo(dataBits) || dataBits < 32 || dataBits > 128) {
            String fault = powerOfTwo(dataBits) ? "out of range" : "not a power of two";
            refuse("memoryBus.dataBits", dataBits, fault, "32, 64 or 128");
        }
        range("memoryBus.addressBits", bus.addressBits(), 32, 64);
    }

    private void memory(String path, int words) {
        if (!powerOfTwo(words) || words < 2 || words > LARGEST_MEMORY) {
            String fault = powerOfTwo(words) ? "out of range" : "not a power of two";
            int below = Integer.highestOneBit(Math.max(2, Math.min(words, LARGEST_MEMORY)));
            refuse(path, words, fault, below < LARGEST_MEMORY ? below + " or " + 2 * below : "at most " + below);
        }
    }

    private void range(String path, int value, int from, int to) {
        if (value < from || value > to) {
            refuse(path, value, "out of range", from == to ? String.valueOf(from) : from + " to " + to);
        }
    }

    private void refuse(String path, int value, String fault, String use) {
        problems.add(path + ": " + value + " is " + fault + "; use " + use);
    }

    private static boolean powerOfTwo(int value) {
        return value > 0 && Integer.bitCount(value) == 1;
    }
}
