package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigWriter;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import java.util.Locale;

/** A config for people and for {@code config check}: complete YAML, with what follows from it as comments. */
final class AcceleratorText {
    private AcceleratorText() {}

    static String of(AcceleratorConfig config) {
        StringBuilder text = new StringBuilder(ConfigWriter.toYaml(config));
        int lanes = config.lanes();
        text.append("# derived:\n");
        line(text, "hash: %s", ConfigHash.of(config));
        line(
                text,
                "synaptic operations a cycle, at most: %d",
                lanes * lanes * config.lut().readPorts());
        line(text, "tables a lane: %d", config.tables());
        line(text, "bits of a sum of gradients over time: %d", config.gradientSumBits());
        line(text, "weights and biases, at most: %d", (long) config.masterWords() * lanes);
        MemoryMap map = new MemoryMap(config);
        line(text, "address bits of the AXI4-Lite slave: %d", map.addressBits());
        long kibibits = 0;
        for (Scratchpad scratchpad : map.scratchpads()) {
            MemoryMap.Window window = map.window(scratchpad);
            long bits = (long) window.words()
                    * window.layout().elementBits()
                    * window.layout().elements();
            kibibits += bits;
            line(
                    text,
                    "memory %s: %d words of %d x %d bits",
                    scratchpad.name().toLowerCase(Locale.ROOT),
                    window.words(),
                    window.layout().elements(),
                    window.layout().elementBits());
        }
        line(text, "memory together: %.1f Kibit", kibibits / 1024.0);
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append("#   ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
