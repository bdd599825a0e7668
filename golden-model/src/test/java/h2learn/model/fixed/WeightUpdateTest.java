package h2learn.model.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.data.Sample;
import h2learn.model.ExternalLoss;
import h2learn.model.TestNetworks;
import h2learn.network.Network;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.number.Rounding;
import h2learn.number.RoundingNoise;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sample, weights and dW = (52, -77) * 192 of FixedModelTest's case that was worked out by hand. */
class WeightUpdateTest {
    private static final long FIRST = 52 * 192;
    private static final long SECOND = -77 * 192;

    @Test
    void momentumKeepsAShareOfTheDirection() {
        Network network = network(training(1, 0.9, 0, UpdateRounding.NEAREST));
        MasterWeights master = master(network);
        WeightGradients gradients = gradients(network, master);
        UpdateState state = new UpdateState(network);
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        // 0.25 * 2^(14 - 6 - 8) = 1/4; momentum 230 / 256
        model.update(master, gradients, state, 0.25, 1);
        assertArrayEquals(new int[] {(int) FIRST, (int) SECOND}, state.weight(0));
        assertArrayEquals(new int[] {16384 - 2496, 4096 + 3696}, master.weight(0));
        model.update(master, gradients, state, 0.25, 1);
        long first = Rounding.shiftRight(230 * FIRST, 8) + FIRST;
        long second = Rounding.shiftRight(230 * SECOND, 8) + SECOND;
        assertArrayEquals(new int[] {(int) first, (int) second}, state.weight(0));
        assertEquals(16384 - 2496 - Rounding.shiftRight(first, 2), master.weight(0)[0]);
        assertEquals(4096 + 3696 - Rounding.shiftRight(second, 2), master.weight(0)[1]);
        assertEquals(2, state.updates());
    }

    @Test
    void momentumSaturatesAtItsThirtyTwoBits() {
        Network network = network(training(1, 0.99, 0, UpdateRounding.NEAREST));
        MasterWeights master = master(network);
        WeightGradients gradients = gradients(network, master);
        UpdateState state = new UpdateState(network);
        state.weight(0)[0] = Integer.MAX_VALUE;
        state.weight(0)[1] = Integer.MIN_VALUE;
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        for (int step = 0; step < 10; step++) {
            gradients.accumulate(model.run(EngineWeights.of(master(network), TestNetworks.NARROW), sample()), sample());
        }
        int[] before = state.weight(0).clone();
        model.update(master, gradients, state, 0.25, 1);
        assertEquals(Rounding.shiftRight(253L * before[0], 8) + gradients.weight(0)[0], state.weight(0)[0]);
        assertArrayEquals(new int[] {-32768, 32767}, master.weight(0));
    }

    /** 0.5 * 2^(6 + 8 - 14) = 1/2 of a weight is added to dW. */
    @Test
    void weightDecayPullsWeightsTowardsZero() {
        Network network = network(training(1, 0, 0.5, UpdateRounding.NEAREST));
        MasterWeights master = master(network);
        WeightGradients gradients = gradients(network, master);
        new FixedModel(network, TestNetworks.NARROW).update(master, gradients, 0.25, 1);
        assertEquals(16384 - Rounding.shiftRight(FIRST + 8192, 2), master.weight(0)[0]);
        assertEquals(4096 - Rounding.shiftRight(SECOND + 2048, 2), master.weight(0)[1]);
    }

    /** lr 2^-9: steps of 52 * 192 / 2^11 = 4.875 and -7.21875. */
    @Test
    void stochasticRoundingTakesTheNumbersOfTheUpdateLayerAndWeight() {
        Network network = network(training(1, 0, 0, UpdateRounding.STOCHASTIC));
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        MasterWeights master = master(network);
        WeightGradients gradients = gradients(network, master);
        UpdateState state = new UpdateState(network);
        double[] sums = new double[2];
        int updates = 4000;
        for (int update = 0; update < updates; update++) {
            MasterWeights fresh = master(network);
            model.update(fresh, gradients, state, Math.scalb(1.0, -9), 1);
            int key = RoundingNoise.key(7, update, 0);
            for (int index = 0; index < 2; index++) {
                int step = master.weight(0)[index] - fresh.weight(0)[index];
                // the factor 2^-9 is 32768 / 2^24
                assertEquals(
                        RoundingNoise.shiftRight(
                                gradients.weight(0)[index] * 32768L, 24, RoundingNoise.bits(key, index)),
                        step);
                sums[index] += step;
            }
        }
        assertEquals(FIRST / 512.0, sums[0] / updates, 0.03);
        assertEquals(SECOND / 512.0, sums[1] / updates, 0.03);
    }

