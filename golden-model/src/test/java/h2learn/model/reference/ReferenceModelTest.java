package h2learn.model.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceModelTest {
    /** One input, two neurons, one a class; theta 0.5, window 0.5, alpha 1/2, T 2. */
    private static final Network NETWORK = new Network(
            "hand",
            "Worked out by hand.",
            new Network.Input(1, Network.Encoding.DIRECT, 8, 8, false),
            2,
            new Network.Neuron(0.5, 0.5, 0.5, 1),
            List.of(new Network.Dense(2, true, 6)),
            new Network.Classes(2, 1),
            new Network.Training(1, 1, 0.25, 1, 1));

    /**
     * Input 0.75, weights 1 and 0.25, label 1. Neuron 0: u = 0.75 twice (reset), spikes twice, window open. Neuron 1:
     * u = 0.1875, then 0.09375 + 0.1875; silent, open. Rates 1 and 0, errors 1 and -1, ds = +-1/2.
     * Neuron 0: gu[2] = 1/2; gu[1] = 1/2 - 1/2 * 0.75 * 1/2 = 0.3125.
     * Neuron 1: gu[2] = -1/2; gu[1] = -1/2 + 1/2 * 0.1875 * 1/2 - 1/4 = -0.703125.
     */
    @Test
    void computesACaseThatWasWorkedOutByHand() {
        Parameters parameters = new Parameters(NETWORK);
        parameters.weight(0)[0] = 1;
        parameters.weight(0)[1] = 0.25;
        Sample sample = new Sample(new int[] {192}, 1);

        ReferenceTrace trace = new ReferenceModel(NETWORK).run(new ReferenceWeights(NETWORK, parameters), sample);

        ReferenceTrace.Layer layer = trace.layers().get(0);
        assertArrayEquals(new double[] {0.75, 0.1875, 0.75, 0.28125}, layer.potential());
        assertArrayEquals(new double[] {1, 0, 1, 0}, layer.spike());
        assertArrayEquals(new double[] {1, 1, 1, 1}, layer.derivative());
        assertArrayEquals(new double[] {2, 0}, trace.classCounts());
        assertArrayEquals(new double[] {0.5, -0.5, 0.5, -0.5}, layer.dspike());
        assertArrayEquals(new double[] {0.3125, -0.703125, 0.5, -0.5}, layer.gradient());
        assertArrayEquals(new double[] {0.8125, -1.203125}, layer.gradientSum());
        assertEquals(1.0, trace.loss());

        ReferenceGradients gradients = new ReferenceGradients(NETWORK);
        gradients.accumulate(trace, sample);
        assertArrayEquals(new double[] {0.8125 * 0.75, -1.203125 * 0.75}, gradients.weight(0));
        assertArrayEquals(new double[] {0.8125, -1.203125}, gradients.bias(0));
        new ReferenceUpdate(NETWORK).run(parameters, gradients, 0.5, 2);
        assertArrayEquals(new double[] {1 - 0.25 * 0.8125 * 0.75, 0.25 + 0.25 * 1.203125 * 0.75}, parameters.weight(0));
        assertArrayEquals(new double[] {-0.25 * 0.8125, 0.25 * 1.203125}, parameters.bias(0));
    }

    @Test
    void theRectangleIsStrictOnAllSides() {
        SpikeFunction rectangle = SpikeFunction.rectangle(new Network.Neuron(0.5, 0.25, 0.5, 1.5));
        double above = Math.nextUp(0.0);
        assertEquals(0, rectangle.spike(0));
        assertEquals(1, rectangle.spike(above));
        assertEquals(1.5, rectangle.derivative(0));
        assertEquals(1.5, rectangle.derivative(Math.nextDown(0.5)));
        assertEquals(0, rectangle.derivative(0.5));
        assertEquals(0, rectangle.derivative(-0.5));
        assertEquals(0, rectangle.derivative(1e300));
    }
}
