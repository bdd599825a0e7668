package h2learn.cosim.failure;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import java.util.List;

/** Cases on the config tiny, each with a fault in its Verilog. */
final class PlantedBugs {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final Network DENSE = network(
            "small-dense",
            new Input(9, Encoding.DIRECT, 4, 4, false),
            List.of(new Dense(8, true, 6), new Dense(6, true, 6)));
    private static final Network CONVOLUTIONS = network(
            "small-conv",
            new Input(2, 4, 4, Encoding.DIRECT, 4, 4, false),
            List.of(new Conv2d(4, 3, 1, 1, true, 6), new Conv2d(5, 3, 1, 1, false, 6), new Dense(6, true, 6)));

    private PlantedBugs() {}

    private static Network network(String name, Input input, List<Layer> layers) {
        return new Network(
                name,
                "for tests",
                input,
                2,
                new Neuron(0.5, 0.5, 0.5, 1),
                layers,
                new Classes(3, 2),
                new Training(3, 1, 0.5, 1, 2));
    }

    private static Case of(
            String id, Network network, Plan plan, int samples, int updates, Timing timing, Edit... edits) {
        return new Case(id, TINY, network, plan, Check.EACH_PROGRAM, samples, updates, 1, timing, List.of(edits));
    }

    /** The leak rounds ties up, not to even. */
    static Case rounding() {
        return of(
                "rounding",
                DENSE,
                Plan.TILED,
                3,
                2,
                Timing.RANDOM,
                new Edit("NeuronLane", "(|_zz__zz_spike_6_3) || _zz_spike_5[0]", "(|_zz__zz_spike_6_3) || 1'b1"));
    }

    /** gs is not masked with h. */
    static Case mask() {
        return of(
                "mask",
                DENSE,
                Plan.PIPELINED,
                3,
                2,
                Timing.RANDOM,
                new Edit("NeuronBackwardLane", "_zz_gradient_7 <= _zz_gradient_3;", "_zz_gradient_7 <= 1'b1;"));
    }

    /** BACKWARD visits a tap more in each row of the kernel than there is. */
    static Case lastTap() {
        return of(
                "last-tap",
                CONVOLUTIONS,
                Plan.PIPELINED,
                3,
                1,
                Timing.RANDOM,
                new Edit(
                        "TapLister",
                        "(_zz__zz_pointDone_4 <= _zz_columnTap)",
                        "(_zz__zz_pointDone_4 < _zz_columnTap)"));
    }

    /** Of the tokens that BACKWARD's queue gives to GRADIENT's, one in {@code period} is lost. */
    static Case token(int period, int updates) {
        String last = "16'd" + (period - 1);
        return of(
                "token",
                DENSE,
                Plan.TILED,
                3,
                updates,
                Timing.FAST,
                new Edit(
                        "TokenCounters",
                        "  reg        [7:0]    counter_0;",
                        "  reg        [15:0]   given;\n  reg        [7:0]    counter_0;"),
                new Edit("TokenCounters", "counter_0 <= 8'h0;", "given <= 16'd0;\n      counter_0 <= 8'h0;"),
                new Edit(
                        "TokenCounters",
                        "counter_13 <= (counter_13 + 8'h01);",
                        "given <= ((given == " + last + ") ? 16'd0 : (given + 16'd1));\n"
                                + "        if((given != " + last + ")) begin\n"
                                + "          counter_13 <= (counter_13 + 8'h01);\n"
                                + "        end"));
    }
}
