package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.contract.MemoryMap;
import h2learn.hdl.Design;

/**
 * A Tcl script that packages the Verilog as an IP of Vivado: the AXI ports come up as interfaces with their clock and
 * reset, the slave with its address block, the interrupt as such. Written by the Tcl reference (UG1118 and UG835); no Vivado
 * has run it here.
 */
final class VivadoPackage {
    private VivadoPackage() {}

    static String of(AcceleratorConfig config, Design design) {
        StringBuilder text = new StringBuilder(AcceleratorVerilog.comments(config, "# ", ""));
        text.append(
                """
                #
                #   vivado -mode batch -source vivado/package.tcl [-tclargs PART]
                #
                # writes the IP to vivado/ip, a folder for set_property ip_repo_paths. Not yet run in Vivado itself.
                set here [file dirname [file normalize [info script]]]
                set part [expr {[llength $argv] > 0 ? [lindex $argv 0] : "xc7a100tcsg324-1"}]
                create_project -in_memory -part $part
                foreach name {
                """);
        design.files().keySet().forEach(name -> text.append("    ").append(name).append('\n'));
        text.append(String.format(
                """
                } {
                    add_files -norecurse [file join $here .. verilog $name]
                }
                set_property top %1$s [current_fileset]
                update_compile_order -fileset sources_1
                ipx::package_project -root_dir [file join $here ip] -vendor h2learn -library accelerator \\
                    -taxonomy /UserIP -import_files -force
                set core [ipx::current_core]
                set_property name %2$s $core
                set_property display_name {h2learn %3$s} $core
                set_property description {%4$s; configuration hash %5$s} $core
                set_property version 1.0 $core

                ipx::infer_bus_interfaces xilinx.com:interface:aximm_rtl:1.0 $core
                ipx::infer_bus_interface clk xilinx.com:signal:clock_rtl:1.0 $core
                ipx::infer_bus_interface reset xilinx.com:signal:reset_rtl:1.0 $core
                ipx::infer_bus_interface interrupt xilinx.com:signal:interrupt_rtl:1.0 $core
                set polarity [ipx::add_bus_parameter POLARITY [ipx::get_bus_interfaces reset -of_objects $core]]
                set_property value ACTIVE_HIGH $polarity
                set sensitivity [ipx::add_bus_parameter SENSITIVITY [ipx::get_bus_interfaces interrupt -of_objects $core]]
                set_property value LEVEL_HIGH $sensitivity
                foreach bus {s_axi m_axi} {
                    ipx::associate_bus_interfaces -busif $bus -clock clk $core
                }
                ipx::associate_bus_interfaces -clock clk -reset reset $core

                # Registers and scratchpads: %6$d address bits.
                ipx::remove_all_memory_map $core
                set map [ipx::add_memory_map s_axi $core]
                set_property slave_memory_map_ref s_axi [ipx::get_bus_interfaces s_axi -of_objects $core]
                set block [ipx::add_address_block registers $map]
                set_property range %7$d $block
                set_property usage register $block

                ipx::create_xgui_files $core
                ipx::update_checksums $core
                ipx::check_integrity $core
                ipx::save_core $core
                """,
                design.top(),
                "h2learn_" + Product.identifier(config),
                config.name(),
                braced(config.description()),
                ConfigHash.of(config),
                new MemoryMap(config).addressBits(),
                1L << new MemoryMap(config).addressBits()));
        return text.toString();
    }

    /** Words that may stand between braces in Tcl. */
    private static String braced(String words) {
        return words.replace("\\", "/").replace("{", "(").replace("}", ")").replace("\n", " ");
    }
}
