package h2learn.cosim.train;

import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.model.Classes;
import h2learn.model.fixed.FixedModel;
import h2learn.model.train.Activity;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.List;

/** Derives what the trainer reports from tensors and counters read out of the accelerator. */
final class ActivityReader {
    private final Network network;
    private final Tensors tensors;
    private final FixedModel model;
    private int[] saturations;

    /** @param model gives the loss of class counts; nothing of it runs */
    ActivityReader(Network network, Tensors tensors, FixedModel model) {
        this.network = network;
        this.tensors = tensors;
        this.model = model;
        saturations = tensors.saturations();
    }

    /** Adds loss, hits and, as far as tensors are kept, densities of the samples that ran last. */
    void addPart(List<Sample> part, Activity activity) {
        int[][] counts = classCounts(tensors.read(Scratchpad.SPIKE, last(), part.size()));
        for (LayerShape shape : network.shapes()) {
            int layer = shape.index();
            activity.addLayer(
                    layer,
                    nonZero(Scratchpad.SPIKE, layer, part.size()),
                    nonZero(Scratchpad.WINDOW, layer, part.size()),
                    shape.weighted() ? nonZero(Scratchpad.GRADIENT, layer, part.size()) : 0,
                    0);
        }
        for (int sample = 0; sample < part.size(); sample++) {
            int label = part.get(sample).label();
            boolean hit = Classes.predicted(counts[sample]) == label;
            activity.addSample(hit, model.loss(counts[sample], label));
        }
    }

    /** Adds the saturations that the accelerator counted since the last call. */
    void addSaturations(Activity activity) {
        int[] now = tensors.saturations();
        for (int layer = 0; layer < now.length; layer++) {
            activity.addLayer(layer, 0, 0, 0, now[layer] - saturations[layer]);
        }
        saturations = now;
    }

    /** The class of each sample of a part, from the last layer's spikes. */
    int[] predicted(int samples) {
        int[][] counts = classCounts(tensors.read(Scratchpad.SPIKE, last(), samples));
        int[] classes = new int[samples];
        for (int sample = 0; sample < samples; sample++) {
            classes[sample] = Classes.predicted(counts[sample]);
        }
        return classes;
    }

    /** Spikes of each class over all steps, as [sample][class], from the last layer's. */
    private int[][] classCounts(int[][] spikes) {
        int classes = network.classes().count();
        int neurons = network.classes().neurons();
        int outputs = classes * neurons;
        int[][] counts = new int[spikes.length][classes];
        for (int sample = 0; sample < spikes.length; sample++) {
            for (int index = 0; index < spikes[sample].length; index++) {
                counts[sample][index % outputs / neurons] += spikes[sample][index];
            }
        }
        return counts;
    }

    private int last() {
        return network.layers().size() - 1;
    }

    private int nonZero(Scratchpad scratchpad, int layer, int samples) {
        if (!tensors.keeps(scratchpad, layer)) {
            return Activity.UNKNOWN;
        }
        int count = 0;
        for (int[] sample : tensors.read(scratchpad, layer, samples)) {
            for (int value : sample) {
                count += value != 0 ? 1 : 0;
            }
        }
        return count;
    }
}
