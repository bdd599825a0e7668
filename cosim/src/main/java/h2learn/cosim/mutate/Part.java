package h2learn.cosim.mutate;

import h2learn.cosim.netlist.Instances;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The parts of an accelerator that mutants are made of: its engines, the command processor, and what lies around them. */
public enum Part {
    FORWARD("engine_forward"),
    NEURON("engine_neuron"),
    LOSS("engine_loss"),
    BACKWARD("engine_backward"),
    NEURON_BACKWARD("engine_neuronBackward"),
    WEIGHT_GRADIENT("engine_weightGradient"),
    UPDATE("engine_update"),
    POOL("engine_pool", "engine_poolBackward"),
    /** LOAD, STORE and the masters of the external memory. */
    TRANSFER("engine_load", "engine_store", "external_\\w+"),
    /** Ring, FIFO, queues, tokens, watchdog, errors, registers and counters. */
    COMMAND("command_\\w+", "queue_\\w+", "registers", "counters_\\w+"),
    /** The scratchpads and the host's way to them. */
    SCRATCHPAD("memory_\\w+", "scratchpadSwitch", "hostAccess", "axiLiteSlave");

    private final List<Pattern> roots;

    Part(String... roots) {
        this.roots = List.of(roots).stream().map(Pattern::compile).toList();
    }

    /** As the command line writes it, for example {@code weight-gradient}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The modules of each part. One that stands in several parts belongs to the first; the top-level module, which only
     * wires, belongs to the command processor.
     *
     * @param verilog texts by module name
     */
    public static Map<Part, Set<String>> modules(String top, Map<String, String> verilog) {
        Map<String, Map<String, String>> children = new TreeMap<>();
        verilog.forEach((module, text) -> children.put(module, Instances.of(text, verilog.keySet())));
        Map<Part, Set<String>> parts = new EnumMap<>(Part.class);
        Set<String> taken = new HashSet<>(Set.of(top));
        for (Part part : values()) {
            Set<String> own = new TreeSet<>();
            Deque<String> open = new ArrayDeque<>(part.roots(children.getOrDefault(top, Map.of())));
            while (!open.isEmpty()) {
                String module = open.remove();
                if (taken.add(module)) {
                    own.add(module);
                    open.addAll(children.getOrDefault(module, Map.of()).values());
                }
            }
            parts.put(part, own);
        }
        parts.getOrDefault(COMMAND, new TreeSet<>()).add(top);
        return parts;
    }

    private List<String> roots(Map<String, String> instances) {
        List<String> modules = new ArrayList<>();
        instances.forEach((instance, module) -> {
            if (roots.stream().anyMatch(root -> root.matcher(instance).matches())) {
                modules.add(module);
            }
        });
        return modules;
    }
}
