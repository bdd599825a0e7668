package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.Driver.Counters;
import h2learn.host.Placement;
import h2learn.host.TransportException;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools in lock-step: every kind of square, and the cases that they are told apart by, seen to occur. */
@SuppressWarnings("NullAway.Init")
class PoolsTest {
    private static final AcceleratorConfig CONFIG = Accelerators.tiny();
    private static final int HEIGHT = 5;
    private static final int WIDTH = 6;
    private static final int STEPS = 2;
    private static Model model;

    @BeforeAll
    static void open() {
        model = Accelerators.open(CONFIG, 5);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Spikes of two channels, a 1x1 convolution that spikes often, one pool, and what is given. */
    private static Network network(Pool pool, int gradientExponent, List<Layer> above) {
        List<Layer> layers = new ArrayList<>(List.of(new Conv2d(6, 1, 1, 0, true, gradientExponent), pool));
        layers.addAll(above);
        return new Network(
                "pools",
                "made by hand",
                new Input(2, HEIGHT, WIDTH, Encoding.SPIKES, 1, 0, false),
                STEPS,
                new Neuron(0.5, 0.05, 0.4, 1),
                layers,
                new Classes(3, 2),
                new Training(2, 1, 0.5, 1, 3));
    }

    private static List<Sample> samples(Network network, int count) {
        Random random = new Random(3);
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            int[] values = random.ints(STEPS * network.input().values(), 0, 2).toArray();
            samples.add(new Sample(values, sample % network.classes().count()));
        }
        return samples;
    }

    private static LockStep lockStep(Network network) {
        return new LockStep(
                model,
                Placement.of(network, CONFIG),
                new FixedModel(network, CONFIG.formats()),
                MasterWeights.initial(network, CONFIG.formats(), 4),
                4,
                "mvn test -Dtest=PoolsTest");
    }

    @ParameterizedTest(name = "{0} {1}x{1} stride {2}")
    @CsvSource({
        "MAX, 2, 1",
        "MAX, 2, 2",
        "MAX, 2, 3",
        "MAX, 3, 1",
        "MAX, 3, 2",
        "MAX, 3, 3",
        "MAX, 3, 4",
        "AVERAGE, 2, 1",
        "AVERAGE, 2, 2",
        "AVERAGE, 2, 3",
        "AVERAGE, 3, 1",
        "AVERAGE, 3, 2",
        "AVERAGE, 3, 3",
        "AVERAGE, 2, 4"
    })
    void aPoolBelowAConvolutionAndADenseLayer(Reduction reduction, int kernel, int stride) {
        Pool pool = new Pool(reduction, kernel, stride);
        Network network = network(pool, 11, List.of(new Conv2d(5, 2, 1, 1, true, 11), new Dense(6, false, 11)));
        LockStep lockStep = lockStep(network);
        long nonZero = 0;
        for (int update = 0; update < 2; update++) {
            nonZero += nonZero(lockStep.step(samples(network, 2), 0.5), 0);
        }
        assertTrue(nonZero > 0, "no ds comes through the pool");
        LayerShape shape = network.shapes().get(1);
        // Two updates of two samples, each square's neurons once a step and block of four channels.
        long reads = 2 * 2 * STEPS * 2L * shape.points() * kernel * kernel;
        Counters forward = lockStep.driver().counters().get(Engine.POOL);
        Counters backward = lockStep.driver().counters().get(Engine.POOL_BACKWARD);
        assertEquals(reads, forward.useful());
        assertEquals(reads, backward.useful());
        assertEquals(2 * 2 * STEPS * 2L * shape.points(), forward.items());
        assertEquals(2 * 2 * STEPS * 2L * HEIGHT * WIDTH, backward.items());
    }

    @ParameterizedTest(name = "{0} {1}x{1} stride {2}")
    @CsvSource({"MAX, 2, 2", "MAX, 3, 1", "AVERAGE, 2, 2", "AVERAGE, 3, 2"})
    void aPoolBelowADenseLayer(Reduction reduction, int kernel, int stride) {
        Network network = network(new Pool(reduction, kernel, stride), 8, List.of(new Dense(6, true, 8)));
        List<SampleTrace> traces = lockStep(network).step(samples(network, 2), 0.5);
        assertTrue(nonZero(traces, 0) > 0, "no ds comes through the pool");
        int largest = IntStream.range(0, 2)
                .flatMap(sample -> spikes(traces.get(sample).layer(1)))
                .max()
                .orElseThrow();
        assertTrue(reduction == Reduction.MAX ? largest == 1 : largest > 2, "the most spikes of a square: " + largest);
    }

