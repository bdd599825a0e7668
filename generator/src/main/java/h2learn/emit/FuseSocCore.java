package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Design;

/** A core file of FuseSoC (CAPI2): the Verilog as a dependency of other cores, and a target that lints it. */
final class FuseSocCore {
    private FuseSocCore() {}

    static String of(AcceleratorConfig config, Design design) {
        StringBuilder text = new StringBuilder("CAPI=2:\n").append(AcceleratorVerilog.comments(config, "# ", ""));
        text.append(String.format(
                """
                name: "h2learn:accelerator:%s:%s"
                description: %s
                filesets:
                  rtl:
                    file_type: verilogSource
                    files:
                """,
                Product.identifier(config), ToolVersions.current().h2learn(), quoted(config.description())));
        design.files()
                .keySet()
                .forEach(name -> text.append("      - \"verilog/").append(name).append("\"\n"));
        text.append(String.format(
                """
                targets:
                  default: &default
                    filesets: [rtl]
                    toplevel: %1$s
                  lint:
                    <<: *default
                    default_tool: verilator
                    tools:
                      verilator:
                        mode: lint-only
                """,
                design.top()));
        return text.toString();
    }

    private static String quoted(String words) {
        return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }
}
