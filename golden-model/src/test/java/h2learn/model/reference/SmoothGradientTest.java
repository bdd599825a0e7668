package h2learn.model.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.RandomNetworks;
import h2learn.model.TestNetworks;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The float model's gradients are the derivatives of the smoothed network's loss. */
class SmoothGradientTest {
    private static final double STEP = 1e-6;
    private static final int NETWORKS = 120;
    private static final int CHOICES = 8;

    private int compared;
    private int edges;
    private double largest;

    @Test
    void gradientsOfRandomNetworksEqualCentralDifferences() {
        RandomNetworks networks = new RandomNetworks(77);
        Set<String> seen = new TreeSet<>();
        for (int index = 0; index < NETWORKS; index++) {
            Network network = networks.next();
            Sample sample = TestNetworks.sample(network, index);
            Parameters parameters = Parameters.initial(network, index);
            randomBiases(parameters);
            ReferenceModel model = new ReferenceModel(network, layer -> SmoothNetwork.function(network.neuron(layer)));
            ReferenceTrace trace = model.run(new ReferenceWeights(network, parameters), sample);
            ReferenceGradients gradients = new ReferenceGradients(network);
            gradients.accumulate(trace, sample);
            SmoothNetwork smooth = new SmoothNetwork(network, sample, parameters);
            assertEquals(smooth.loss(parameters), trace.loss(), 1e-12);
            for (LayerShape shape : network.shapes()) {
                int layer = shape.index();
                int before = compared;
                compare(smooth, parameters, parameters.weight(layer), gradients.weight(layer), index);
                compare(smooth, parameters, parameters.bias(layer), gradients.bias(layer), index);
                if (compared > before && shape.weighted()) {
                    Network.Neuron neuron = network.neuron(layer);
                    seen.add(neuron.reset() + (neuron.detachReset() ? " detached " : " ") + neuron.surrogate());
                }
            }
        }
        assertEquals(12, seen.size(), "kinds of neurons with a gradient: " + seen);
        assertTrue(compared > 1000, compared + " gradients that are not 0");
        assertTrue(edges <= compared / 100, edges + " of " + compared + " differ");
        assertTrue(largest > 0.01);
    }

    /** A difference is counted when the surrogate's edge lies within the step: a rectangle jumps there. */
    private void compare(SmoothNetwork smooth, Parameters all, double[] parameter, double[] gradient, long seed) {
        for (int choice = 0; choice < Math.min(CHOICES, parameter.length); choice++) {
            int index = (int) (CounterRandom.uniform(seed, 7, choice) * parameter.length);
            double kept = parameter[index];
            parameter[index] = kept + STEP;
            double above = smooth.loss(all);
            parameter[index] = kept - STEP;
            double below = smooth.loss(all);
            parameter[index] = kept;
            double difference = (above - below) / (2 * STEP);
            if (Math.abs(difference - gradient[index]) > 1e-7 + 1e-5 * Math.abs(gradient[index])) {
                edges++;
            }
            compared += gradient[index] != 0 ? 1 : 0;
            largest = Math.max(largest, Math.abs(gradient[index]));
        }
    }

    private static void randomBiases(Parameters parameters) {
        for (int layer = 0; layer < parameters.layers(); layer++) {
            double[] bias = parameters.bias(layer);
            for (int index = 0; index < bias.length; index++) {
                bias[index] = CounterRandom.uniform(9, layer, index) - 0.4;
            }
        }
    }
}
