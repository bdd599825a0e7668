package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.CommandPort;
import h2learn.host.Placement;
import h2learn.host.plan.ProgramSession;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.fixed.UpdateState;
import h2learn.model.fixed.WeightGradients;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a planned network through external memory in a simulated accelerator, in the golden machine and in the golden
 * model at once. After each program every word that it wrote is compared with the machine's; after each step the master
 * weights and saturation counters, and after inference the last layer's spikes, are compared with the model's, which
 * knows nothing of commands. All queues are at work.
 */
public final class PlanLockStep {
    private final ProgramLockStep programs;
    private final ProgramSession session;
    private final Network network;
    private final FixedModel golden;
    private final MasterWeights master;
    private final int[] saturations;
    private final String repeat;
    private UpdateState state;
    private EngineWeights weights;

    /**
     * Resets the model, whose memories must be 0 then, checks that it is of the plan's configuration and that its external
     * memory holds the plan's layout, and loads the weights.
     *
     * @param initial weights; copied
     * @param repeat the command that a report offers to repeat the run
     */
    public PlanLockStep(Model model, StepPlan plan, MasterWeights initial, String repeat) {
        this(model, plan, initial, ProgramOptions.standard(), repeat);
    }

    /** The same with options. */
    public PlanLockStep(Model model, StepPlan plan, MasterWeights initial, ProgramOptions options, String repeat) {
        Placement placement = plan.layout().placement();
        AcceleratorConfig config = placement.config();
        this.repeat = repeat;
        network = placement.network();
        golden = new FixedModel(network, config.formats());
        master = initial.copy();
        state = new UpdateState(network);
        weights = EngineWeights.of(master, config.formats());
        saturations = new int[network.layers().size()];
        ExternalMemory memory = new ExternalMemory(model.memory().place().bytes());
        programs = new ProgramLockStep(
                model, config, new Machine(config, memory), plan.layout().ring().address(), options, repeat);
        session = new ProgramSession(plan, programs);
        begin();
    }

    /** Loads the golden model's weights; also once the accelerator was stopped in mid-program. There is no momentum then. */
    public void begin() {
        session.open(master);
        state = new UpdateState(network);
        port().clearCounters();
        Arrays.fill(saturations, 0);
        compareMasters();
    }

    /**
     * One update from one minibatch. Throws {@link ProgramMismatchException} when anything differs.
     *
     * @return the golden model's traces, one a sample
     */
    public List<SampleTrace> step(List<Sample> minibatch, double learningRate) {
        List<SampleTrace> traces =
                minibatch.stream().map(sample -> golden.run(weights, sample)).toList();
        session.step(minibatch, learningRate);
        compareSpikes(traces);
        compareSaturations(traces);
        WeightGradients gradients = new WeightGradients(network);
        for (int index = 0; index < traces.size(); index++) {
            gradients.accumulate(traces.get(index), minibatch.get(index));
        }
        golden.update(master, gradients, state, learningRate, minibatch.size());
        weights = EngineWeights.of(master, golden.formats());
        compareMasters();
        return traces;
    }

    /** The forward direction alone, compared. */
    public void infer(List<Sample> samples) {
        session.infer(samples);
        compareSpikes(
                samples.stream().map(sample -> golden.run(weights, sample)).toList());
    }

    private void compareSpikes(List<SampleTrace> traces) {
        int last = network.layers().size() - 1;
        int[][] got = session.readTrace(Scratchpad.SPIKE, last, traces.size());
        for (int sample = 0; sample < got.length; sample++) {
            byte[] expected = traces.get(sample).layer(last).spike();
            for (int index = 0; index < expected.length; index++) {
                if (got[sample][index] != expected[index]) {
                    throw differs(
                            "spike " + index + " of layer " + last + " of sample " + sample + " of the minibatch",
                            got[sample][index],
                            expected[index]);
                }
            }
        }
    }

    private void compareMasters() {
        MasterWeights got = session.readMasters();
        for (int layer = 0; layer < master.layers(); layer++) {
            compare("master weight", layer, got.weight(layer), master.weight(layer));
            compare("master bias", layer, got.bias(layer), master.bias(layer));
        }
    }

    private void compare(String what, int layer, int[] got, int[] expected) {
        int at = Arrays.mismatch(got, expected);
        if (at >= 0) {
            throw differs(what + " " + at + " of layer " + layer, got[at], expected[at]);
        }
    }

    private void compareSaturations(List<SampleTrace> traces) {
        int[] counted = port().saturations(saturations.length);
        for (int layer = 0; layer < saturations.length; layer++) {
            for (SampleTrace trace : traces) {
                saturations[layer] += trace.layer(layer).saturations();
            }
            if (counted[layer] != saturations[layer]) {
                throw differs("the saturation counter of layer " + layer, counted[layer], saturations[layer]);
            }
        }
    }

    private ProgramMismatchException differs(String what, int got, int expected) {
        return new ProgramMismatchException(
                "after " + state.updates() + " updates " + what + " is " + got + ", in the golden model " + expected
                        + "; the machine agrees with the accelerator, so that the program is wrong",
                repeat);
    }

    /** What the programs are run by. */
    public ProgramLockStep programs() {
        return programs;
    }

    public ProgramSession session() {
        return session;
    }

    /** Registers and counters. */
    public CommandPort port() {
        return programs.port();
    }

    /** 32-bit words compared with the machine so far. */
    public long comparedWords() {
        return programs.comparedWords();
    }
}
