package h2learn.model.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.TestNetworks;
import h2learn.model.reference.ReferenceGradients;
import h2learn.model.reference.ReferenceModel;
import h2learn.model.reference.ReferenceTrace;
import h2learn.model.reference.ReferenceWeights;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The integer model against the float one as the fraction bits grow: every bit halves the error of u, gu and dW.
 *
 * <p>That holds only where both spike alike and open the same windows, so the samples are those of a random stream in
 * whose float run every u keeps {@value #MARGIN} away from theta and from both edges of the window. The margin exceeds
 * what the fewest fraction bits can move a potential, see {@link #largestPotentialError}, which is asserted.
 */
class ConvergenceTest {
    private static final int FEWEST_BITS = 8;
    private static final int MOST_BITS = 13;
    private static final int SAMPLES = 40;
    private static final double MARGIN = 0.06;
    /** The potential's 16 bits end at 4 with 13 fraction bits. */
    private static final double LARGEST_POTENTIAL = 3.9;

    private static final Network.Input DIRECT = new Network.Input(4, Network.Encoding.DIRECT, 8, 8, false);
    private static final Network.Input SPIKES = new Network.Input(6, Network.Encoding.SPIKES, 1, 0, false);

    private double squaredPotential;
    private double squaredGradient;
    private double squaredWeightGradient;

    /** Dense layers that read values or spikes, and a convolution and an average-pool that read an image of spikes. */
    enum Kind {
        DIRECT_DENSE,
        SPIKES_DENSE,
        IMAGE
    }

    @ParameterizedTest
    @EnumSource
    void everyFractionBitHalvesTheError(Kind kind) {
        Parameters parameters = parameters(network(kind, FEWEST_BITS));
        List<Sample> samples = samplesAwayFromTheThreshold(network(kind, FEWEST_BITS), parameters);
        int points = MOST_BITS - FEWEST_BITS + 1;
        double[] potential = new double[points];
        double[] gradient = new double[points];
        double[] weightGradient = new double[points];
        for (int point = 0; point < points; point++) {
            compare(network(kind, FEWEST_BITS + point), parameters, samples, FEWEST_BITS + point);
            potential[point] = Math.sqrt(squaredPotential);
            gradient[point] = Math.sqrt(squaredGradient);
            weightGradient[point] = Math.sqrt(squaredWeightGradient);
        }
        assertHalves("u", potential);
        assertHalves("gu", gradient);
        assertHalves("dW", weightGradient);
    }

    /** The slope of log2(error) over the bits is -1, up to a tenth. */
    private static void assertHalves(String name, double[] errors) {
        double mean = (errors.length - 1) / 2.0;
        double numerator = 0;
        double denominator = 0;
        for (int index = 0; index < errors.length; index++) {
            numerator += (index - mean) * Math.log(errors[index]) / Math.log(2);
            denominator += (index - mean) * (index - mean);
        }
        assertEquals(
                -1,
                numerator / denominator,
                0.1,
                () -> "order of convergence of " + name + ", errors " + Arrays.toString(errors));
    }

    private void compare(Network network, Parameters parameters, List<Sample> samples, int bits) {
        Formats formats = new Formats(16, bits, 16, bits, 16, 16, 32);
        FixedModel fixed = new FixedModel(network, formats);
        EngineWeights weights = EngineWeights.of(MasterWeights.of(network, parameters, formats), formats);
        ReferenceModel reference = new ReferenceModel(network);
        ReferenceWeights realWeights = new ReferenceWeights(network, parameters);
        squaredPotential = 0;
        squaredGradient = 0;
        squaredWeightGradient = 0;
        for (Sample sample : samples) {
            SampleTrace trace = fixed.run(weights, sample);
            ReferenceTrace real = reference.run(realWeights, sample);
            WeightGradients sums = new WeightGradients(network);
            sums.accumulate(trace, sample);
            ReferenceGradients realSums = new ReferenceGradients(network);
            realSums.accumulate(real, sample);
            for (LayerShape shape : network.shapes()) {
                LayerTrace layer = trace.layer(shape.index());
                ReferenceTrace.Layer realLayer = real.layers().get(shape.index());
                if (!shape.weighted()) {
                    continue;
                }
                assertSameSpikesAndWindows(layer, realLayer);
                squaredPotential += squaredError(layer.potential(), realLayer.potential(), bits);
                squaredGradient += squaredError(layer.gradient(), realLayer.gradient(), shape.gradientExponent());
                squaredWeightGradient += squaredError(
                        sums.weight(shape.index()),
                        realSums.weight(shape.index()),
                        shape.gradientExponent() + shape.inputFractionBits());
            }
        }
    }

    private static void assertSameSpikesAndWindows(LayerTrace layer, ReferenceTrace.Layer real) {
        byte[] spikes = new byte[real.spike().length];
        byte[] windows = new byte[spikes.length];
        for (int index = 0; index < spikes.length; index++) {
            spikes[index] = (byte) real.spike()[index];
            windows[index] = (byte) real.derivative()[index];
        }
        assertArrayEquals(spikes, layer.spike());
        assertArrayEquals(windows, layer.window());
        assertEquals(0, layer.saturations());
    }

    private static double squaredError(int[] integers, double[] reals, int fractionBits) {
        double sum = 0;
        for (int index = 0; index < integers.length; index++) {
            double error = Math.scalb((double) integers[index], -fractionBits) - reals[index];
            sum += error * error;
        }
        return sum;
    }

    private static List<Sample> samplesAwayFromTheThreshold(Network network, Parameters parameters) {
        for (LayerShape shape : network.shapes()) {
            double error = largestPotentialError(network, shape);
            assertTrue(error < MARGIN, "u of layer " + shape.index() + " may move by " + error);
        }
        ReferenceModel reference = new ReferenceModel(network);
        ReferenceWeights weights = new ReferenceWeights(network, parameters);
        List<Sample> samples = new ArrayList<>();
        for (int seed = 0; seed < 100_000 && samples.size() < SAMPLES; seed++) {
            Sample sample = TestNetworks.sample(network, seed);
            if (keepsAway(network, reference.run(weights, sample))) {
                samples.add(sample);
            }
        }
        assertEquals(SAMPLES, samples.size(), "too few samples keep away from the threshold");
        return samples;
    }

    private static boolean keepsAway(Network network, ReferenceTrace trace) {
        double theta = network.neuron().theta();
        double window = network.neuron().window();
        for (ReferenceTrace.Layer layer : trace.layers()) {
            for (double potential : layer.potential()) {
                double distance = Math.abs(potential - theta);
                if (distance < MARGIN
                        || Math.abs(distance - window) < MARGIN
                        || Math.abs(potential) > LARGEST_POTENTIAL) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * While all spikes agree, each of the inputs (at most 1) brings half a unit of its weight's rounding, the bias
     * another, and so do rounding x and the leak; the leak hands on alpha of it all from step to step.
     */
    private static double largestPotentialError(Network network, LayerShape shape) {
        double halfUnits = shape.inputs() + 3;
        return Math.scalb(halfUnits, -FEWEST_BITS - 1) / (1 - network.neuron().alpha());
    }

    /** T * K is a power of two, so the loss's factor is exact; gradients get a bit with every fraction bit. */
    private static Network network(Kind kind, int bits) {
        List<Network.Layer> dense = List.of(new Network.Dense(8, true, bits + 1), new Network.Dense(4, true, bits + 1));
        List<Network.Layer> image = List.of(
                new Network.Conv2d(2, 3, 2, 1, true, bits + 1),
                new Network.Pool(Network.Reduction.AVERAGE, 2, 1),
                new Network.Dense(4, true, bits + 1));
        return new Network(
                "converging",
                "Its formats grow.",
                switch (kind) {
                    case DIRECT_DENSE -> DIRECT;
                    case SPIKES_DENSE -> SPIKES;
                    case IMAGE -> new Network.Input(1, 4, 4, Network.Encoding.SPIKES, 1, 0, false);
                },
                4,
                new Network.Neuron(0.5, 0.25, 0.75, 1),
                kind == Kind.IMAGE ? image : dense,
                new Network.Classes(2, 2),
                new Network.Training(8, 1, 0.5, 1, 2));
    }

    private static Parameters parameters(Network network) {
        Parameters parameters = Parameters.initial(network, 21);
        for (int layer = 0; layer < parameters.layers(); layer++) {
            for (int index = 0; index < parameters.bias(layer).length; index++) {
                parameters.bias(layer)[index] = CounterRandom.uniform(22, layer, index) - 0.5;
            }
        }
        return parameters;
    }
}
