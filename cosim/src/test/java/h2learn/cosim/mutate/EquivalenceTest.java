package h2learn.cosim.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.Toolchain;
import h2learn.cosim.mutate.Equivalence.Result;
import h2learn.cosim.netlist.Yosys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module with two mutants in it, as Yosys writes it: the first is the original again, the second is not. */
class EquivalenceTest {
    private static final String CHILD =
            """
            module Child (
              input wire a,
              input wire clk,
              output reg q
            );
              always @(posedge clk) q <= a;
            endmodule
            """;
    private static final String SELECTED =
            """
            module Small(a, b, clk, q, h2_mutant);
              wire _0_;
              wire _1_;
              wire _2_;
              wire _3_;
              wire both;
              input a;
              wire a;
              input b;
              wire b;
              input clk;
              wire clk;
              output q;
              wire q;
              input [15:0] h2_mutant;
              wire [15:0] h2_mutant;
              reg [3:0] memory [7:0];
              reg [2:0] count;
              assign _0_ = h2_mutant == 16'h0001;
              assign _1_ = h2_mutant == 16'h0002;
              assign _2_ = _0_ ? (a & (a | b)) : a;
              assign _3_ = _1_ ? 1'h1 : b;
              assign both = _2_ ^ _3_ ^ memory[count][0];
              always @(posedge clk) begin
                count <= count + 3'h1;
                if (a) memory[count] <= {b, a, b, a};
              end
              Child child (
                .a(both),
                .clk(clk),
                .h2_mutant(h2_mutant),
                .q(q)
              );
            endmodule
            """;

    @TempDir
    private Path folder;

    /** What prints the activations must be no part of what is proved, so that there is none in the text for simulation. */
    private static MutantDesign design(Map<String, String> plain) {
        return new MutantDesign("Small", new TreeMap<>(), new TreeMap<>(plain), List.of(), Set.of("Small"));
    }

    @Test
    void theSameFunctionIsProvedAndAnotherIsNot() {
        MutantDesign design = design(Map.of("Small.v", SELECTED, "Child.v", CHILD));
        Equivalence equivalence = new Equivalence(
                new Yosys(Toolchain.standard()), design, Map.of("Small.v", SELECTED, "Child.v", CHILD), folder);
        assertEquals(Map.of(1, Result.EQUAL, 2, Result.DIFFERENT), equivalence.ofModule("Small", List.of(1, 2)));
    }

    @Test
    void whatYosysCannotReadIsNotProved() {
        MutantDesign design = design(Map.of("Small.v", "module Small("));
        Equivalence equivalence =
                new Equivalence(new Yosys(Toolchain.standard()), design, Map.of("Small.v", ""), folder);
        assertEquals(Map.of(1, Result.UNKNOWN), equivalence.ofModule("Small", List.of(1)));
    }

    @Test
    void activationIsWatched() {
        String watched = Activation.watched(SELECTED, "Top");
        assertTrue(watched.contains("$display(\"h2_active 1\")"), watched);
        assertTrue(watched.contains("if (!h2_seen[1] && (1'h1) != (b))"), watched);
        assertEquals(Set.of(4, 19), Activation.numbers("h2_active 19\nother\nh2_active 4\nh2_active 19\n"));
        String lost = SELECTED.replace("assign _3_ = _1_ ?", "assign _3_ = !_1_ ?");
        assertThrows(IllegalArgumentException.class, () -> Activation.watched(lost, "Top"));
    }

    @Test
    void whatMixesBitsInvertsInstead() {
        String inverted = Activation.inverted(SELECTED);
        assertTrue(inverted.contains("assign _2_ = _0_ ^ (a);"), inverted);
        assertTrue(inverted.contains("assign _3_ = _1_ ? 1'h1 : b;"), inverted);
    }
}
