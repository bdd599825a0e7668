package h2learn.rtl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.ConfigReader;
import h2learn.emit.AcceleratorVerilog;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each option adds to the Verilog, and that an accelerator without options has none of it. */
class OptionsTest {
    /** The register with the configuration's hash and options. */
    private static final String IDENTITY = "RegisterFile.v";

    private static final Pattern COMMENT = Pattern.compile("//[^\n]*");

    private static final Map<String, String> PLAIN = verilog(Options.none());

    /** Without comments: the head of each file has the configuration's hash. */
    private static Map<String, String> verilog(Options options) {
        AcceleratorConfig tiny = new ConfigReader().read("tiny");
        Map<String, String> files = AcceleratorVerilog.of(new AcceleratorConfig(
                tiny.name(),
                tiny.description(),
                tiny.lanes(),
                tiny.lut(),
                tiny.forward(),
                tiny.backward(),
                tiny.formats(),
                tiny.limits(),
                tiny.memories(),
                options,
                tiny.target()));
        return files.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> COMMENT.matcher(file.getValue())
                        .replaceAll("")));
    }

    private static Options only(String option) {
        return new Options(
                option.equals("softReset"),
                option.equals("noReset"),
                option.equals("detachReset"),
                option.equals("triangle"),
                option.equals("alpha") ? Leak.SHIFT : Leak.MULTIPLIER,
                option.equals("momentum"),
                option.equals("weightDecay"),
                option.equals("stochasticRounding"));
    }

    @Test
    void withoutOptionsNothingOfThemIsThere() {
        PLAIN.forEach((file, text) -> {
            for (String trace : Set.of("option_", "momentum", "noise", "decays")) {
                assertTrue(!text.toLowerCase(java.util.Locale.ROOT).contains(trace), file + " has " + trace);
            }
        });
        for (String lane : Set.of("NeuronLane.v", "NeuronBackwardLane.v", "UpdateLane.v")) {
            assertTrue(PLAIN.containsKey(lane), lane);
        }
        String backward = PLAIN.getOrDefault("NeuronBackwardLane.v", "");
        assertTrue(!backward.contains("THETA") && !backward.contains("theta"), "the backward lane reads theta");
    }

    /** Modules whose text changes; all others are the same bytes as without the option. */
    @ParameterizedTest
    @CsvSource({
        "softReset, Accelerator NeuronBackwardLane NeuronBackwardUnit NeuronLane NeuronUnit",
        "noReset, Accelerator NeuronBackwardLane NeuronBackwardUnit NeuronLane NeuronUnit",
        "detachReset, Accelerator NeuronBackwardLane NeuronBackwardUnit",
        "triangle, Accelerator NeuronBackwardLane NeuronBackwardUnit",
        "alpha, NeuronBackwardLane NeuronLane",
        "weightDecay, Accelerator UpdateLane UpdateUnit",
        "stochasticRounding, Accelerator NoiseLane NoiseUnit UpdateLane UpdateUnit"
    })
    void anOptionChangesItsModulesOnly(String option, String modules) {
        Set<String> changed = changed(verilog(only(option)));
        Set<String> expected = new TreeSet<>();
        for (String module : modules.split(" ")) {
            expected.add(module + ".v");
        }
        assertEquals(expected, changed);
    }

    /** It also moves the windows, which the bus decodes. */
    @Test
    void momentumAddsAScratchpad() {
        Set<String> changed = changed(verilog(only("momentum")));
        assertTrue(changed.containsAll(Set.of("MomentumMemory.v", "UpdateLane.v", "UpdateUnit.v")), changed.toString());
        for (String engine : Set.of("ForwardEngine.v", "NeuronUnit.v", "NeuronBackwardUnit.v", "BackwardEngine.v")) {
            assertTrue(!changed.contains(engine), engine);
        }
    }

    private static Set<String> changed(Map<String, String> other) {
        Set<String> files = new TreeSet<>(PLAIN.keySet());
        files.addAll(other.keySet());
        assertTrue(!PLAIN.get(IDENTITY).equals(other.get(IDENTITY)), "the register shows no option");
        files.remove(IDENTITY);
        // A queue hands on the command words that its engines read: one more is a port, no gate.
        files.removeIf(file -> file.startsWith("EngineQueue_"));
        files.removeIf(file -> PLAIN.getOrDefault(file, "").equals(other.getOrDefault(file, "")));
        return files;
    }
}
