package h2learn.cosim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.emit.AcceleratorVerilog;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MutantTest {
    private static final String LINE =
            "mutate -mode cnot1 -module PotentialMemory -cell $ternary$PotentialMemory.v:55$3259 -port B -portbit 26"
                    + " -ctrlbit 13 -wire writers_1_data_1 -wirebit 26 -src PotentialMemory.v:20.24-20.40"
                    + " -src PotentialMemory.v:55.31-55.121";

    @Test
    void aLineOfYosysIsRead() {
        Mutant mutant = Mutant.of(7, Part.SCRATCHPAD, LINE);
        assertEquals("cnot1", mutant.mode());
        assertEquals(13, mutant.otherBit());
        assertEquals(
                "PotentialMemory: cnot1 of B[26] by [13] of $ternary$PotentialMemory.v:55$3259, writers_1_data_1[26],"
                        + " PotentialMemory.v:55.31-55.121",
                mutant.describe());
        assertFalse(mutant.isClocking());
        assertThrows(IllegalArgumentException.class, () -> Mutant.of(1, Part.LOSS, "mutate -mode inv"));
    }

    @Test
    void clocksAreNoMutants() {
        assertTrue(Mutant.of(1, Part.LOSS, "mutate -mode inv -module A -cell $procdff$1 -port CLK -portbit 0")
                .isClocking());
        assertTrue(Mutant.of(1, Part.LOSS, "mutate -mode inv -module A -cell $memrd$x -port EN -portbit 0")
                .isClocking());
        assertFalse(Mutant.of(1, Part.LOSS, "mutate -mode inv -module A -cell $memwr$x -port EN -portbit 0")
                .isClocking());
    }

    @Test
    void everyModuleBelongsToOnePart() {
        Map<String, String> modules = new TreeMap<>();
        AcceleratorVerilog.of(new ConfigReader().read("tiny")).forEach((file, text) -> {
            if (file.endsWith(".v")) {
                modules.put(file.substring(0, file.length() - 2), text);
            }
        });
        Map<Part, Set<String>> parts = Part.modules(AcceleratorVerilog.TOP, modules);
        Set<String> all = new HashSet<>();
        parts.forEach((part, own) -> {
            assertFalse(own.isEmpty(), part.label());
            own.forEach(module -> assertTrue(all.add(module), module));
        });
        assertEquals(modules.keySet(), new TreeSet<>(all));
    }

    @Test
    void aVerdictIsALine() {
        Verdict verdict = new Verdict(Verdict.Kind.CAUGHT, "dense", "one\nmore", Set.of(3), 12);
        assertEquals(new Verdict(Verdict.Kind.CAUGHT, "dense", "one", Set.of(3), 12), Verdict.ofLine(verdict.line()));
        assertThrows(IllegalArgumentException.class, () -> Verdict.ofLine("Exception"));
    }
}