    /** The trace's own ds says which neuron of the square was taken: of several that spike, and where none does. */
    @Test
    void theFirstOfSeveralMaximaTakesTheGradient() {
        Network network = network(new Pool(Reduction.MAX, 2, 2), 9, List.of(new Dense(6, true, 9)));
        List<SampleTrace> traces = lockStep(network).step(samples(network, 2), 0.5);
        int ties = 0;
        int silent = 0;
        for (SampleTrace trace : traces) {
            LayerTrace below = trace.layer(0);
            LayerTrace pool = trace.layer(1);
            int channels = network.shapes().get(1).output().channels();
            int columns = network.shapes().get(1).output().width();
            for (int index = 0; index < pool.dspike().length; index++) {
                int step = index / pool.outputs();
                int point = index % pool.outputs() / channels;
                int corner = (point / columns * 2 * WIDTH + point % columns * 2) * channels + index % channels;
                int[] square = {corner, corner + channels, corner + WIDTH * channels, corner + (WIDTH + 1) * channels};
                int spikes = IntStream.of(square)
                        .map(neuron -> below.spike()[step * below.outputs() + neuron])
                        .sum();
                if (pool.dspike()[index] != 0) {
                    ties += spikes > 1 ? 1 : 0;
                    silent += spikes == 0 ? 1 : 0;
                }
            }
        }
        assertTrue(ties > 0, "no square with a gradient has two spikes");
        assertTrue(silent > 0, "no square with a gradient is silent");
    }

    /** Nine squares of a 3x3 pool with stride 1 overlap: their sum is clipped, and counted in the layer below. */
    @Test
    void theSumOfOverlappingSquaresSaturates() {
        Network network = network(new Pool(Reduction.AVERAGE, 3, 1), 15, List.of(new Dense(6, true, 13)));
        List<SampleTrace> traces = lockStep(network).step(samples(network, 2), 0.5);
        assertTrue(traces.stream().allMatch(trace -> trace.layer(1).saturations() == 0), "a square is clipped before");
        int limit = 1 << CONFIG.formats().gradientBits() - 1;
        long clipped = traces.stream()
                .flatMapToInt(trace -> IntStream.of(trace.layer(0).dspike()))
                .filter(ds -> ds == limit - 1 || ds == -limit)
                .count();
        assertTrue(clipped > 0, "nothing was clipped");
    }

    @Test
    void squaresThatAPoolDoesNotHaveAreRefused() {
        assertRefused(4, 2, 1, ErrorCode.GEOMETRY);
        assertRefused(2, 1, 1, ErrorCode.GEOMETRY);
        assertRefused(3, 3, 0, ErrorCode.PLANES);
        assertRefused(3, 3, 5, ErrorCode.PLANES);
    }

    private static void assertRefused(int height, int width, int planes, ErrorCode code) {
        LockStep lockStep = lockStep(network(new Pool(Reduction.MAX, 2, 2), 8, List.of(new Dense(6, true, 8))));
        for (Opcode opcode : List.of(Opcode.POOL, Opcode.POOL_BACKWARD)) {
            Command command = Command.of(opcode)
                    .with(CommandField.SAMPLES, 1)
                    .with(CommandField.STEPS, 1)
                    .with(CommandField.INPUT_BLOCKS, 1)
                    .with(CommandField.INPUT_HEIGHT, 4)
                    .with(CommandField.INPUT_WIDTH, 4)
                    .with(CommandField.OUTPUT_HEIGHT, 1)
                    .with(CommandField.OUTPUT_WIDTH, 1)
                    .with(CommandField.STRIDE, 1)
                    .with(CommandField.KERNEL_HEIGHT, height)
                    .with(CommandField.KERNEL_WIDTH, width)
                    .with(CommandField.OUTPUT_PLANES, planes)
                    .build();
            TransportException refused = assertThrows(
                    TransportException.class, () -> lockStep.driver().run(List.of(command)));
            assertTrue(refused.getMessage().contains(code.meaning()), refused.getMessage());
            lockStep.driver().port().restart();
        }
    }

    private static IntStream spikes(LayerTrace trace) {
        return IntStream.range(0, trace.spike().length).map(index -> trace.spike()[index]);
    }

    private static long nonZero(List<SampleTrace> traces, int layer) {
        return traces.stream()
                .flatMapToInt(trace -> IntStream.of(trace.layer(layer).dspike()))
                .filter(ds -> ds != 0)
                .count();
    }
}
