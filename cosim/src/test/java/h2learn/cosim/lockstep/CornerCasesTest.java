package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Engine;
import h2learn.contract.Register;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Neuron;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The cases that random numbers rarely draw, each seen to occur in the golden model and compared with the Verilog. */
@SuppressWarnings("NullAway.Init")
class CornerCasesTest {
    private static final AcceleratorConfig CONFIG = Accelerators.tiny();
    private static Model model;

    @BeforeAll
    static void open() {
        model = Accelerators.open(CONFIG, 7);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static LockStep lockStep(Network network, MasterWeights weights) {
        FixedModel golden = new FixedModel(network, CONFIG.formats());
        return new LockStep(
                model, Placement.of(network, CONFIG), golden, weights, 1, "mvn test -Dtest=CornerCasesTest");
    }

    /** One spiking input and one neuron a weight; the master weights are given in the potential's units. */
    private static LayerTrace oneSpike(int... weights) {
        Network network = SmallNetworks.spikes(
                1,
                1,
                SmallNetworks.NEURON,
                new Classes(weights.length, 1),
                List.of(new Dense(weights.length, false, 6)));
        MasterWeights master = MasterWeights.zero(network);
        int scale = CONFIG.formats().masterFractionBits() - CONFIG.formats().weightFractionBits();
        for (int index = 0; index < weights.length; index++) {
            master.weight(0)[index] = weights[index] << scale;
        }
        return lockStep(network, master)
                .step(List.of(new Sample(new int[] {1}, 0)), 0.5)
                .get(0)
                .layer(0);
    }

    @Test
    void potentialEqualToThetaDoesNotSpike() {
        int theta = 32;
        LayerTrace trace = oneSpike(theta - 1, theta, theta + 1);
        assertEquals(theta, trace.potential()[1], "the potential is not theta");
        assertEquals(List.of(0, 0, 1), bits(trace.spike()));
    }

    @Test
    void potentialOnTheWindowsEdgeIsOutside() {
        int theta = 32;
        int window = 16;
        LayerTrace trace = oneSpike(
                theta - window - 1,
                theta - window,
                theta - window + 1,
                theta + window - 1,
                theta + window,
                theta + window + 1);
        assertEquals(List.of(0, 0, 1, 1, 0, 0), bits(trace.window()));
    }

    @Test
    void noGradientAnywhereChangesNothing() {
        // The labelled class spikes at every step and the other never: the loss is 0.
        Network network = SmallNetworks.spikes(
                2, 4, SmallNetworks.NEURON, new Classes(2, 1), List.of(new Dense(3, false, 6), new Dense(2, false, 6)));
        MasterWeights master = MasterWeights.zero(network);
        Arrays.fill(master.weight(0), 20_000);
        Arrays.fill(master.weight(1), 0, 3, 20_000);
        Arrays.fill(master.weight(1), 3, 6, -20_000);
        LockStep lockStep = lockStep(network, master);
        int[] always = new int[8];
        Arrays.fill(always, 1);
        SampleTrace trace = lockStep.step(List.of(new Sample(always, 0)), 0.5).get(0);
        assertEquals(0, trace.loss());
        assertTrue(allZero(trace.layer(0).gradient()) && allZero(trace.layer(1).gradient()));
        assertEquals(master, lockStep.master());
        Map<Engine, h2learn.host.Driver.Counters> counters = lockStep.driver().counters();
        assertEquals(0, counters.get(Engine.BACKWARD).useful(), "multiplications");
        assertEquals(4, counters.get(Engine.BACKWARD).skipped(), "points skipped");
        assertEquals(0, counters.get(Engine.WEIGHT_GRADIENT).useful(), "spike words streamed");
    }

    @Test
    void closedWindowsStopEveryGradient() {
        Network network = SmallNetworks.spikes(
                3,
                4,
                new Neuron(0.5, 0.5, 1.0 / 64, 1),
                new Classes(2, 2),
                List.of(new Dense(5, false, 6), new Dense(4, false, 6)));
        MasterWeights master = MasterWeights.zero(network);
        Arrays.fill(master.weight(0), 20_000);
        Arrays.fill(master.weight(1), 20_000);
        int[] always = new int[12];
        Arrays.fill(always, 1);
        SampleTrace trace = lockStep(network, master)
                .step(List.of(new Sample(always, 1)), 0.5)
                .get(0);
        assertTrue(allZero(trace.layer(0).window()) && allZero(trace.layer(1).window()));
        assertTrue(allZero(trace.layer(1).gradient()));
        assertTrue(trace.loss() > 0);
    }

    @Test
    void potentialSaturatesAtBothEnds() {
        Network network =
                SmallNetworks.spikes(300, 2, SmallNetworks.NEURON, new Classes(2, 1), List.of(new Dense(2, false, 6)));
        MasterWeights master = MasterWeights.zero(network);
        Arrays.fill(master.weight(0), 0, 300, 32_767);
        Arrays.fill(master.weight(0), 300, 600, -32_768);
        int[] always = new int[600];
        Arrays.fill(always, 1);
        LayerTrace trace = lockStep(network, master)
                .step(List.of(new Sample(always, 1)), 0.5)
                .get(0)
                .layer(0);
        assertEquals(32_767, trace.potential()[0]);
        assertEquals(-32_768, trace.potential()[1]);
    }

    @Test
    void gradientsAndWeightsSaturateAtBothEnds() {
        // Exponents far too large for the loss: ds and gu clip; a huge learning rate drives the weights to the ends.
        Network network = SmallNetworks.spikes(
                6, 4, SmallNetworks.NEURON, new Classes(3, 1), List.of(new Dense(9, true, 16), new Dense(3, true, 16)));
        LockStep lockStep = lockStep(network, MasterWeights.initial(network, CONFIG.formats(), 3));
        int highest = 0;
        int lowest = 0;
        int heaviest = 0;
        int lightest = 0;
        long saturations = 0;
        for (int step = 0; step < 6; step++) {
            for (SampleTrace trace : lockStep.step(SmallNetworks.samples(network, 8, step), 16_000)) {
                for (LayerTrace layer : trace.layers()) {
                    highest = Math.max(
                            highest, Arrays.stream(layer.gradient()).max().orElse(0));
                    lowest = Math.min(
                            lowest, Arrays.stream(layer.gradient()).min().orElse(0));
                    saturations += layer.saturations();
                }
            }
            for (int layer = 0; layer < network.layers().size(); layer++) {
                int[] weights = lockStep.master().weight(layer);
                heaviest = Math.max(heaviest, Arrays.stream(weights).max().orElse(0));
                lightest = Math.min(lightest, Arrays.stream(weights).min().orElse(0));
            }
        }
        assertEquals(127, highest);
        assertEquals(-128, lowest);
        assertTrue(saturations > 0);
        assertEquals(32_767, heaviest);
        assertEquals(-32_768, lightest);
    }

    @Test
    void oneStep() {
        Network network =
                SmallNetworks.direct(9, 1, new Classes(3, 1), List.of(new Dense(6, true, 8), new Dense(3, true, 8)));
        trainsAlike(network);
    }

    @Test
    void widthsThatAreNoMultipleOfTheLanes() {
        for (int width : new int[] {1, 3, 5, 7}) {
            trainsAlike(SmallNetworks.direct(
                    width,
                    3,
                    new Classes(width + 1, 1),
                    List.of(new Dense(2 * width + 1, true, 8), new Dense(width + 1, true, 8))));
        }
    }

    @Test
    void minibatchInSeveralPartsTheLastOneSmaller() {
        Network network = SmallNetworks.usual();
        LockStep lockStep = lockStep(network, MasterWeights.initial(network, CONFIG.formats(), 5));
        lockStep.step(SmallNetworks.samples(network, 19, 5), 0.5);
    }

    @Test
    void resetInTheMiddleOfACommand() {
        Network network = SmallNetworks.usual();
        for (int cycles = 1; cycles < 400; cycles += 57) {
            LockStep interrupted = lockStep(network, MasterWeights.initial(network, CONFIG.formats(), 5));
            start(interrupted, network);
            model.step(cycles);
            assertBusy(interrupted);
            trainsAlike(network);
        }
    }

    @Test
    void restartInTheMiddleOfACommand() {
        Network network = SmallNetworks.usual();
        for (int cycles = 1; cycles < 400; cycles += 57) {
            LockStep lockStep = lockStep(network, MasterWeights.initial(network, CONFIG.formats(), 5));
            start(lockStep, network);
            model.step(cycles);
            assertBusy(lockStep);
            lockStep.driver().port().restart();
            // What the aborted commands left in dW goes with an update by 0.
            FixedModel golden = new FixedModel(network, CONFIG.formats());
            lockStep.driver()
                    .run(LockStep.schedule(Placement.of(network, CONFIG), golden)
                            .copyWeights());
            lockStep.driver().clearCounters();
            lockStep.step(SmallNetworks.samples(network, 8, 11), 0.5);
        }
    }

    private static void assertBusy(LockStep lockStep) {
        int status = lockStep.driver().port().read(Register.STATUS);
        assertEquals(1, status >> Register.STATUS.field("BUSY").low() & 1, "no command runs any more");
    }

    private static void start(LockStep lockStep, Network network) {
        Placement placement = Placement.of(network, CONFIG);
        List<h2learn.contract.Command> commands = LockStep.schedule(
                        placement, new FixedModel(network, CONFIG.formats()))
                .part(4);
        lockStep.driver().writePart(SmallNetworks.samples(network, 4, 1));
        lockStep.driver().port().start(commands.subList(0, 12));
    }

    private static void trainsAlike(Network network) {
        LockStep lockStep = lockStep(network, MasterWeights.initial(network, CONFIG.formats(), 9));
        for (int step = 0; step < 3; step++) {
            lockStep.step(SmallNetworks.samples(network, 8, step), 0.5);
        }
        assertTrue(lockStep.comparedWords() > 0);
    }

    private static List<Integer> bits(byte[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(index -> (int) values[index])
                .toList();
    }

    private static boolean allZero(int[] values) {
        return Arrays.stream(values).allMatch(value -> value == 0);
    }

    private static boolean allZero(byte[] values) {
        return bits(values).stream().allMatch(value -> value == 0);
    }
}
