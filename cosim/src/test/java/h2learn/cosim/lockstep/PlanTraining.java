package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.plan.PlanMemory;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.FixedMinibatch;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.fixed.UpdateConstants;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains a network in a simulated accelerator from a plan's programs, beside the golden machine and the golden model: the
 * machine must agree in every word that a command writes, the model in the masters after every step.
 */
final class PlanTraining implements AutoCloseable {
    /** How programs are run. */
    enum Mode {
        STEP_BY_STEP,
        FULL_SPEED
    }

    private final Network network;
    private final AcceleratorConfig config;
    private final StepPlan plan;
    private final Mode mode;
    private final Model model;
    private final ProgramLockStep lockStep;
    private final PlanMemory host;
    private final FixedMinibatch golden;

    /**
     * @param ringEntriesLog2 logarithm of the ring's length
     * @param seed of the weights
     * @param repeat the command that a report offers to repeat the run
     */
    PlanTraining(StepPlan plan, Mode mode, int ringEntriesLog2, long seed, String repeat) {
        this(library(plan.layout().placement().config()), plan, mode, ringEntriesLog2, seed, repeat);
    }

    /** @param library of the plan's configuration */
    PlanTraining(Path library, StepPlan plan, Mode mode, int ringEntriesLog2, long seed, String repeat) {
        this.plan = plan;
        this.mode = mode;
        network = plan.layout().placement().network();
        config = plan.layout().placement().config();
        MemoryPlace place = Simulated.memory(plan);
        model = Model.open(
                VerilatorBuild.standard(),
                library,
                ModelOptions.defaults().withBus("s_axi_").withMemory(place));
        Machine machine = new Machine(config, new ExternalMemory(place.bytes()));
        lockStep =
                new ProgramLockStep(model, config, machine, plan.layout().ring().address(), ringEntriesLog2, repeat);
        host = new PlanMemory(plan.layout(), lockStep.memory());
        golden = new FixedMinibatch(network, config.formats(), MasterWeights.initial(network, config.formats(), seed));
    }

    /** The simulation of a configuration, built if needed: worth keeping where many networks are trained on it. */
    static Path library(AcceleratorConfig config) {
        return VerilatorBuild.standard().model(ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)));
    }

    /** Brings the golden model's masters to the accelerator; at first, and after the accelerator was stopped. */
    void begin() {
        host.writeMasters(golden.master());
        run(plan.begin());
    }

    void step(List<Sample> minibatch, double learningRate) {
        host.writeMinibatch(minibatch);
        run(program(minibatch, learningRate));
        List<SampleTrace> traces = minibatch.stream()
                .map(sample -> golden.model().run(golden.weights(), sample))
                .toList();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            int rows = golden.master().outputs(layer);
            // A pool has none.
            if (rows > 0) {
                golden.updateRows(layer, 0, rows, traces, minibatch, learningRate);
            }
        }
        golden.advance();
        run(plan.end());
        compareMasters();
    }

    /** The program of the next step. */
    List<Command> program(List<Sample> minibatch, double learningRate) {
        return plan.step(
                minibatch.size(),
                UpdateConstants.ofLayers(
                        LayerConstants.of(network, config.formats()),
                        network.training(),
                        learningRate,
                        minibatch.size(),
                        golden.state().updates()));
    }

    private void run(List<Command> program) {
        if (mode == Mode.STEP_BY_STEP) {
            lockStep.stepByStep(program);
        } else {
            lockStep.atFullSpeed(program);
        }
    }

    private void compareMasters() {
        MasterWeights trained = host.readMasters();
        IntStream.range(0, network.layers().size()).forEach(layer -> {
            assertArrayEquals(
                    golden.master().weight(layer),
                    trained.weight(layer),
                    network.name() + ": weights of layer " + layer);
            assertArrayEquals(
                    golden.master().bias(layer), trained.bias(layer), network.name() + ": biases of layer " + layer);
        });
    }

    StepPlan plan() {
        return plan;
    }

    PlanMemory host() {
        return host;
    }

    Model model() {
        return model;
    }

    ProgramLockStep lockStep() {
        return lockStep;
    }

    @Override
    public void close() {
        model.close();
    }
}
