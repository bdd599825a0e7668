package h2learn.cosim.spinalsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.TestModels;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpinalSimTest {
    /** Wide inputs, and handshakes that depend on a count of cycles. */
    private static final String VERILOG =
            """
            module pulse(input clk, input reset, input [99:0] wide, input enable, output out_valid, output out_ready);
              reg [7:0] count;
              always @(posedge clk) if (reset) count <= 0; else if (enable) count <= count + 8'd1 + wide[99];
              assign out_valid = count[2];
              assign out_ready = enable & wide[70];
            endmodule
            """;

    private static final int CYCLES = 2000;

    private static Model recorded() {
        Model model = Model.open(
                TestModels.BUILD, ModelSource.of("pulse", Map.of("pulse.v", VERILOG)), ModelOptions.defaults());
        model.record();
        model.reset(3);
        Random random = new Random(1);
        for (int cycle = 3; cycle < CYCLES; cycle++) {
            model.port("enable").set(random.nextInt(2));
            model.port("wide").setWide(new BigInteger(100, random));
            model.step(1);
        }
        return model;
    }

    private static String reason(Model model, String top, String verilog) {
        try (SpinalSim simulation = SpinalSim.of(model, top, Map.of("pulse.v", verilog), CYCLES)) {
            OptionalDouble seconds = simulation.round();
            assertEquals(simulation.reason().isEmpty(), seconds.isPresent(), simulation.reason());
            assertTrue(seconds.orElse(1) > 0);
            assertTrue(simulation.reason().lines().count() < 2, simulation.reason());
            return simulation.reason();
        }
    }

    @Test
    void runsTheSameStimuliWithTheSameHandshakes() {
        try (Model model = recorded()) {
            assertEquals("", reason(model, "pulse", VERILOG));
        }
    }

    @Test
    void saysInOneLineWhyItDoesNotRun() {
        try (Model model = recorded()) {
            String other = reason(model, "pulse", VERILOG.replace("count[2]", "count[3]"));
            assertTrue(other.startsWith("its handshakes differ from those recorded, "), other);
            String refused = reason(model, "nothing", VERILOG);
            assertTrue(refused.startsWith("its process ended with exit code 1"), refused);
        }
    }
}
