package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.cosim.bench.StepBench.Alone;
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
 * @param alone each command on its own
 */
public record StepReport(
        Network network, AcceleratorConfig config, int samples, Step together, Step apart, Step half, Alone alone) {
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

    /** Cycles of the same commands one after the other by those of the step. */
    public double gain() {
        return (double) apart.cycles() / together.cycles();
    }

    /** Cycles of a dense accelerator with the same lanes by those of the step. */
    public double overDense() {
        return (double) dense() / together.cycles();
    }

    private long dense() {
        long lanes = config.lanes();
        return 2 * synapticOperations(false) / (lanes * lanes) + synapticOperations(true) / lanes;
    }

    /** How far the worst predicted engine is off, as a share of what was counted. */
    public double worstPrediction() {
        return alone.counters().entrySet().stream()
                .mapToDouble(entry ->
                        Math.abs(off(predicted(entry.getKey()), entry.getValue().busy())))
                .max()
                .orElseThrow();
    }

    /** How far the predicted step is off, as a share of what was counted. */
    public double stepPrediction() {
        return Math.abs(off(together.predictedCycles(), together.cycles()));
    }

    /** What breaks the contracts, a line each; empty when they are kept. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        if (steadyOverSlowest() > MOST_OVER_SLOWEST) {
            missed.add(format(
                    "a step takes %.3f times the cycles of its slowest queue %s in the steady state, the contract is at most %.2f",
                    steadyOverSlowest(), slowest(), MOST_OVER_SLOWEST));
        }
        alone.counters().forEach((engine, own) -> {
            double off = off(predicted(engine), own.busy());
            if (Math.abs(off) > PREDICTION) {
                missed.add(format(
                        "%s: predicted %d cycles, counted %d: %.1f %% off",
                        engine, predicted(engine), own.busy(), 100 * off));
            }
        });
        if (stepPrediction() > PREDICTION) {
            missed.add(format(
                    "the step: predicted %d cycles, took %d: %.1f %% off",
                    together.predictedCycles(), together.cycles(), 100 * stepPrediction()));
        }
        return missed;
    }

    private long predicted(Engine engine) {
        return alone.predicted().getOrDefault(engine, 0L);
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
                gain(), slowest(), overSlowest(), steadyOverSlowest()));
        text.append(format(
                "A dense accelerator of the same %d lanes, FORWARD and WEIGHT_GRADIENT with N x N and BACKWARD with N operations a cycle, one"
                        + " after the other, needs %d cycles: %.2f times as many.%n%n",
                config.lanes(), dense(), overDense()));
        text.append(format(
                "| engine | busy cycles of %d samples, each command on its own | predicted | off |%n|---|---|---|---|%n",
                alone.samples()));
        alone.counters().forEach((engine, own) -> engine(text, engine, own));
        text.append(format(
                "| the whole step of %d samples, queues at once | %d | %d | %+.2f %% |%n",
                samples,
                together.cycles(),
                together.predictedCycles(),
                100 * off(together.predictedCycles(), together.cycles())));
        return text.toString();
    }

    private void engine(StringBuilder text, Engine engine, Counters own) {
        if (own.busy() > 0) {
            text.append(format(
                    "| %s | %d | %d | %+.2f %% |%n",
                    engine, own.busy(), predicted(engine), 100 * off(predicted(engine), own.busy())));
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
