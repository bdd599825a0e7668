package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.contract.Engine;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything that the contract of the engines speaks of (DESIGN section 4), of one network on one accelerator.
 *
 * @param early the engines with the masks of early training
 * @param late the same after an epoch
 * @param none the same without any skipping, on the same data as {@code late}
 * @param step a whole step through external memory
 */
public record Contract(UtilisationReport early, UtilisationReport late, UtilisationReport none, StepReport step) {
    /** Least factor by which both skips shorten BACKWARD after an epoch, without and with convolutions. */
    private static final double LEAST_GAIN = 15;

    private static final double LEAST_GAIN_OF_CONVOLUTIONS = 5;

    /**
     * What to measure with.
     *
     * @param early weights after a few minibatches
     * @param late weights after an epoch
     * @param samples of the parts, and of the minibatch
     * @param parts to measure the engines with
     * @param minibatch samples of the step
     * @param seed of what memories hold at power-up
     */
    public record Setup(
            MasterWeights early, MasterWeights late, List<Sample> samples, int parts, int minibatch, int seed) {}

    /** Generates, builds and measures; an accelerator without skipping is built too. */
    public static Contract measure(Network network, AcceleratorConfig config, Setup setup) {
        AcceleratorConfig none = withoutSkips(config);
        return new Contract(
                Utilisation.measure(network, config, setup.early, setup.samples, setup.parts, setup.seed),
                Utilisation.measure(network, config, setup.late, setup.samples, setup.parts, setup.seed),
                Utilisation.measure(network, none, setup.late, setup.samples, setup.parts, setup.seed),
                new StepBench(network, config, setup.early, setup.samples.subList(0, setup.minibatch)).report());
    }

    private static AcceleratorConfig withoutSkips(AcceleratorConfig config) {
        Backward backward = new Backward(config.backward().lanes(), Sparsity.NONE);
        return config.resized(config.lanes(), backward, config.memories());
    }

    /** By what factor both skips shorten BACKWARD. */
    public double gain() {
        return none.cyclesPerSample(Engine.BACKWARD) / late.cyclesPerSample(Engine.BACKWARD);
    }

    private double leastGain() {
        boolean convolutions = step.network().layers().stream().anyMatch(Conv2d.class::isInstance);
        return convolutions ? LEAST_GAIN_OF_CONVOLUTIONS : LEAST_GAIN;
    }

    /** One line of the table; NaN where the network has nothing of which the contract speaks. */
    private record Line(String what, double seen, String bound, boolean kept) {
        String cells() {
            String verdict = Double.isNaN(seen) ? "-" : kept ? "yes" : "**no**";
            String figure = Double.isNaN(seen) ? "no such tile" : String.format(Locale.ROOT, "%.3f", seen);
            return "| " + what + " | " + bound + " | " + figure + " | " + verdict + " |\n";
        }

        static Line least(String what, double seen, double bound) {
            return new Line(what, seen, String.format(Locale.ROOT, ">= %.2f", bound), !(seen < bound));
        }

        static Line most(String what, double seen, double bound) {
            return new Line(what, seen, String.format(Locale.ROOT, "<= %.2f", bound), !(seen > bound));
        }

        static Line reported(String what, double seen) {
            return new Line(what, seen, "reported", true);
        }
    }

    private List<Line> lines() {
        double utilisation = UtilisationReport.LEAST_UTILISATION;
        List<Line> lines = new ArrayList<>();
        for (Engine engine : List.of(Engine.FORWARD, Engine.WEIGHT_GRADIENT)) {
            String what =
                    engine + ": useful / cycles, steady state, tiles of " + UtilisationReport.LEAST_TILE + " or more";
            lines.add(Line.least(what + ", early", early.leastUtilisation(engine), utilisation));
            lines.add(Line.least(what + ", after an epoch", late.leastUtilisation(engine), utilisation));
        }
        double overIdeal = UtilisationReport.MOST_OVER_IDEAL;
        lines.add(Line.most("BACKWARD: cycles / ideal, early", early.mostOverIdeal(), overIdeal));
        lines.add(Line.most("BACKWARD: cycles / ideal, after an epoch", late.mostOverIdeal(), overIdeal));
        lines.add(Line.least("BACKWARD: cycles without skips / with both, after an epoch", gain(), leastGain()));
        lines.add(Line.most(
                "a step / its slowest queue, steady state", step.steadyOverSlowest(), StepReport.MOST_OVER_SLOWEST));
        lines.add(Line.reported("a step / its slowest queue, with filling and draining", step.overSlowest()));
        lines.add(Line.reported("a step without overlap / with", step.gain()));
        lines.add(Line.reported("a dense accelerator's cycles / this step's", step.overDense()));
        lines.add(Line.most(
                "prediction of an engine's cycles, % off at most",
                100 * step.worstPrediction(), 100 * StepReport.PREDICTION));
        lines.add(Line.most(
                "prediction of the step's cycles, % off", 100 * step.stepPrediction(), 100 * StepReport.PREDICTION));
        return lines;
    }

    /** What breaks the contract, a line each; empty when it is kept. */
    public List<String> missed() {
        String network = step.network().name();
        return lines().stream()
                .filter(line -> !line.kept)
                .map(line -> String.format(
                        Locale.ROOT, "%s: %s: %.3f, the contract is %s", network, line.what, line.seen, line.bound))
                .toList();
    }

    /** The table, and the tables that it is drawn from. Same contract, same text. */
    public String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "## %s on %s\n\n| what | contract | seen | kept |\n|---|---|---|---|\n",
                step.network().name(),
                step.config().name()));
        lines().forEach(line -> text.append(line.cells()));
        return text + "\n### Early\n\n" + early.markdown() + "\n### After an epoch\n\n" + late.markdown()
                + "\n### The same without skips\n\n" + none.markdown() + "\n### A whole step, early\n\n"
                + step.markdown();
    }
}
