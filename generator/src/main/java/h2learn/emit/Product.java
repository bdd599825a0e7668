package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import java.util.List;

/** What {@code generate} writes; docs/06-outputs.md describes each. */
public enum Product {
    VERILOG("the accelerator in Verilog 2001, one file a module, and a file list", "verilog/*.v", "verilog/filelist.f"),
    MANIFEST("options used, derived sizes, ports, memories, versions, files with SHA-256", "manifest.json"),
    REGISTER_MAP_JSON("registers, commands and memory windows for programs", "register-map.json"),
    REGISTER_MAP_HTML("the same as a page to read", "register-map.html"),
    SYSTEMRDL("the same in SystemRDL 2.0", "h2learn_NAME.rdl"),
    C_HEADER("the same as a C99 header: offsets, fields, commands, windows", "include/h2learn_NAME.h"),
    FUSESOC("a core file of FuseSoC", "h2learn_NAME.core"),
    VIVADO("a Tcl script that packages an IP of Vivado; not yet run in Vivado itself", "vivado/package.tcl"),
    CONSTRAINTS("templates of timing constraints", "constraints/*.sdc", "constraints/*.xdc", "constraints/*.lpf"),
    DATA_SHEET("rates, limits, ports and memories to read", "data-sheet.md");

    private final String description;
    private final List<String> patterns;

    Product(String description, String... patterns) {
        this.description = description;
        this.patterns = List.of(patterns);
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** The files' paths in the output folder; NAME stands for the configuration's name, * for a module's. */
    public List<String> patterns() {
        return patterns;
    }

    /** The one file of a product that has no *: its path for {@code config}. */
    String path(AcceleratorConfig config) {
        return patterns.get(patterns.size() - 1).replace("NAME", identifier(config));
    }

    /** The configuration's name as C and SystemRDL take it. */
    static String identifier(AcceleratorConfig config) {
        return config.name().replace('-', '_');
    }
}
