package h2learn.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import java.util.List;

/** Reads an {@link AcceleratorConfig} from YAML, fills in the defaults and validates it. */
public final class ConfigReader {
    private static final int DEFAULT_LANES = 16;

    private final DocumentReader reader = new DocumentReader("accelerator");

    /** The configs that come with the program. */
    public List<String> names() {
        return reader.names();
    }

    /**
     * Reads a named config or a file.
     *
     * @param nameOrPath {@code tiny}, {@code base}, {@code wide}; anything else is the path of a YAML file
     * @throws InvalidInputException with all problems of the file, each a sentence with its path in the file
     */
    public AcceleratorConfig read(String nameOrPath) {
        return read(reader.read(nameOrPath), nameOrPath + ": ");
    }

    /**
     * Reads a config that is part of another document.
     *
     * @param tree changed where the schema refuses something
     * @param before what each problem's sentence begins with, for example {@code "case.yaml: config."}
     * @throws InvalidInputException with all problems
     */
    public AcceleratorConfig read(ObjectNode tree, String before) {
        return read(reader.check(tree), before);
    }

    private static AcceleratorConfig read(Document document, String before) {
        int lanes = document.integer("lanes", DEFAULT_LANES);
        AcceleratorConfig config = new AcceleratorConfig(
                document.text("name", "unnamed"),
                document.text("description", ""),
                lanes,
                new Lut(document.integer("lut.inputs", 4), document.integer("lut.readPorts", 1)),
                new Forward(document.constant("forward.pe", Pe.LUT)),
                new Backward(
                        document.integer("backward.lanes", Math.max(1, Integer.highestOneBit(lanes) / 4)),
                        document.constant("backward.sparsity", Sparsity.DUAL)),
                formats(document),
                new Limits(
                        document.integer("limits.samples", 16),
                        document.integer("limits.steps", 16),
                        document.integer("limits.points", 256),
                        document.integer("limits.inputPlanes", 8)),
                new Memories(
                        document.integer("memories.weightBlocks", 1024),
                        document.integer("memories.spikeWords", 8192),
                        document.integer("memories.traceWords", 2048),
                        document.integer("memories.gradientSumWords", 512)),
                options(document),
                new MemoryBus(
                        document.integer(
                                "memoryBus.dataBits", MemoryBus.standard().dataBits()),
                        document.integer(
                                "memoryBus.addressBits", MemoryBus.standard().addressBits())),
                document.constant("target", Target.GENERIC));
        document.refuseAll(ConfigCheck.problems(config));
        document.throwIfRefusedAfter(before);
        return config;
    }

    private static Options options(Document document) {
        return new Options(
                document.flag("options.softReset", false),
                document.flag("options.noReset", false),
                document.flag("options.detachReset", false),
                document.flag("options.triangle", false),
                document.constant("options.alpha", Leak.MULTIPLIER),
                document.flag("options.momentum", false),
                document.flag("options.weightDecay", false),
                document.flag("options.stochasticRounding", false));
    }

    private static Formats formats(Document document) {
        return new Formats(
                document.integer("formats.weightBits", 8),
                document.integer("formats.weightFractionBits", 6),
                document.integer("formats.masterBits", 16),
                document.integer("formats.masterFractionBits", 14),
                document.integer("formats.potentialBits", 16),
                document.integer("formats.gradientBits", 8),
                document.integer("formats.accumulatorBits", 32));
    }
}
