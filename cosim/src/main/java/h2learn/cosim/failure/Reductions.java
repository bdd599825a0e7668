package h2learn.cosim.failure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import h2learn.cosim.cases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Ways to make a case smaller or simpler by one thing, those that may save most first. What results need not be legal.
 */
final class Reductions {
    /** Seeds to try at most where fewer samples of the case's own do not fail. */
    private static final int SEEDS = 4;

    /**
     * One way.
     *
     * @param text what changes, for people
     * @param tree of the smaller case
     */
    record Reduction(String text, CaseTree tree) {}

    private final Case from;
    private final CaseTree tree;
    private final List<Reduction> all = new ArrayList<>();

    private Reductions(Case from) {
        this.from = from;
        tree = new CaseTree(from);
    }

    /** Those that need no other Verilog: each trial takes about a second. */
    static List<Reduction> ofNetwork(Case from) {
        Reductions reductions = new Reductions(from);
        reductions.amounts();
        reductions.simplerRun();
        reductions.layers();
        reductions.sizes();
        reductions.simplerNetwork();
        return reductions.all;
    }

    /** Those that need other Verilog, whose simulation has to be built. */
    static List<Reduction> ofConfig(Case from) {
        Reductions reductions = new Reductions(from);
        reductions.config();
        return reductions.all;
    }

    private void amounts() {
        number("updates", 1);
        number("samples", 1);
        int samples = from.samples();
        for (int seed = 1; samples > 1 && seed <= SEEDS; seed++) {
            int drawn = seed;
            add("samples: " + samples + " -> 1 and seed: " + from.seed() + " -> " + seed, changed -> {
                changed.set("samples", 1);
                changed.set("seed", drawn);
            });
        }
        number("network/training/minibatch", 1);
    }

    private void simplerRun() {
        constant("timing", TextNode.valueOf("fast"));
        if (!tree.at("plan").asText().equals("scratchpads")) {
            constant("plan", TextNode.valueOf("scratchpads"));
            constant("check", TextNode.valueOf("each_command"));
            constant("plan", TextNode.valueOf("pipelined"));
        }
    }

    private void layers() {
        for (int index = 0; index < tree.layers() - 1; index++) {
            int layer = index;
            String type = tree.at("network/layers/" + index + "/type").asText();
            add("network.layers[" + index + "]: " + type + " -> none", changed -> changed.removeLayer(layer));
        }
    }

    private void sizes() {
        number("network/steps", 1);
        number("network/classes/neurons", 1);
        number("network/classes/count", 1);
        for (int index = 0; index < tree.layers(); index++) {
            String layer = "network/layers/" + index + "/";
            if (index < tree.layers() - 1) {
                number(layer + "outputs", 1);
            }
            number(layer + "kernel", 1);
            number(layer + "stride", 1);
            number(layer + "padding", 0);
            constant(layer + "bias", BooleanNode.FALSE);
        }
        number("network/input/height", 1);
        number("network/input/width", 1);
        number("network/input/channels", 1);
        number("network/input/bits", 1);
        number("network/input/fractionBits", 0);
    }

    private void simplerNetwork() {
        for (int index = 0; index < tree.layers(); index++) {
            String neuron = "network/layers/" + index + "/neuron";
            if (!tree.at(neuron).isMissingNode()) {
                add(dotted(neuron) + ": its own -> the network's", changed -> changed.remove(neuron));
            }
        }
        constant("network/neuron/reset", TextNode.valueOf("hard"));
        constant("network/neuron/detachReset", BooleanNode.FALSE);
        constant("network/neuron/surrogate", TextNode.valueOf("rectangle"));
        constant("network/training/momentum", DoubleNode.valueOf(0));
        constant("network/training/weightDecay", DoubleNode.valueOf(0));
        constant("network/training/rounding", TextNode.valueOf("nearest"));
    }

    private void config() {
        int lanes = tree.number("config/lanes");
        for (int fewer = 4; fewer < lanes; fewer *= 2) {
            int smaller = fewer;
            add("config.lanes: " + lanes + " -> " + fewer, changed -> {
                changed.set("config/lanes", smaller);
                changed.set("config/backward/lanes", Math.min(smaller, changed.number("config/backward/lanes")));
                changed.set("config/lut/inputs", Math.min(smaller, changed.number("config/lut/inputs")));
            });
        }
        List<String> options = new ArrayList<>();
        tree.at("config/options").fields().forEachRemaining(option -> {
            if (option.getValue().asBoolean()) {
                options.add(option.getKey());
            }
        });
        if (!options.isEmpty()) {
            add(
                    "config.options: " + String.join(", ", options) + " -> none",
                    changed -> options.forEach(option -> changed.set("config/options/" + option, false)));
        }
        constant("config/options/alpha", TextNode.valueOf("multiplier"));
        constant("config/backward/sparsity", TextNode.valueOf("none"));
        constant("config/forward/pe", TextNode.valueOf("lut"));
        if (tree.number("config/memoryBus/dataBits") != 32) {
            number("config/memoryBus/dataBits", 32);
        }
        constant("config/target", TextNode.valueOf("generic"));
    }

    /** Down to a minimum at once, to the half, by an eighth or one. */
    private void number(String path, int minimum) {
        JsonNode node = tree.at(path);
        int value = node.asInt();
        if (node.isMissingNode() || value <= minimum) {
            return;
        }
        for (int smaller :
                new TreeSet<>(List.of(minimum, Math.max(minimum, value / 2), value - Math.max(1, value / 8)))) {
            add(dotted(path) + ": " + value + " -> " + smaller, changed -> changed.set(path, smaller));
        }
    }

    private void constant(String path, JsonNode simplest) {
        JsonNode node = tree.at(path);
        if (!node.isMissingNode() && !node.asText().equals(simplest.asText())) {
            add(
                    dotted(path) + ": " + node.asText() + " -> " + simplest.asText(),
                    changed -> changed.set(path, simplest));
        }
    }

    /** With what has to follow from it. */
    private void add(String text, Consumer<CaseTree> change) {
        CaseTree changed = new CaseTree(from);
        change.accept(changed);
        for (int index = 0; index < changed.layers(); index++) {
            String layer = "network/layers/" + index + "/";
            if (!changed.at(layer + "padding").isMissingNode()) {
                int most = changed.number(layer + "kernel") - 1;
                changed.set(layer + "padding", Math.min(most, changed.number(layer + "padding")));
            }
        }
        changed.fitClasses();
        all.add(new Reduction(text, changed));
    }

    /** As paths stand in messages: {@code network.layers[0].outputs}. */
    private static String dotted(String path) {
        return path.replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    }
}
