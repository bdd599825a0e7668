package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.network.LayerShape;
import h2learn.network.Network.Training;

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
        int[] kept = state.weight(layer);
        for (int index = from * inputs; index < to * inputs; index++) {
            int direction = direction(update, weightGradient[index], kept, index, weight[index]);
            weight[index] = update.updated(weight[index], direction, index, formats.masterBits());
        }
        if (shape.bias()) {
            int[] bias = master.bias(layer);
            for (int row = from; row < to; row++) {
                int direction = direction(update, gradients.bias(layer)[row], state.bias(layer), row, 0);
                bias[row] = update.updated(bias[row], direction, weight.length + row, formats.masterBits());
            }
        }
    }

    /** The new v, kept where there is a momentum. */
    private static int direction(UpdateConstants update, int gradient, int[] kept, int index, int decayed) {
        if (update.momentum() == 0) {
            return update.direction(gradient, 0, decayed);
        }
        kept[index] = update.direction(gradient, kept[index], decayed);
        return kept[index];
    }
}
