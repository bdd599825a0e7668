package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.train.RtlEngine;
import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.exchange.RealWeights;
import h2learn.model.exchange.TensorDump;
import h2learn.model.fixed.FixedStep;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Activity;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.TrainingEngine;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generated Verilog, simulated. A dump comes from the integer model, which then computes the same steps; lock-step shows
 * that the accelerator's tensors are the same.
 */
final class RtlRun implements EngineRun {
    private final Network network;
    private final AcceleratorConfig config;
    private final RtlEngine engine;
    private final boolean lockStep;
    private final @Nullable FixedEngine shadow;

    /**
     * @param keepsLastStep needs lock-step
     */
    RtlRun(
            Network network,
            AcceleratorConfig config,
            Parameters initial,
            int powerUpSeed,
            RtlEngine.Options options,
            boolean keepsLastStep) {
        this.network = network;
        this.config = config;
        lockStep = options.repeat() != null;
        MasterWeights master = MasterWeights.of(network, initial, config.formats());
        engine = RtlEngine.open(network, config, master, powerUpSeed, options);
        shadow = keepsLastStep ? new FixedEngine(network, config.formats(), master) : null;
        if (shadow != null) {
            shadow.keepLastStep();
        }
    }

    @Override
    public TrainingEngine engine() {
        return shadow == null ? engine : new Both(engine, shadow);
    }

    /** The accelerator's step with the integer model's beside it. */
    private record Both(RtlEngine rtl, FixedEngine fixed) implements TrainingEngine {
        @Override
        public Network network() {
            return rtl.network();
        }

        @Override
        public Activity step(List<Sample> minibatch, double learningRate, Workers workers) {
            fixed.step(minibatch, learningRate, workers);
            return rtl.step(minibatch, learningRate, workers);
        }

        @Override
        public int predict(Sample sample) {
            return rtl.predict(sample);
        }
    }

    @Override
    public Parameters weights() {
        return RealWeights.of(network, engine.master(), config.formats());
    }

    @Override
    public void dump(Path folder) {
        if (shadow == null) {
            throw new IllegalStateException("no step was kept");
        }
        FixedStep step = shadow.lastStep().orElseThrow();
        if (!shadow.master().equals(engine.master())) {
            throw new IllegalStateException("lock-step saw no difference, but the final weights differ");
        }
        TensorDump.write(folder, step);
    }

    @Override
    public List<String> description() {
        List<String> lines =
                new ArrayList<>(engine.plan().map(ThroughOption::describe).orElse(List.of()));
        if (!lines.isEmpty() && !lockStep) {
            lines.add("  - is the density of a tensor that does not come to external memory");
        }
        return lines;
    }

    @Override
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("clock cycles: " + engine.cycles());
        if (engine.plan().isPresent()) {
            lines.add(ThroughOption.overlap(engine.overlap()));
        }
        if (lockStep) {
            lines.add("words compared with the golden model: " + engine.comparedWords() + ", all equal");
        }
        lines.addAll(CounterTable.of(engine.counters()));
        return lines;
    }

    @Override
    public void close() {
        engine.close();
    }
}
