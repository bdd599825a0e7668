package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.RunOptions;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where scenarios run.
 *
 * @param config of the accelerator
 * @param build that has the native core
 * @param library of the accelerator, as {@link VerilatorBuild#model} gave it
 * @param zeros whether registers and memories begin with zeros whatever a scenario's seed
 * @param opened is given each model before its first cycle, for example to set an input
 * @param closing is given each model when its run is over
 */
public record Stage(
        AcceleratorConfig config,
        VerilatorBuild build,
        Path library,
        boolean zeros,
        Consumer<Model> opened,
        Consumer<Model> closing) {
    /** A run that hangs ends soon. */
    static final RunOptions LIMITS =
            RunOptions.STANDARD.withCycleBudget(2_000_000).withWatchdogCycles(50_000);

    /** A stage that leaves its models alone. */
    public static Stage of(AcceleratorConfig config, VerilatorBuild build, Path library) {
        return new Stage(config, build, library, false, model -> {}, model -> {});
    }

    /** A model on the stage. */
    record Run(Model model, Consumer<Model> closing) implements AutoCloseable {
        @Override
        public void close() {
            try {
                closing.accept(model);
            } finally {
                model.close();
            }
        }
    }

    /** A model of the accelerator. */
    Run open(ModelOptions options) {
        Model model = Model.open(build, library, zeros ? options.withSeed(0) : options);
        opened.accept(model);
        return new Run(model, closing);
    }

    /** With the AXI4-Lite bus. */
    static ModelOptions options() {
        return ModelOptions.defaults().withBus("s_axi_");
    }
}
