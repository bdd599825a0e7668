package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.emit.AcceleratorVerilog;
import java.util.Map;

/** Opens simulations of generated accelerators; the build cache makes all but the first opening cheap. */
final class Accelerators {
    private Accelerators() {}

    static AcceleratorConfig tiny() {
        return new ConfigReader().read("tiny");
    }

    static Model open(AcceleratorConfig config, int seed) {
        return open(AcceleratorVerilog.of(config), seed);
    }

    static Model open(Map<String, String> verilog, int seed) {
        return Model.open(
                VerilatorBuild.standard(),
                ModelSource.of(AcceleratorVerilog.TOP, verilog),
                ModelOptions.defaults().withBus("s_axi_").withSeed(seed));
    }
}
