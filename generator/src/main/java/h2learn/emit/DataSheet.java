package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Design;
import java.util.Locale;

/** The data sheet of one accelerator in Markdown: what it can do in a cycle, its limits, ports and memories. */
final class DataSheet {
    private final StringBuilder text = new StringBuilder();
    private final AcceleratorConfig config;
    private final Design design;

    private DataSheet(AcceleratorConfig config, Design design) {
        this.config = config;
        this.design = design;
    }

    static String of(AcceleratorConfig config, Design design) {
        DataSheet sheet = new DataSheet(config, design);
        sheet.head();
        sheet.rates();
        sheet.limits();
        sheet.ports();
        sheet.scratchpads();
        sheet.memories();
        return sheet.text.toString();
    }

    private void head() {
        line("# h2learn %s", config.name());
        line("");
        line("%s", config.description());
        line("");
        AcceleratorVerilog.header(config).forEach(comment -> line("- %s", comment));
        Formats formats = config.formats();
        line("- Top module %s; one clock, rising edge; reset active high, synchronous.", design.top());
        line(
                "- Weights %d bits (%d after the point), master copies %d, potentials %d, gradients %d.",
                formats.weightBits(),
                formats.weightFractionBits(),
                formats.masterBits(),
                formats.potentialBits(),
                formats.gradientBits());
        line("");
    }

    private void rates() {
        int lanes = config.lanes();
        line("## Rates");
        line("");
        line("| engine | full rate |");
        line("|---|---|");
        line(
                "| FORWARD | %d synapses a cycle: one word of %d spikes by %d output channels |",
                lanes * lanes, lanes, lanes);
        line("| WEIGHT_GRADIENT | %d products a cycle: %d points by %d output channels |", lanes * lanes, lanes, lanes);
        int multipliers = config.backward().lanes();
        line(
                "| BACKWARD | %d multiplication%s a cycle, zeros skipped: %s |",
                multipliers,
                multipliers == 1 ? "" : "s",
                config.backward().sparsity().name().toLowerCase(Locale.ROOT));
        line("| NEURON, NEURON_BACKWARD | one word of %d neurons a cycle |", lanes);
        line("| LOAD, STORE | one beat of %d bits a cycle |", config.memoryBus().dataBits());
        line("");
        line("`h2learn inspect --network NETWORK --config %s` foretells the cycles of a network.", config.name());
        line("");
    }

    private void limits() {
        line("## Limits of a command");
        line("");
        line("| samples | steps T | points of a tile | bit-planes of an input | classes |");
        line("|---|---|---|---|---|");
        AcceleratorConfig.Limits limits = config.limits();
        line(
                "| %d | %d | %d | %d | %d |",
                limits.samples(), limits.steps(), limits.points(), limits.inputPlanes(), MemoryMap.MAXIMUM_CLASSES);
        line("");
    }

    private void ports() {
        line("## Ports");
        line("");
        line("| port | direction | bits | belongs to |");
        line("|---|---|---|---|");
        for (Design.Port port : design.ports()) {
            line(
                    "| %s | %s | %d | %s |",
                    port.name(),
                    port.direction().name().toLowerCase(Locale.ROOT),
                    port.width(),
                    PortRole.of(port.name()).protocol());
        }
        line("");
    }

    private void scratchpads() {
        MemoryMap map = new MemoryMap(config);
        line("## Scratchpads in the address space of s_axi (%d bits)", map.addressBits());
        line("");
        line("| scratchpad | first byte | words | bits a word | holds |");
        line("|---|---|---|---|---|");
        for (Scratchpad scratchpad : map.scratchpads()) {
            MemoryMap.Window window = map.window(scratchpad);
            line(
                    "| %s | 0x%X | %d | %d | %s |",
                    scratchpad.name(),
                    window.base(),
                    window.words(),
                    window.layout().elements() * window.layout().elementBits(),
                    scratchpad.meaning());
        }
        line("");
    }

    private void memories() {
        line("## Memories");
        line("");
        line("| kind | memories | bits |");
        line("|---|---|---|");
        kind("block: read synchronously", false);
        kind("distributed: read in the same cycle", true);
        line("");
        line("Each is listed in manifest.json with its module, size and ports.");
    }

    private void kind(String name, boolean distributed) {
        long count = 0;
        long bits = 0;
        for (Design.Memory memory : design.memories()) {
            if (memory.asynchronousReads() > 0 == distributed) {
                count += memory.instances();
                bits += (long) memory.words() * memory.bits() * memory.instances();
            }
        }
        line("| %s | %d | %d |", name, count, bits);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
