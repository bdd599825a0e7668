package h2learn.hdl.test;

import h2learn.hdl.BlackBox;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Clock;
import h2learn.hdl.UInt;
import h2learn.hdl.Verilog;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Clock domains, modules from elsewhere and statements for formal tools. */
class ClocksTest {
    static final class Counter extends Circuit {
        final UInt value = outReg(uint(4)).init(0);

        Counter() {
            value.assign(value.add(1));
        }
    }

    static final class Domains extends Circuit {
        final Bool aclk = in(bool());
        final Bool aresetn = in(bool());
        final Bool bclk = in(bool());
        final Bool go = in(bool());
        final UInt slow = out(uint(4));
        final UInt fast = out(uint(4));
        final UInt gated = out(uint(4));
        final Clock axi = Clock.of(aclk, aresetn, Clock.Reset.ASYNC_LOW);
        final UInt count = axi.in(() -> reg(uint(4)).init(9));
        final Counter child = axi.in(() -> inst(new Counter()));
        final UInt paused = Clock.of(bclk, aresetn, go, Clock.Reset.SYNC_LOW)
                .in(() -> reg(uint(4)).init(3));

        Domains() {
            axi.run(() -> count.assign(count.add(1)));
            paused.assign(paused.add(1));
            slow.assign(count);
            fast.assign(child.value);
            gated.assign(paused);
        }
    }

    @Test
    void registersBelongToTheClockInWhoseScopeTheyAreCreated() {
        Emitted.of(Domains::new)
                .has(
                        "Domains",
                        "always @(posedge aclk or negedge aresetn) begin if(!aresetn) begin count <= 4'b1001;",
                        "always @(posedge bclk) begin if(go) begin if(!aresetn) begin paused <= 4'b0011; end else",
                        ".aclk (aclk )",
                        ".aresetn (aresetn )")
                .has("Counter", "always @(posedge aclk or negedge aresetn) begin if(!aresetn) begin value <= 4'b0000;")
                .hasNot("Domains", " clk", "input wire reset");
    }

    static final class Restart extends Circuit {
        final Bool restart = in(bool());
        final UInt own = out(uint(4));
        final UInt common = out(uint(4));
        final Clock clock = Clock.current().withReset(restart.or(Clock.current().reset()));
        final Counter part = clock.in(() -> inst(new Counter()));
        final Counter whole = inst("whole", new Counter());

        Restart() {
            own.assign(part.value);
            common.assign(whole.value);
        }
    }

    @Test
    void aPartCanBeResetByItself() {
        Simulation simulation = new Simulation(Restart.class, Restart::new);
        SplittableRandom random = new SplittableRandom(6);
        int own = 0;
        for (int i = 0; i < 200; i++) {
            boolean restart = random.nextInt(5) == 0;
            simulation.row(Map.of("restart", restart), Map.of("own", own & 15, "common", i & 15));
            own = restart ? 0 : own + 1;
        }
        simulation.run();
    }

    static final class Doubler extends BlackBox {
        final Bool ck = in(bool());
        final Bool rst = in(bool());
        final UInt a = in(uint(4));
        final UInt y = out(uint(5));

        Doubler() {
            moduleName("vendor_doubler");
            parameter("FACTOR", 2);
            parameter("MODE", "FAST");
            mapClock(ck, rst);
            inlineVerilog(
                    """
                    module vendor_doubler #(parameter FACTOR = 1, parameter MODE = "SLOW")
                      (input wire ck, input wire rst, input wire [3:0] a, output reg [4:0] y);
                      always @(posedge ck) if (rst) y <= 0; else y <= (MODE == "FAST") ? FACTOR * a : a;
                    endmodule
                    """);
        }
    }

    static final class UsesBox extends Circuit {
        final UInt a = in(uint(4));
        final UInt y = out(uint(5));
        final Doubler box = inst("u_box", new Doubler());

        UsesBox() {
            box.a.assign(a);
            y.assign(box.y);
        }
    }

    @Test
    void aBlackBoxKeepsItsNamesAndParameters() {
        Emitted.of(UsesBox::new)
                .has(
                        "UsesBox",
                        "vendor_doubler #( .FACTOR (2 ), .MODE (\"FAST\") ) u_box (",
                        ".ck (clk )",
                        ".rst (reset )");
        Simulation simulation = new Simulation(UsesBox.class, UsesBox::new);
        for (int i = 0; i < 32; i++) {
            simulation.row(Map.of("a", i & 15), Map.of("y", i == 0 ? 0 : 2 * (i - 1 & 15)));
        }
        simulation.run();
    }

    static final class Claims extends Circuit {
        final Bool enable = in(bool());
        final UInt count = outReg(uint(4)).init(0);

        Claims() {
            count.assign(count.add(1));
            assert_(count.ne(15));
            when(enable, () -> assert_(count.ne(3), "count is 3"));
            assume(count.lt(12));
            cover(count.eq(7));
        }
    }

    @Test
    void claimsReachFormalTools() {
        Emitted.of(Verilog.inMemory().formal(), Claims::new)
                .has(
                        "Claims",
                        "assert((count != 4'b1111));",
                        "if(enable) begin assert((count != 4'b0011));",
                        "assume((count < 4'b1100));",
                        "cover((count == 4'b0111));");
        Emitted.of(Claims::new).has("Claims", "`ifndef SYNTHESIS", "count is 3");
    }
}
