package h2learn.cosim.synth;

import h2learn.config.AcceleratorConfig.Target;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Cells that Yosys can map to, and what each kind of cell counts as. */
public enum SynthTarget {
    ICE40(
            "Lattice iCE40",
            Target.ICE40,
            "synth_ice40 -noflatten -dsp -top %s -run begin:json",
            Map.of(
                    Resource.LUT, "SB_LUT4",
                    Resource.REGISTER, "SB_DFF.*",
                    Resource.CARRY, "SB_CARRY",
                    Resource.BLOCK_RAM, "SB_RAM40_4K.*",
                    Resource.MULTIPLIER, "SB_MAC16")),
    ECP5(
            "Lattice ECP5",
            Target.ECP5,
            "synth_ecp5 -noflatten -top %s -run begin:json",
            Map.of(
                    Resource.LUT, "LUT4",
                    Resource.REGISTER, "TRELLIS_FF",
                    Resource.CARRY, "CCU2C",
                    Resource.BLOCK_RAM, "DP16KD|PDPW16KD",
                    Resource.LUT_RAM, "TRELLIS_DPR16X4",
                    Resource.MULTIPLIER, "MULT18X18D")),
    XC7(
            "Xilinx 7 series",
            Target.XILINX,
            "synth_xilinx -family xc7 -noclkbuf -noiopad -top %s -run begin:edif",
            Map.of(
                    Resource.LUT, "LUT[1-6]|INV",
                    Resource.REGISTER, "FD[RSCP]E(_1)?",
                    Resource.CARRY, "CARRY4",
                    Resource.BLOCK_RAM, "RAMB18E1|RAMB36E1",
                    Resource.LUT_RAM, "RAM(16|32|64|128|256).*",
                    Resource.MULTIPLIER, "DSP48E1")),
    OSU018(
            "OSU standard cells, 0.18 um",
            Target.ASIC,
            "",
            Map.of(Resource.REGISTER, "DFF.*", Resource.LATCH, "LATCH.*", Resource.SRAM, "\\$mem_v2"));

    /** What cells are counted as. */
    public enum Resource {
        LUT,
        REGISTER,
        CARRY,
        BLOCK_RAM,
        LUT_RAM,
        MULTIPLIER,
        SRAM,
        LATCH;

        /** For people. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final String family;
    private final Target attributes;
    private final String script;
    private final Map<Resource, String> cells;

    SynthTarget(String family, Target attributes, String script, Map<Resource, String> cells) {
        this.family = family;
        this.attributes = attributes;
        this.script = script;
        this.cells = cells;
    }

    /** For people. */
    public String family() {
        return family;
    }

    /** The memory attributes that the Verilog carries for it. */
    public Target attributes() {
        return attributes;
    }

    /** The one command of Yosys for it; empty where there is none, for standard cells. */
    String command(String top) {
        return String.format(Locale.ROOT, script, top);
    }

    boolean isStandardCells() {
        return script.isEmpty();
    }

    /** Whether a cell counts as this. */
    boolean is(Resource resource, String cell) {
        String pattern = cells.get(resource);
        return pattern != null && Pattern.matches(pattern, cell);
    }
}
