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
    private static final String AGREES = "; the machine agrees with the accelerator, so that the program is wrong";

    private final Model model;
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
        this.model = model;
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
            int[] expected = widen(traces.get(sample).layer(last).spike());
            int at = Arrays.mismatch(got[sample], expected);
            if (at >= 0) {
                int step = at / (expected.length / network.steps());
                String what = "spike " + at + " of layer " + last + " of sample " + sample + " of the minibatch";
                throw differs(what, AGREES, mismatch("s", last, sample, step, at, -1, expected[at], got[sample][at]));
            }
        }
    }

    private static int[] widen(byte[] bits) {
        int[] values = new int[bits.length];
        for (int index = 0; index < bits.length; index++) {
            values[index] = bits[index];
        }
        return values;
    }

    private void compareMasters() {
        MasterWeights got = session.readMasters();
        for (int layer = 0; layer < master.layers(); layer++) {
            int[] expected = master.weight(layer);
            int at = Arrays.mismatch(got.weight(layer), expected);
            if (at >= 0) {
                int inputs = expected.length / master.outputs(layer);
                throw differs(
                        "master weight " + at + " of layer " + layer,
                        AGREES,
                        mismatch(
                                "W (master)",
                                layer,
                                -1,
                                -1,
                                at / inputs,
                                at % inputs,
                                expected[at],
                                got.weight(layer)[at]));
            }
            expected = master.bias(layer);
            at = Arrays.mismatch(got.bias(layer), expected);
            if (at >= 0) {
                throw differs(
                        "master bias " + at + " of layer " + layer,
                        AGREES,
                        mismatch("W (master)", layer, -1, -1, at, -1, expected[at], got.bias(layer)[at]));
            }
        }
    }

    private void compareSaturations(List<SampleTrace> traces) {
        int[] counted = port().saturations(saturations.length);
        for (int layer = 0; layer < saturations.length; layer++) {
            for (SampleTrace trace : traces) {
                saturations[layer] += trace.layer(layer).saturations();
            }
            if (counted[layer] != saturations[layer]) {
                throw differs(
                        "the saturation counter of layer " + layer,
                        "",
                        mismatch("saturation counter", layer, -1, -1, -1, -1, saturations[layer], counted[layer]));
            }
        }
    }

    private Mismatch mismatch(
            String tensor, int layer, int sample, int step, int channel, int input, int expected, int got) {
        return new Mismatch(
                "a program",
                tensor,
                layer,
                state.updates(),
                sample,
                step,
                -1,
                -1,
                channel,
                input,
                expected,
                got,
                model.cycle(),
                -1);
    }

    private ProgramMismatchException differs(String what, String why, Mismatch mismatch) {
        return new ProgramMismatchException(
                "after " + state.updates() + " updates " + what + " is " + mismatch.got() + ", in the golden model "
                        + mismatch.expected() + why,
                mismatch,
                null,
                model.cycle(),
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
