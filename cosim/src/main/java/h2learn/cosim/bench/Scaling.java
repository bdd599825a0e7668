package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.contract.Engine;
import h2learn.cosim.plot.LineChart;
import h2learn.data.Sample;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * How the cycles of a 3x3 convolution grow with channels, points, steps and lanes: one quantity after the other is varied,
 * the others stay, and the simulated accelerator's counters say what one sample costs.
 */
public final class Scaling {
    private static final List<Engine> ENGINES = List.of(Engine.FORWARD, Engine.BACKWARD, Engine.WEIGHT_GRADIENT);
    /** The measured layer; the one below it gives BACKWARD its windows. */
    private static final int LAYER = 1;

    private static final int CHANNELS = 16;
    private static final int SIDE = 8;
    private static final int STEPS = 4;
    /** Channels while lanes vary, so that the largest accelerator still has a whole block. */
    private static final int WIDE = 32;
    /** Share of ones among the input spikes. */
    private static final double DENSITY = 0.15;

    private final AcceleratorConfig config;
    private final long seed;

    /**
     * @param config whose lanes are varied in their turn
     * @param seed of weights and spikes
     */
    public Scaling(AcceleratorConfig config, long seed) {
        this.config = config;
        this.seed = seed;
    }

    /**
     * One varied quantity.
     *
     * @param name of its files
     * @param quantity that was varied
     * @param values of it
     * @param uses for each value what each of FORWARD, BACKWARD and WEIGHT_GRADIENT did
     */
    public record Curve(String name, String quantity, List<Integer> values, List<List<EngineUse>> uses) {
        /** Cycles, dashed the ideal for the work that there was. */
        public LineChart chart() {
            List<LineChart.Line> lines = new ArrayList<>();
            for (int engine = 0; engine < ENGINES.size(); engine++) {
                List<LineChart.Point> cycles = new ArrayList<>();
                List<LineChart.Point> ideal = new ArrayList<>();
                for (int at = 0; at < values.size(); at++) {
                    EngineUse use = uses.get(at).get(engine);
                    cycles.add(new LineChart.Point(
                            values.get(at), Math.max(1, use.counters().busy())));
                    ideal.add(new LineChart.Point(values.get(at), Math.max(1, use.idealCycles())));
                }
                lines.add(new LineChart.Line(ENGINES.get(engine).name(), false, cycles));
                lines.add(new LineChart.Line("ideal", true, ideal));
            }
            return new LineChart("3x3 convolution, one sample", quantity, "cycles", lines);
        }

        /** A row for each value and engine. */
        String markdown() {
            StringBuilder text = new StringBuilder("| " + quantity + " | engine | cycles | ideal | cycles / ideal |\n");
            text.append("|---|---|---|---|---|\n");
            for (int at = 0; at < values.size(); at++) {
                for (EngineUse use : uses.get(at)) {
                    text.append(String.format(
                            Locale.ROOT,
                            "| %d | %s | %d | %.1f | %.3f |\n",
                            values.get(at),
                            use.engine(),
                            use.counters().busy(),
                            use.idealCycles(),
                            use.overIdeal()));
                }
            }
            return text.toString();
        }
    }

    /** All curves; builds an accelerator for each number of lanes. */
    public List<Curve> curves() {
        return List.of(
                curve(
                        "channels",
                        "channels in and out",
                        List.of(16, 32, 48, 64),
                        channels -> measure(config, channels, SIDE, STEPS)),
                curve(
                        "points",
                        "side of the image",
                        List.of(2, 4, 8, 16),
                        side -> measure(config, CHANNELS, side, STEPS)),
                curve("steps", "steps T", List.of(1, 2, 4, 8), steps -> measure(config, CHANNELS, SIDE, steps)),
                curve(
                        "lanes",
                        "lanes N",
                        List.of(4, 8, 16, 32),
                        lanes -> measure(
                                with(lanes, Math.min(lanes, config.backward().lanes())), WIDE, SIDE, STEPS)),
                curve(
                        "backward-lanes",
                        "backward lanes B",
                        List.of(1, 2, 4, 8),
                        lanes -> measure(with(config.lanes(), lanes), WIDE, SIDE, STEPS)));
    }

    /** A weight memory of the same number of bits, however many lanes share it. */
    private AcceleratorConfig with(int lanes, int backwardLanes) {
        Memories memories = config.memories();
        Memories same = new Memories(
                memories.weightBlocks() * config.lanes() * config.lanes() / (lanes * lanes),
                memories.spikeWords(),
                memories.traceWords(),
                memories.gradientSumWords());
        return config.resized(
                lanes, new Backward(backwardLanes, config.backward().sparsity()), same);
    }

    private static Curve curve(
            String name, String quantity, List<Integer> values, IntFunction<List<EngineUse>> measure) {
        return new Curve(
                name, quantity, values, values.stream().map(measure::apply).toList());
    }

    private List<EngineUse> measure(AcceleratorConfig accelerator, int channels, int side, int steps) {
        Network network = network(channels, side, steps);
        MasterWeights weights = MasterWeights.initial(network, accelerator.formats(), seed);
        UtilisationReport report = Utilisation.measure(network, accelerator, weights, List.of(sample(network)), 1, 1);
        return ENGINES.stream()
                .map(engine -> report.uses().stream()
                        .filter(use -> use.engine() == engine && use.layer() == LAYER)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static Network network(int channels, int side, int steps) {
        Classes classes = new Classes(10, 1);
        List<Layer> layers = List.of(
                new Conv2d(channels, 3, 1, 1, false, 7),
                new Conv2d(channels, 3, 1, 1, false, 7),
                new Dense(classes.count() * classes.neurons(), false, 7));
        Input input = new Input(channels, side, side, Encoding.SPIKES, 1, 0, false);
        return new Network(
                "scaling",
                "made for a measurement",
                input,
                steps,
                new Neuron(0.25, 0.25, 0.5, 1),
                layers,
                classes,
                new Training(1, 1, 0.1, 1, 1));
    }

    private Sample sample(Network network) {
        Random random = new Random(seed);
        int[] spikes = new int[network.input().values() * network.steps()];
        for (int index = 0; index < spikes.length; index++) {
            spikes[index] = random.nextDouble() < DENSITY ? 1 : 0;
        }
        return new Sample(spikes, 0);
    }

    /** All curves as tables. Same curves, same text. */
    public static String markdown(AcceleratorConfig config, List<Curve> curves) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "A 3x3 convolution of %d channels on an image of %d x %d, T %d, one sample, on %s (%d lanes, %d backward lanes);"
                        + " %d channels while lanes vary.\n",
                CHANNELS,
                SIDE,
                SIDE,
                STEPS,
                config.name(),
                config.lanes(),
                config.backward().lanes(),
                WIDE));
        curves.forEach(curve -> text.append('\n').append(curve.markdown()));
        return text.toString();
    }
}
