package h2learn.cosim.synth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.JsonText;
import h2learn.cosim.synth.SynthTarget.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cells that one module takes, with all that it holds.
 *
 * @param config as it was generated, with the target's memory attributes
 * @param module that was mapped
 * @param tool Yosys' version
 * @param modules own cells of each module, once, instances of other modules among them
 * @param total cells of the whole, by their names in the target
 * @param areaUm2 area of standard cells without macros in square micrometres; 0 for an FPGA
 * @param dissolved memories that became registers, MODULE.NAME
 */
public record SynthReport(
        AcceleratorConfig config,
        SynthTarget target,
        String module,
        String tool,
        SortedMap<String, SortedMap<String, Long>> modules,
        SortedMap<String, Long> total,
        double areaUm2,
        List<String> dissolved) {

    /** How many of the whole's cells count as this. */
    public long count(Resource resource) {
        return count(total, resource);
    }

    private long count(Map<String, Long> cells, Resource resource) {
        return cells.entrySet().stream()
                .filter(cell -> target.is(resource, cell.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * LUTs and what distributed memory takes of them: a TRELLIS_DPR16X4 three slices of two, a RAM32M or RAM64M four, a
     * memory with two ports of one bit two for every 64 words.
     */
    public long lutsWithMemory() {
        long luts = count(Resource.LUT);
        for (Map.Entry<String, Long> cell : total.entrySet()) {
            if (target.is(Resource.LUT_RAM, cell.getKey())) {
                luts += cell.getValue() * lutsOfMemory(cell.getKey());
            }
        }
        return luts;
    }

    private static int lutsOfMemory(String cell) {
        return switch (cell) {
            case "TRELLIS_DPR16X4" -> 6;
            case "RAM16X1D", "RAM32X1D", "RAM64X1D" -> 2;
            case "RAM32M", "RAM64M", "RAM128X1D" -> 4;
            case "RAM16X1S", "RAM32X1S", "RAM64X1S" -> 1;
            case "RAM128X1S" -> 2;
            case "RAM256X1S" -> 4;
            default -> throw new IllegalStateException("say how many LUTs a " + cell + " takes");
        };
    }

    /** The resources that the target has, with their numbers. */
    public Map<Resource, Long> resources() {
        return resources(total);
    }

    private Map<Resource, Long> resources(Map<String, Long> cells) {
        Map<Resource, Long> counts = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            if (count(total, resource) > 0) {
                counts.put(resource, count(cells, resource));
            }
        }
        return counts;
    }

    /** A table: the whole, and each module's own cells. Same report, same text. */
    public String markdown() {
        List<Resource> columns = new ArrayList<>(resources().keySet());
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%s of %s on %s, %s.\n\n", module, config.name(), target.family(), tool));
        text.append("| module, its own cells once");
        columns.forEach(column -> text.append(" | ").append(column.label()));
        text.append(" | cells |\n|---")
                .append("|---".repeat(columns.size() + 1))
                .append("|\n");
        row(text, "**" + module + " and all that it holds**", total, columns);
        modules.forEach((name, cells) -> row(text, name, cells, columns));
        if (areaUm2 > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "\nArea of the standard cells without macros: %.0f um2. Memories of more than %d bits are macros.\n",
                    areaUm2,
                    Synthesis.FLIP_FLOP_BITS));
        }
        dissolved.forEach(memory -> text.append("\nThe memory ").append(memory).append(" has become registers.\n"));
        return text.toString();
    }

    private void row(StringBuilder text, String name, SortedMap<String, Long> cells, List<Resource> columns) {
        long all = cells.entrySet().stream()
                .filter(cell -> !modules.containsKey(cell.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        text.append("| ").append(name);
        columns.forEach(column -> text.append(" | ").append(count(cells, column)));
        text.append(" | ").append(all).append(" |\n");
    }

    /** What is held against a baseline: the resources and the rounded area, by name. */
    SortedMap<String, Long> figures() {
        SortedMap<String, Long> figures = new TreeMap<>();
        resources().forEach((resource, count) -> figures.put(resource.name().toLowerCase(Locale.ROOT), count));
        if (areaUm2 > 0) {
            figures.put("area_um2", Math.round(areaUm2));
        }
        return figures;
    }

    /** Everything; the same text for the same report. */
    public String json() {
        ObjectNode root = JsonText.object();
        root.put("config", config.name());
        root.put("hash", ConfigHash.of(config).toString());
        root.put("target", target.name().toLowerCase(Locale.ROOT));
        root.put("module", module);
        root.put("tool", tool);
        ObjectNode figures = root.putObject("resources");
        figures().forEach(figures::put);
        ObjectNode cells = root.putObject("cells");
        total.forEach(cells::put);
        ObjectNode each = root.putObject("modules");
        modules.forEach((name, own) -> {
            ObjectNode node = each.putObject(name);
            own.forEach(node::put);
        });
        return JsonText.of(root);
    }
}
