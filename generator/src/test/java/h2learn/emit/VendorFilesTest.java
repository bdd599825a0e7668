package h2learn.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.MemoryMap;
import h2learn.hdl.Design;
import h2learn.hdl.test.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is generated for other tools names what is there: every Verilog file, every port, every memory. */
class VendorFilesTest {
    private final AcceleratorConfig config = new ConfigReader().read("tiny");
    private final Design design = AcceleratorVerilog.design(config);
    private final SortedMap<String, String> files = Products.of(config, EnumSet.allOf(Product.class));

    @TempDir
    private Path folder;

    @Test
    void theCoreFileListsTheVerilogAndItsTop() throws IOException {
        JsonNode core = new YAMLMapper().readTree(files.get("h2learn_tiny.core"));
        assertEquals(
                "h2learn:accelerator:tiny:" + ToolVersions.current().h2learn(),
                core.get("name").textValue());
        List<String> listed = new ArrayList<>();
        core.at("/filesets/rtl/files").forEach(file -> listed.add(file.textValue()));
        assertEquals(files.keySet().stream().filter(path -> path.endsWith(".v")).toList(), listed);
        assertEquals(design.top(), core.at("/targets/default/toplevel").textValue());
    }

    /** Runs the script in a Tcl in which every command of Vivado is written down instead of done. */
    @Test
    void thePackagingScriptIsTclAndTakesEveryFileAndInterface() throws IOException {
        for (var file : new TreeMap<>(files).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path script = Files.writeString(
                folder.resolve("run.tcl"),
                """
                set argv {}
                proc unknown {args} { puts "CALL $args"; return object }
                source vivado/package.tcl
                puts DONE
                """);
        Tools.Result result = Tools.run(folder, List.of("yosys", "-q", "-c", script.toString()));
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("DONE"), result.output());
        for (String name : design.files().keySet()) {
            Path file = folder.toRealPath().resolve("verilog").resolve(name);
            assertTrue(
                    result.output()
                            .lines()
                            .anyMatch(line -> line.startsWith("CALL add_files")
                                    && Path.of(line.substring(line.lastIndexOf(' ') + 1))
                                            .normalize()
                                            .equals(file)),
                    name + " is not added: " + result.output());
        }
        for (String bus : List.of("s_axi", "m_axi")) {
            assertTrue(result.output().contains("CALL ipx::associate_bus_interfaces -busif " + bus + " -clock clk"));
            assertTrue(design.ports().stream().anyMatch(port -> port.name().startsWith(bus)));
        }
        long range = 1L << new MemoryMap(config).addressBits();
        assertTrue(result.output().contains("CALL set_property range " + range), result.output());
    }

    @Test
    void theDataSheetHasEveryPortAndScratchpad() {
        String sheet = files.get("data-sheet.md");
        for (Design.Port port : design.ports()) {
            assertTrue(
                    sheet.contains("| " + port.name() + " | "
                            + port.direction().name().toLowerCase(Locale.ROOT) + " | " + port.width()
                            + " |"),
                    port.name());
        }
        MemoryMap map = new MemoryMap(config);
        map.scratchpads()
                .forEach(scratchpad -> assertTrue(
                        sheet.contains("| " + scratchpad + " | 0x"
                                + Long.toHexString(map.window(scratchpad).base())
                                        .toUpperCase(Locale.ROOT)),
                        scratchpad.name()));
        long memories =
                design.memories().stream().mapToLong(Design.Memory::instances).sum();
        long listed = sheet.lines()
                .filter(line -> line.startsWith("| block") || line.startsWith("| distributed"))
                .mapToLong(line -> Long.parseLong(line.split("\\|")[2].trim()))
                .sum();
        assertEquals(memories, listed);
    }

    @Test
    void theConstraintsNameAClockThatIsThere() {
        for (String kind : List.of("sdc", "xdc", "lpf")) {
            String text = files.get("constraints/h2learn_tiny." + kind);
            String clock = kind.equals("lpf") ? "FREQUENCY PORT \"clk\" 100 MHZ;" : "-period 10 [get_ports clk]";
            assertTrue(text.lines().anyMatch(line -> line.endsWith(clock)), text);
        }
        assertTrue(design.ports().stream().anyMatch(port -> port.name().equals("clk")));
    }
}
