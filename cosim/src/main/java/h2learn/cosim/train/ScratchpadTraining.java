package h2learn.cosim.train;

import h2learn.contract.Scratchpad;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.host.Driver;
import h2learn.host.Placement;
import h2learn.host.TrainingSession;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Activity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Through#SCRATCHPADS}: the host writes and reads them through their windows. */
final class ScratchpadTraining implements SimulatedTraining {
    private final Placement placement;
    private final @Nullable LockStep lockStep;
    private final TrainingSession session;
    private final ActivityReader reader;

    /**
     * Resets the model and loads the weights.
     *
     * @param seed for a report
     * @param repeat the command that the report of a difference offers; null to run without the golden model
     */
    ScratchpadTraining(
            Model model,
            Placement placement,
            FixedModel golden,
            MasterWeights initial,
            int seed,
            @Nullable String repeat) {
        this.placement = placement;
        if (repeat != null) {
            lockStep = new LockStep(model, placement, golden, initial, seed, repeat);
            session = new TrainingSession(placement, lockStep.driver());
        } else {
            lockStep = null;
            Simulated.reset(model);
            session = new TrainingSession(placement, new Driver(placement, new CosimTransport(model.bus())));
            session.open(initial);
        }
        reader = new ActivityReader(placement.network(), new OfDriver(session.driver()), golden);
    }

    private record OfDriver(Driver driver) implements Tensors {
        @Override
        public boolean keeps(Scratchpad scratchpad, int layer) {
            return true;
        }

        @Override
        public int[][] read(Scratchpad scratchpad, int layer, int samples) {
            return driver.readTrace(scratchpad, layer, samples);
        }

        @Override
        public int[] saturations() {
            return driver.saturations();
        }
    }

    @Override
    public Activity step(List<Sample> minibatch, double learningRate) {
        Activity activity = new Activity(placement.network());
        if (lockStep != null) {
            lockStep.step(minibatch, learningRate, part -> reader.addPart(part, activity));
        } else {
            session.step(minibatch, learningRate, part -> reader.addPart(part, activity));
        }
        reader.addSaturations(activity);
        return activity;
    }

    @Override
    public int[] predict(List<Sample> samples) {
        if (lockStep != null) {
            lockStep.infer(samples);
        } else {
            session.infer(samples);
        }
        return reader.predicted(samples.size());
    }

    @Override
    public int mostSamples() {
        return placement.partSamples();
    }

    @Override
    public MasterWeights master() {
        return session.driver().readMasters();
    }

    @Override
    public CommandPort port() {
        return session.driver().port();
    }

    @Override
    public long comparedWords() {
        return lockStep == null ? 0 : lockStep.comparedWords();
    }
}