    @Test
    void anExternalLossIsRoundedIntoTheGradientsFormat() {
        Training external = new Training(1, 1, 0.5, 1, 2, 0, 0, UpdateRounding.NEAREST, 0, Loss.EXTERNAL);
        Network network = network(external);
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        EngineWeights weights = EngineWeights.of(master(network), TestNetworks.NARROW);
        SampleTrace trace = model.run(weights, sample(), new ExternalLoss() {
            @Override
            public double[] gradient(double[] classCounts, int label) {
                return new double[] {classCounts[0] + 0.5 / 64, -2.5 / 64};
            }

            @Override
            public double value(double[] classCounts, int label) {
                return label;
            }
        });
        // 2 spikes and a half: 128.5 saturates at 127; -2.5 becomes the even -2
        assertArrayEquals(new int[] {127, -2}, trace.lossGradient());
        assertArrayEquals(new int[] {127, -2, 127, -2}, trace.layer(0).dspike());
        assertEquals(2, trace.layer(0).saturations());
        assertEquals(1, trace.loss());
    }

    @Test
    void anAlphaThatIsAPowerOfTwoIsAShift() {
        Network base = network(training(1, 0, 0, UpdateRounding.NEAREST));
        for (int shift = 0; shift <= 8; shift++) {
            Network network = TestNetworks.withNeuron(base, new Network.Neuron(Math.scalb(1, -shift), 0.5, 0.5, 1));
            LayerConstants constants =
                    LayerConstants.of(network, TestNetworks.NARROW).get(0);
            assertEquals(shift, constants.alphaShift());
            for (long potential = -32768; potential < 32768; potential += 7) {
                assertEquals(
                        Rounding.shiftRight(constants.alpha() * potential, 8), Rounding.shiftRight(potential, shift));
            }
        }
        Network other = TestNetworks.withNeuron(base, new Network.Neuron(0.75, 0.5, 0.5, 1));
        assertEquals(-1, LayerConstants.of(other, TestNetworks.NARROW).get(0).alphaShift());
    }

    @Test
    void momentumWithoutAStateWouldBeForgotten() {
        Network network = network(training(1, 0.9, 0, UpdateRounding.NEAREST));
        MasterWeights once = master(network);
        MasterWeights kept = master(network);
        WeightGradients gradients = gradients(network, once);
        FixedModel model = new FixedModel(network, TestNetworks.NARROW);
        UpdateState state = new UpdateState(network);
        for (int step = 0; step < 2; step++) {
            model.update(once, gradients, 0.01, 1);
            model.update(kept, gradients, state, 0.01, 1);
        }
        assertNotEquals(once, kept);
        assertTrue(IntStream.of(state.weight(0)).allMatch(value -> value != 0));
    }

    private static Training training(int minibatch, double momentum, double decay, UpdateRounding rounding) {
        return new Training(minibatch, 1, 0.5, 1, 2, momentum, decay, rounding, 7, Loss.MSE);
    }

    private static Network network(Training training) {
        return new Network(
                "hand",
                "Worked out by hand.",
                new Network.Input(1, Network.Encoding.DIRECT, 8, 8, false),
                2,
                new Network.Neuron(0.5, 0.5, 0.5, 1),
                List.of(new Dense(2, false, 6)),
                new Network.Classes(2, 1),
                training);
    }

    private static MasterWeights master(Network network) {
        MasterWeights master = MasterWeights.zero(network);
        master.weight(0)[0] = 64 << 8;
        master.weight(0)[1] = 16 << 8;
        return master;
    }

    private static Sample sample() {
        return new Sample(new int[] {192}, 1);
    }

    private static WeightGradients gradients(Network network, MasterWeights master) {
        WeightGradients gradients = new WeightGradients(network);
        gradients.accumulate(
                new FixedModel(network, TestNetworks.NARROW)
                        .run(EngineWeights.of(master, TestNetworks.NARROW), sample()),
                sample());
        return gradients;
    }
}
