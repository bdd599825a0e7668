package h2learn.model.fixed;

import java.util.List;

/**
 * Everything that the model computes for one sample.
 *
 * @param layers first to last
 * @param classCounts spikes of each class over all steps
 * @param lossGradient ds of the last layer's neurons, the same for every step, whatever the window; as [o]
 * @param loss half the squared error of the class rates
 */
public record SampleTrace(List<LayerTrace> layers, int[] classCounts, int[] lossGradient, double loss) {
    public SampleTrace {
        layers = List.copyOf(layers);
    }

    public LayerTrace layer(int index) {
        return layers.get(index);
    }
}
