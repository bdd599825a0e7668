package h2learn.cosim.train;

import h2learn.contract.Scratchpad;
import h2learn.cosim.lockstep.CosimMemory;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.lockstep.PlanLockStep;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.host.Placement;
import h2learn.host.plan.ProgramSession;
import h2learn.host.plan.RingRunner;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.train.Activity;
import h2learn.model.train.FixedEngine;
import h2learn.network.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Through#MEMORY}: the host writes and reads external memory alone, and commands come from the ring. */
final class MemoryTraining implements SimulatedTraining {
    private final Network network;
    private final @Nullable PlanLockStep lockStep;
    private final ProgramSession session;
    private final CommandPort port;
    private final ActivityReader reader;

    /**
     * Resets the model and loads the weights.
     *
     * @param repeat the command that the report of a difference offers; null to run without the golden model
     */
    MemoryTraining(Model model, StepPlan plan, FixedModel golden, MasterWeights initial, @Nullable String repeat) {
        Placement placement = plan.layout().placement();
        network = placement.network();
        if (repeat != null) {
            lockStep = new PlanLockStep(model, plan, initial, repeat);
            session = lockStep.session();
            port = lockStep.port();
        } else {
            lockStep = null;
            Simulated.reset(model);
            RingRunner runner =
                    new RingRunner(new CosimTransport(model.bus()), new CosimMemory(model.memory()), plan.layout());
            runner.open(placement.config());
            session = new ProgramSession(plan, runner);
            session.open(initial);
            port = runner.port();
            port.clearCounters();
        }
        reader = new ActivityReader(network, new OfMemory(session, port), golden);
    }

    private record OfMemory(ProgramSession session, CommandPort port) implements Tensors {
        @Override
        public boolean keeps(Scratchpad scratchpad, int layer) {
            return session.keeps(scratchpad, layer);
        }

        @Override
        public int[][] read(Scratchpad scratchpad, int layer, int samples) {
            return session.readTrace(scratchpad, layer, samples);
        }

        @Override
        public int[] saturations() {
            return port.saturations(session.plan().layout().placement().layers().size());
        }
    }

    /** In lock-step the densities are the golden model's, which also knows tensors that stay on the chip. */
    @Override
    public Activity step(List<Sample> minibatch, double learningRate) {
        Activity activity = new Activity(network);
        if (lockStep != null) {
            List<SampleTrace> traces = lockStep.step(minibatch, learningRate);
            for (int index = 0; index < traces.size(); index++) {
                FixedEngine.count(traces.get(index), minibatch.get(index).label(), activity);
            }
        } else {
            session.step(minibatch, learningRate);
            reader.addPart(minibatch, activity);
            reader.addSaturations(activity);
        }
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
        return session.mostSamples();
    }

    @Override
    public MasterWeights master() {
        return session.readMasters();
    }

    @Override
    public CommandPort port() {
        return port;
    }

    @Override
    public long comparedWords() {
        return lockStep == null ? 0 : lockStep.comparedWords();
    }
}
