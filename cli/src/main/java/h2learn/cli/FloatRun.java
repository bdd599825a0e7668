package h2learn.cli;

import h2learn.model.Parameters;
import h2learn.model.exchange.TensorDump;
import h2learn.model.train.ReferenceEngine;
import h2learn.model.train.TrainingEngine;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.List;

/** The float64 reference. */
final class FloatRun implements EngineRun {
    private final ReferenceEngine engine;

    FloatRun(Network network, Parameters initial, boolean keepsLastStep) {
        engine = new ReferenceEngine(network, initial);
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
        return engine.parameters();
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
