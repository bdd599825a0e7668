package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.LayerShape;
import h2learn.network.Network.Training;
import h2learn.number.Rounding;
import h2learn.number.RoundingNoise;
import h2learn.number.ScaledFactor;

/** UPDATE of one layer: weight decay, momentum, and the step down the gradient. */
final class WeightUpdate {
    private final LayerShape shape;
    private final LayerConstants constants;
    private final Training training;
    private final Formats formats;

    WeightUpdate(LayerShape shape, LayerConstants constants, Training training, Formats formats) {
        this.shape = shape;
        this.constants = constants;
        this.training = training;
        this.formats = formats;
    }

    /**
     * Rows {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param minibatchSamples how many samples {@code gradients} sums
     */
    void run(
            MasterWeights master,
            WeightGradients gradients,
            UpdateState state,
            double learningRate,
            int minibatchSamples,
            int from,
            int to) {
        int layer = shape.index();
        UpdateConstants update =
                UpdateConstants.of(constants, training, layer, learningRate, minibatchSamples, state.updates());
        int inputs = shape.inputs();
        int[] weight = master.weight(layer);
        int[] weightGradient = gradients.weight(layer);
        for (int index = from * inputs; index < to * inputs; index++) {
            long direction = weightGradient[index] + update.decay().apply(weight[index]);
            direction = direction(direction, update.momentum(), state.weight(layer), index);
            weight[index] = updated(weight[index], direction, update, index);
        }
        if (shape.bias()) {
            int[] bias = master.bias(layer);
            for (int row = from; row < to; row++) {
                long direction = direction(gradients.bias(layer)[row], update.momentum(), state.bias(layer), row);
                bias[row] = updated(bias[row], direction, update, weight.length + row);
            }
        }
    }

    /** sat(rne(momentum * v, 8) + gradient, 32), kept as the new v. */
    private static long direction(long gradient, int momentum, int[] kept, int index) {
        if (momentum == 0) {
            return Rounding.saturate(gradient, Formats.WEIGHT_GRADIENT_BITS);
        }
        long old = Rounding.shiftRight((long) momentum * kept[index], 8);
        kept[index] = (int) Rounding.saturate(old + gradient, Formats.WEIGHT_GRADIENT_BITS);
        return kept[index];
    }

    private int updated(int master, long direction, UpdateConstants update, int index) {
        if (direction == 0) {
            return master;
        }
        ScaledFactor factor = update.factor();
        long step = update.stochastic()
                ? RoundingNoise.shiftRight(
                        direction * factor.multiplier(), factor.shift(), RoundingNoise.bits(update.noiseKey(), index))
                : factor.apply(direction);
        return (int) Rounding.saturate(master - step, formats.masterBits());
    }
}
