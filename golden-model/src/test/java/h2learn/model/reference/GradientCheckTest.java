package h2learn.model.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.TestNetworks;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The float model's gradients against the loss itself: with a smooth spike function every weight's and bias's gradient
 * must equal the central difference of the loss.
 */
class GradientCheckTest {
    private static final double RELATIVE_TOLERANCE = 1e-6;
    /** Below this the difference of two losses holds no digits. */
    private static final double NOISE = 1e-11;

    private static final double STEP = 1e-3;
    private static final LogisticSpike SMOOTH = new LogisticSpike(4);

    static Stream<Network> everyKindOfNetwork() {
        return Stream.of(
                TestNetworks.of(TestNetworks.DIRECT, 4, true, 7, 5, 6),
                TestNetworks.of(TestNetworks.DIRECT, 1, true, 4),
                TestNetworks.of(TestNetworks.SIGNED, 3, false, 6, 4),
                TestNetworks.of(TestNetworks.SPIKES, 6, true, 8, 4),
                TestNetworks.of(TestNetworks.SPIKES, 5, false, 5, 5, 5, 6),
                TestNetworks.withNeuron(
                        TestNetworks.of(TestNetworks.DIRECT, 5, true, 6, 4), new Network.Neuron(0.9, -0.1, 0.5, 1)));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfNetwork")
    void everyGradientIsTheDerivativeOfTheLoss(Network network) {
        double worst = worstError(network, SMOOTH);
        assertTrue(worst < RELATIVE_TOLERANCE, "largest relative error " + worst);
    }

    /** A derivative that is wrong by a hundredth is seen: the check can fail. */
    @Test
    void theCheckSeesAWrongDerivative() {
        SpikeFunction wrong = new SpikeFunction() {
            @Override
            public double spike(double distance) {
                return SMOOTH.spike(distance);
            }

            @Override
            public double derivative(double distance) {
                return 1.01 * SMOOTH.derivative(distance);
            }
        };
        assertTrue(worstError(TestNetworks.of(TestNetworks.DIRECT, 4, true, 7, 6), wrong) > 1e-3);
    }

    /** Without -alpha * u * gu the gradients are others by far more than the tolerance: the reset path is checked. */
    @Test
    void theResetPathIsPartOfWhatIsChecked() {
        Network network = TestNetworks.of(TestNetworks.DIRECT, 4, true, 6);
        Parameters parameters = parameters(network);
        ReferenceTrace.Layer layer = new ReferenceModel(network, SMOOTH)
                .run(new ReferenceWeights(network, parameters), TestNetworks.sample(network, 0))
                .layers()
                .get(0);
        double alpha = network.neuron().alpha();
        double difference = 0;
        double[] next = new double[6];
        for (int step = 3; step >= 0; step--) {
            for (int output = 0; output < 6; output++) {
                int now = step * 6 + output;
                next[output] =
                        layer.derivative()[now] * layer.dspike()[now] + alpha * (1 - layer.spike()[now]) * next[output];
                difference = Math.max(difference, Math.abs(next[output] - layer.gradient()[now]));
            }
        }
        assertTrue(difference > 1e-3, "the reset path changes gu by only " + difference);
    }

    /** The largest relative error over all weights and biases. */
    private static double worstError(Network network, SpikeFunction function) {
        Parameters parameters = parameters(network);
        ReferenceModel model = new ReferenceModel(network, function);
        List<Sample> samples = IntStream.range(0, 3)
                .mapToObj(seed -> TestNetworks.sample(network, seed))
                .toList();
        ReferenceGradients gradients = new ReferenceGradients(network);
        ReferenceWeights weights = new ReferenceWeights(network, parameters);
        samples.forEach(sample -> gradients.accumulate(model.run(weights, sample), sample));
        double worst = 0;
        int checked = 0;
        for (LayerShape shape : network.shapes()) {
            int layer = shape.index();
            double[][] arrays = {parameters.weight(layer), parameters.bias(layer)};
            double[][] sums = {gradients.weight(layer), gradients.bias(layer)};
            for (int kind = 0; kind < 2; kind++) {
                for (int index = 0; index < arrays[kind].length; index++) {
                    double expected = derivative(model, parameters, arrays[kind], index, samples);
                    double error = Math.abs(sums[kind][index] - expected) - NOISE;
                    worst = Math.max(worst, error / Math.max(1e-5, Math.abs(expected)));
                    checked++;
                }
            }
        }
        int all = network.shapes().stream()
                .mapToInt(shape -> shape.outputs() * (shape.inputs() + (shape.bias() ? 1 : 0)))
                .sum();
        assertEquals(all, checked);
        return worst;
    }

    /** Central differences of fourth order. */
    private static double derivative(
            ReferenceModel model, Parameters parameters, double[] array, int index, List<Sample> samples) {
        double near = loss(model, parameters, array, index, STEP, samples)
                - loss(model, parameters, array, index, -STEP, samples);
        double far = loss(model, parameters, array, index, 2 * STEP, samples)
                - loss(model, parameters, array, index, -2 * STEP, samples);
        return (8 * near - far) / (12 * STEP);
    }

    private static double loss(
            ReferenceModel model,
            Parameters parameters,
            double[] array,
            int index,
            double change,
            List<Sample> samples) {
        double before = array[index];
        array[index] = before + change;
        ReferenceWeights weights = new ReferenceWeights(model.network(), parameters);
        double sum = 0;
        for (Sample sample : samples) {
            sum += model.run(weights, sample).loss();
        }
        array[index] = before;
        return sum;
    }

    private static Parameters parameters(Network network) {
        Parameters parameters = Parameters.initial(network, 11);
        for (int layer = 0; layer < parameters.layers(); layer++) {
            double[] bias = parameters.bias(layer);
            for (int index = 0; index < bias.length; index++) {
                bias[index] = CounterRandom.uniform(12, layer, index) - 0.5;
            }
        }
        return parameters;
    }
}
