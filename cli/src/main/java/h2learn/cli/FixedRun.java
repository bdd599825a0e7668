package h2learn.cli;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.model.Parameters;
import h2learn.model.exchange.RealWeights;
import h2learn.model.exchange.TensorDump;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.TrainingEngine;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.List;

/** The bit-exact integer model. */
final class FixedRun implements EngineRun {
    private final Network network;
    private final Formats formats;
    private final FixedEngine engine;

    FixedRun(Network network, Formats formats, Parameters initial, boolean keepsLastStep) {
        this.network = network;
        this.formats = formats;
        engine = new FixedEngine(network, formats, MasterWeights.of(network, initial, formats));
        if (keepsLastStep) {
            engine.keepLastStep();
        }
    }

    @Override
    public TrainingEngine engine() {
        return engine;
    }

    @Override
    public Parameters weights() {
        return RealWeights.of(network, engine.master(), formats);
    }

    @Override
    public void dump(Path folder) {
        TensorDump.write(folder, engine.lastStep().orElseThrow());
    }

    @Override
    public List<String> summary() {
        return List.of();
    }

    @Override
    public void close() {}
}
