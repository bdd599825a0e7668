package h2learn.cosim.build;

import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import java.util.Map;

/** The smallest models: a constant byte at {@code q}, each from a module of the same name. */
final class SmallModel {
    private SmallModel() {}

    /** @param value 0 to 255 */
    static ModelSource of(int value) {
        return ModelSource.of(
                "constant",
                Map.of(
                        "constant.v",
                        "module constant(input clk, input reset, output [7:0] q); assign q = 8'd" + value
                                + "; endmodule\n"));
    }

    /** What the model gives at {@code q}. The native core comes from the tests' shared cache. */
    static long value(Model model) {
        model.step(1);
        return model.port("q").get();
    }

    /** Builds, opens and asks. */
    static long value(VerilatorBuild build, ModelSource source) {
        try (Model model = Model.open(TestModels.BUILD, build.model(source), ModelOptions.defaults())) {
            return value(model);
        }
    }
}
