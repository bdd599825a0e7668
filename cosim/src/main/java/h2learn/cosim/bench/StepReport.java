package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.cosim.bench.StepBench.Step;
import h2learn.host.Driver.Counters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A step with and without overlap, beside each other.
 *
 * @param samples of the minibatch
 * @param together the queues at work at once
 * @param apart the same commands one after the other
 * @param half the first half of the samples, queues at work at once
 */
public record StepReport(Network network, AcceleratorConfig config, int samples, Step together, Step apart, Step half) {
    /** Most cycles of a step by those of its slowest queue (DESIGN section 4). */
    public static final double MOST_OVER_SLOWEST = 1.15;
    /** Most a prediction may be off, as a share of what was counted. */
    public static final double PREDICTION = 0.03;

    /** Cycles of the step by the busy cycles of its slowest queue. */
    public double overSlowest() {
        return (double) together.cycles() / together.busy(slowest());
    }

    /**
     * The same of the second half of the minibatch alone, the whole without the half: the filling and the draining of the
     * pipeline, and the updates, cancel.
     */
    public double steadyOverSlowest() {
        long busy = together.busy(slowest()) - half.busy(slowest());
        return (double) (together.cycles() - half.cycles()) / busy;
    }

    private CommandQueue slowest() {
        CommandQueue slowest = CommandQueue.FORWARD;
        for (CommandQueue queue : CommandQueue.values()) {
            if (together.busy(queue) > together.busy(slowest)) {
                slowest = queue;
            }
        }
        return slowest;
    }

    /** What breaks the contracts, a line each; empty when they are kept. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        if (steadyOverSlowest() > MOST_OVER_SLOWEST) {
            missed.add(format(
                    "a step takes %.3f times the cycles of its slowest queue %s in the steady state, the contract is at most %.2f",
                    steadyOverSlowest(), slowest(), MOST_OVER_SLOWEST));
        }
        together.counters().forEach((engine, own) -> {
            double off = off(predicted(engine), undisturbed(engine, own));
            if (Math.abs(off) > PREDICTION) {
                missed.add(format(
                        "%s: predicted %d cycles, counted %d: %.1f %% off",
                        engine, predicted(engine), undisturbed(engine, own), 100 * off));
            }
        });
        double off = off(together.predictedCycles(), together.cycles());
        if (Math.abs(off) > PREDICTION) {
            missed.add(format(
                    "the step: predicted %d cycles, took %d: %.1f %% off",
                    together.predictedCycles(), together.cycles(), 100 * off));
        }
        return missed;
    }

    private long predicted(Engine engine) {
        return together.predicted().getOrDefault(engine, 0L);
    }

    /** A transfer's wait for an engine that uses the scratchpad is the overlap's, not the command's. */
    private static long undisturbed(Engine engine, Counters own) {
        return engine == Engine.LOAD || engine == Engine.STORE ? own.busy() - own.skipped() : own.busy();
    }

    private static double off(long predicted, long counted) {
        return counted == 0 ? predicted : (double) (predicted - counted) / counted;
    }

    /** Multiplications and additions of one pass over all weights of the step, each step T and synapse one. */
    private long synapticOperations(boolean backward) {
        long operations = 0;
        for (LayerShape shape : network.shapes()) {
            if (shape.weighted() && (!backward || shape.index() > 0)) {
                operations += (long) shape.inputs() * shape.outputs() * shape.points() * network.steps() * samples;
            }
        }
        return operations;
    }

    /** Markdown. Same report, same text. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%s on %s, a minibatch of %d samples: %s.%n%n",
                network.name(), config.name(), samples, together.plan().get(0)));
        text.append("| | queues at once | one command after the other |\n|---|---|---|\n");
        row(text, "cycles of the step", together.cycles(), apart.cycles());
        row(text, "cycles a sample", together.cycles() / samples, apart.cycles() / samples);
        for (CommandQueue queue : CommandQueue.values()) {
            text.append(format(
                    "| %s busy | %s | %s |%n",
                    queue, share(together.busy(queue), together.cycles()), share(apart.busy(queue), apart.cycles())));
        }
        text.append(format(
                "| FORWARD, BACKWARD and GRADIENT at once | %s | 0 |%n", share(together.overlap(), together.cycles())));
        text.append(format(
                "%nGain of the overlap: %.2f times. The slowest queue is %s; the step takes %.3f times its busy cycles, %.3f times in"
                        + " the steady state.%n%n",
                (double) apart.cycles() / together.cycles(), slowest(), overSlowest(), steadyOverSlowest()));
        long lanes = config.lanes();
        long dense = 2 * synapticOperations(false) / (lanes * lanes) + synapticOperations(true) / lanes;
        text.append(format(
                "A dense accelerator of the same %d lanes, FORWARD and WEIGHT_GRADIENT with N x N and BACKWARD with N operations a cycle, one"
                        + " after the other, needs %d cycles: %.2f times as many.%n%n",
                lanes, dense, (double) dense / together.cycles()));
        text.append(
                "| engine | busy cycles counted, without waits of transfers for a scratchpad | predicted | off |\n|---|---|---|---|\n");
        together.counters().forEach((engine, own) -> engine(text, engine, own));
        text.append(format(
                "| the whole step | %d | %d | %+.2f %% |%n",
                together.cycles(),
                together.predictedCycles(),
                100 * off(together.predictedCycles(), together.cycles())));
        return text.toString();
    }

    private void engine(StringBuilder text, Engine engine, Counters own) {
        if (own.busy() > 0) {
            text.append(format(
                    "| %s | %d | %d | %+.2f %% |%n",
                    engine,
                    undisturbed(engine, own),
                    predicted(engine),
                    100 * off(predicted(engine), undisturbed(engine, own))));
        }
    }

    private static void row(StringBuilder text, String what, long first, long second) {
        text.append(format("| %s | %d | %d |%n", what, first, second));
    }

    private static String share(long cycles, long all) {
        return format("%d (%.1f %%)", cycles, 100.0 * cycles / all);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace(System.lineSeparator(), "\n");
    }
}
