package h2learn.cosim.netlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import h2learn.cosim.build.Toolchain;
import h2learn.cosim.netlist.FlatNetlist.Fate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two counters of eight bits, of which the top-level module uses the low four and the low six. */
class FlatNetlistTest {
    private static final String COUNTER =
            """
            module Counter (
              input  wire          clk,
              input  wire          reset,
              input  wire [7:0]    step,
              input  wire [15:0]   select,
              output reg  [7:0]    count
            );
              wire [7:0] added;
              assign added = {step[7:2], step[1] ^ (select == 16'd3), step[0]};
              always @(posedge clk) begin
                if (reset) count <= 8'h00;
                else count <= count + added + {(select == 16'd5), 7'd0};
              end
            endmodule
            """;
    private static final String TOP =
            """
            module Top (
              input  wire          clk,
              input  wire          reset,
              input  wire [2:0]    step,
              input  wire [15:0]   select,
              output wire [3:0]    narrow,
              output wire [5:0]    wide
            );
              wire [7:0] first_count;
              wire [7:0] second_count;
              Counter first (
                .clk(clk), .reset(reset), .step({5'd0, step}), .select(select), .count(first_count)
              );
              Counter second (
                .clk(clk), .reset(reset), .step({5'd0, step}), .select(select), .count(second_count)
              );
              assign narrow = first_count[3:0];
              assign wide = second_count[5:0];
            endmodule
            """;
    private static final Map<String, String> VERILOG =
            Map.of("Counter.v", COUNTER, "Top.v", TOP, "filelist.f", "Top.v");

    @TempDir
    private Path folder;

    private FlatNetlist netlist(Map<String, String> verilog) {
        return new FlatNetlist(new Yosys(Toolchain.standard()), "Top", verilog, folder);
    }

    @Test
    void bitsThatNoOutputDependsOnAreUnread() {
        Map<String, Fate> top = netlist(VERILOG).fates().get("Top");
        Map<String, Fate> counter = netlist(VERILOG).fates().get("Counter");
        for (int bit = 0; bit < 8; bit++) {
            assertEquals(bit < 4 ? null : Fate.UNREAD, top.get("first_count[" + bit + "]"), "first " + bit);
            assertEquals(bit < 6 ? null : Fate.UNREAD, top.get("second_count[" + bit + "]"), "second " + bit);
            // Both instances together: bits 4 and 5 are read of one.
            assertEquals(bit < 6 ? null : Fate.UNREAD, counter.get("count[" + bit + "]"), "count " + bit);
            assertEquals(bit < 3 ? null : Fate.CONSTANT, counter.get("step[" + bit + "]"), "step " + bit);
        }
    }

    @Test
    void whatActsOnUnreadBitsAloneIsNotLeft() {
        assertEquals(Set.of(3), netlist(VERILOG).compared("select"));
    }

    @Test
    void brokenVerilogIsRefusedWithYosysReason() {
        FlatNetlist broken = netlist(Map.of("Top.v", "module Top ("));
        assertThrows(IllegalStateException.class, broken::fates);
    }
}
