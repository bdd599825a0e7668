package h2learn.emit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigWriter;
import h2learn.config.JsonText;
import h2learn.contract.MemoryMap;
import h2learn.contract.Register;
import h2learn.hdl.Design;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** {@code manifest.json}: what was generated, from which options, by which versions. No date and no path of a machine. */
final class Manifest {
    static final String FILE = "manifest.json";
    static final String GENERATOR = "h2learn";

    private Manifest() {}

    /** @param files all other files of the output */
    static String of(AcceleratorConfig config, Design design, SortedMap<String, String> files) {
        ToolVersions versions = ToolVersions.current();
        ObjectNode root = JsonText.object();
        root.put("generator", GENERATOR);
        root.put("version", versions.h2learn());
        root.put("config", config.name());
        root.put("description", config.description());
        root.put("hash", ConfigHash.of(config).toString());
        root.set("options", ConfigWriter.toTree(config));
        derived(root.putObject("derived"), config);
        root.put("top", design.top());
        ArrayNode ports = root.putArray("ports");
        design.ports().forEach(port -> port(ports.addObject(), port));
        ArrayNode memories = root.putArray("memories");
        design.memories().forEach(memory -> memory(memories.addObject(), memory));
        ObjectNode tools = root.putObject("tools");
        tools.put("SpinalHDL", versions.spinalHdl());
        ArrayNode list = root.putArray("files");
        for (Map.Entry<String, String> file : files.entrySet()) {
            ObjectNode entry = list.addObject();
            entry.put("path", file.getKey());
            entry.put("sha256", sha256(file.getValue()));
        }
        return JsonText.of(root);
    }

    private static void derived(ObjectNode node, AcceleratorConfig config) {
        MemoryMap map = new MemoryMap(config);
        node.put("tablesPerLane", config.tables());
        node.put("tableWords", 1 << config.lut().inputs());
        node.put("masterWords", config.masterWords());
        node.put("gradientSumBits", config.gradientSumBits());
        node.put("addressBits", map.addressBits());
        node.put("commandFifoDepth", Register.FIFO_DEPTH);
        node.put("listedGradients", MemoryMap.LIST_ENTRIES);
        node.put("listedPoints", MemoryMap.LISTED_POINTS);
        node.put("maximumClasses", MemoryMap.MAXIMUM_CLASSES);
        node.put("registerMapVersion", Register.MAP_VERSION);
    }

    private static void port(ObjectNode node, Design.Port port) {
        node.put("name", port.name());
        node.put("direction", port.direction().name().toLowerCase(Locale.ROOT));
        node.put("width", port.width());
        PortRole role = PortRole.of(port.name());
        node.put("protocol", role.protocol());
        if (!role.bundle().isEmpty()) {
            node.put("bundle", role.bundle());
        }
    }

    private static void memory(ObjectNode node, Design.Memory memory) {
        node.put("module", memory.module());
        node.put("name", memory.name());
        node.put("words", memory.words());
        node.put("bits", memory.bits());
        node.put("kind", memory.asynchronousReads() > 0 ? "distributed" : "block");
        node.put("readPorts", memory.asynchronousReads() + memory.synchronousReads());
        node.put("writePorts", memory.writes());
        node.put("instances", memory.instances());
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
