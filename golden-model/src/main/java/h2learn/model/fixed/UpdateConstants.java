package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import h2learn.number.Rounding;
import h2learn.number.RoundingNoise;
import h2learn.number.ScaledFactor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The integers that the UPDATE command of one layer in one minibatch carries (docs/03-numbers.md, Weight gradient and
 * update).
 *
 * @param factor what v is multiplied by
 * @param decay what a weight is multiplied by before it is added to its gradient; biases do not decay
 * @param momentum mu: unsigned, 0..255, 8 fraction bits
 * @param stochastic whether the step is rounded at random
 * @param noiseKey of the random numbers; 0 when the step is rounded to nearest
 */
public record UpdateConstants(ScaledFactor factor, ScaledFactor decay, int momentum, boolean stochastic, int noiseKey) {
    /** Changes no weight. With dW = 0, v becomes 0. */
    public static final UpdateConstants NOTHING =
            new UpdateConstants(new ScaledFactor(0, 0), new ScaledFactor(0, 0), 0, false, 0);

    /**
     * @param layer index in the layer table
     * @param minibatchSamples how many samples dW sums
     * @param updates minibatches before this one
     */
    public static UpdateConstants of(
            LayerConstants constants,
            Training training,
            int layer,
            double learningRate,
            int minibatchSamples,
            int updates) {
        int samples = training.momentum() > 0 ? training.minibatch() : minibatchSamples;
        boolean stochastic = training.rounding() == UpdateRounding.STOCHASTIC;
        return new UpdateConstants(
                constants.update(learningRate, samples),
                constants.decay(training.weightDecay(), minibatchSamples),
                (int) Math.min(255, Math.rint(Math.scalb(training.momentum(), 8))),
                stochastic,
                stochastic ? RoundingNoise.key(training.roundingSeed(), updates, layer) : 0);
    }

    /** Those of every layer, in order; the ones of pools, which have no weights, mean nothing. */
    public static List<UpdateConstants> ofLayers(
            List<LayerConstants> layers, Training training, double learningRate, int minibatchSamples, int updates) {
        return IntStream.range(0, layers.size())
                .mapToObj(layer -> of(layers.get(layer), training, layer, learningRate, minibatchSamples, updates))
                .toList();
    }

    /**
     * sat(rne(momentum * v, 8) + gradient + decay, 32): the new v.
     *
     * @param kept v of the update before
     * @param decayed the master weight, 0 for what does not decay
     */
    public int direction(int gradient, int kept, int decayed) {
        long old = Rounding.shiftRight((long) momentum * kept, 8);
        return (int) Rounding.saturate(old + gradient + decay.apply(decayed), Formats.WEIGHT_GRADIENT_BITS);
    }

    /**
     * sat(master - step, masterBits).
     *
     * @param index of the weight's random number
     */
    public int updated(int master, int direction, int index, int masterBits) {
        if (direction == 0) {
            return master;
        }
        long step = stochastic
                ? RoundingNoise.shiftRight(
                        (long) direction * factor.multiplier(), factor.shift(), RoundingNoise.bits(noiseKey, index))
                : factor.apply(direction);
        return (int) Rounding.saturate(master - step, masterBits);
    }
}
