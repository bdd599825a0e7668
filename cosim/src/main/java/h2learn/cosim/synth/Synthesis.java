package h2learn.cosim.synth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.cosim.build.TemporaryFolder;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.netlist.Yosys;
import h2learn.emit.AcceleratorVerilog;
import h2learn.hdl.Design;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Yosys on one accelerator, or one of its modules, module by module: nothing is moved across modules. */
public final class Synthesis {
    /** Debian's package qflow-tech-osu018. */
    private static final Path LIBERTY = Path.of("/usr/share/qflow/tech/osu018/osu018_stdcells.lib");
    /** Bits up to which a memory of standard cells is built of flip-flops; larger ones are macros of SRAM. */
    static final int FLIP_FLOP_BITS = 1024;

    private static final Duration LIMIT = Duration.ofHours(2);
    private static final Pattern DISSOLVED = Pattern.compile("using FF mapping for memory (\\S+)");

    private final Toolchain tools;

    public Synthesis(Toolchain tools) {
        this.tools = tools;
    }

    /**
     * Generates and maps.
     *
     * @param module to map with all that it holds, or {@link AcceleratorVerilog#TOP}
     * @throws InvalidInputException when there is no such module, or the cell library is missing
     * @throws h2learn.cosim.build.ToolMissingException without Yosys
     */
    public SynthReport run(AcceleratorConfig config, SynthTarget target, String module) throws IOException {
        AcceleratorConfig own = config.forTarget(target.attributes());
        Design design = AcceleratorVerilog.design(own);
        if (!design.files().containsKey(module + ".v")) {
            throw new InvalidInputException(List.of("there is no module " + module + "; modules are "
                    + String.join(
                            ", ",
                            design.files().keySet().stream()
                                    .map(name -> name.replace(".v", ""))
                                    .toList())));
        }
        if (target.isStandardCells() && !Files.isReadable(LIBERTY)) {
            throw new InvalidInputException(List.of("the cell library " + LIBERTY
                    + " is missing; on Debian it comes with the package qflow-tech-osu018"));
        }
        Yosys yosys = new Yosys(tools);
        try (TemporaryFolder folder = new TemporaryFolder("h2learn-synth")) {
            for (Map.Entry<String, String> file : design.files().entrySet()) {
                Files.writeString(folder.path().resolve(file.getKey()), file.getValue());
            }
            return mapped(yosys, own, target, module, design, folder.path());
        }
    }

    private SynthReport mapped(
            Yosys yosys, AcceleratorConfig config, SynthTarget target, String module, Design design, Path folder)
            throws IOException {
        Yosys.Result result = yosys.run(folder, "synth", "", script(target, module, design), LIMIT);
        if (result.end() != Yosys.End.DONE) {
            throw new IllegalStateException("yosys could not map " + module + ": "
                    + (result.end() == Yosys.End.TOO_LONG ? "not done after " + LIMIT : result.reason()));
        }
        JsonNode stat = new ObjectMapper().readTree(Files.readString(folder.resolve("stat.json")));
        return new SynthReport(
                config,
                target,
                module,
                tools.versionLine("yosys"),
                modules(stat.get("modules")),
                cells(stat.get("design")),
                stat.get("design").path("area").asDouble(0),
                dissolved(result.output(), target));
    }

    private static String script(SynthTarget target, String module, Design design) {
        StringBuilder script = new StringBuilder();
        design.files()
                .keySet()
                .forEach(name -> script.append("read_verilog ").append(name).append('\n'));
        script.append("hierarchy -check -top ").append(module).append('\n');
        if (target.isStandardCells()) {
            // A LUT's table is a few words, which a chip keeps in flip-flops or latches; what is larger is a macro.
            script.append(
                    """
                    proc
                    opt
                    wreduce
                    alumacc
                    opt
                    memory -nomap
                    opt_clean
                    """);
            List<String> small = new ArrayList<>();
            for (Design.Memory memory : design.memories()) {
                if ((long) memory.words() * memory.bits() <= FLIP_FLOP_BITS) {
                    small.add(memory.module() + "/" + memory.name());
                }
            }
            small.forEach(name -> script.append("memory_map ").append(name).append('\n'));
            script.append(String.format(
                    """
                    opt -fast
                    techmap
                    opt -fast
                    dfflibmap -liberty %1$s
                    abc -liberty %1$s
                    opt_clean
                    tee -q -o stat.json stat -json -liberty %1$s -top %2$s
                    """,
                    LIBERTY, module));
        } else {
            script.append(target.command(module)).append('\n');
            script.append("tee -q -o stat.json stat -json -top ").append(module).append('\n');
        }
        return script.toString();
    }

    private static SortedMap<String, SortedMap<String, Long>> modules(JsonNode modules) {
        SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
        modules.fields()
                .forEachRemaining(module -> counts.put(module.getKey().replace("\\", ""), cells(module.getValue())));
        return counts;
    }

    private static SortedMap<String, Long> cells(JsonNode module) {
        SortedMap<String, Long> counts = new TreeMap<>();
        module.get("num_cells_by_type")
                .fields()
                .forEachRemaining(cell -> counts.put(
                        cell.getKey().replaceFirst("^\\\\", ""), cell.getValue().asLong()));
        return counts;
    }

    /** Memories that Yosys had to build of registers although the target has memories. */
    private static List<String> dissolved(String log, SynthTarget target) {
        List<String> names = new ArrayList<>();
        Matcher matcher = DISSOLVED.matcher(log);
        while (!target.isStandardCells() && matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
