package h2learn.cosim.lockstep;

import h2learn.contract.Command;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Placement;
import h2learn.host.plan.PlanMemory;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.MasterWeights;
import java.util.List;

/** A model that trains a plan's network in lock-step; tests reach into it. */
final class PlanTraining implements AutoCloseable {
    private final StepPlan plan;
    private final Model model;
    private final PlanLockStep lockStep;

    /** @param seed of the weights */
    PlanTraining(StepPlan plan, ProgramOptions options, long seed) {
        this.plan = plan;
        Placement placement = plan.layout().placement();
        model = Model.open(
                VerilatorBuild.standard(),
                ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(placement.config())),
                ModelOptions.defaults().withBus("s_axi_").withMemory(Simulated.memory(plan)));
        try {
            MasterWeights initial = MasterWeights.initial(
                    placement.network(), placement.config().formats(), seed);
            lockStep = new PlanLockStep(model, plan, initial, options, "this test");
        } catch (RuntimeException | Error failure) {
            model.close();
            throw failure;
        }
    }

    void step(List<Sample> minibatch, double learningRate) {
        lockStep.step(minibatch, learningRate);
    }

    /** The program of the next step, whose samples it brings to external memory. */
    List<Command> program(List<Sample> minibatch, double learningRate) {
        new PlanMemory(plan.layout(), programs().memory()).writeMinibatch(minibatch);
        return lockStep.session().program(minibatch.size(), learningRate);
    }

    /** Loads the weights anew. */
    void begin() {
        lockStep.begin();
    }

    StepPlan plan() {
        return plan;
    }

    Model model() {
        return model;
    }

    ProgramLockStep programs() {
        return lockStep.programs();
    }

    @Override
    public void close() {
        model.close();
    }
}
