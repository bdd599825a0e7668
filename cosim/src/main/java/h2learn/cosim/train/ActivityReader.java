package h2learn.cosim.train;

import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.Driver;
import h2learn.host.Placement;
import h2learn.model.Classes;
import h2learn.model.fixed.FixedModel;
import h2learn.model.train.Activity;
import java.util.List;

/** Derives what the trainer reports from tensors and counters read out of the accelerator. */
final class ActivityReader {
    private final Placement placement;
    private final Driver driver;
    private final FixedModel model;
    private int[] saturations;

    /** @param model gives the loss of class counts; nothing of it runs */
    ActivityReader(Placement placement, Driver driver, FixedModel model) {
        this.placement = placement;
        this.driver = driver;
        this.model = model;
        saturations = driver.saturations();
    }

    /** Adds loss, hits and densities of a part whose tensors the scratchpads still hold. */
    void addPart(List<Sample> part, Activity activity) {
        int[][] counts = new int[0][];
        for (int layer = 0; layer < placement.layers().size(); layer++) {
            boolean pool = !placement.layers().get(layer).shape().weighted();
            int[][] spikes = driver.readTrace(Scratchpad.SPIKE, layer, part.size());
            counts = classCounts(spikes);
            activity.addLayer(
                    layer,
                    nonZero(spikes),
                    nonZero(driver.readTrace(Scratchpad.WINDOW, layer, part.size())),
                    pool ? 0 : nonZero(driver.readTrace(Scratchpad.GRADIENT, layer, part.size())),
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
        int[] now = driver.saturations();
        for (int layer = 0; layer < now.length; layer++) {
            activity.addLayer(layer, 0, 0, 0, now[layer] - saturations[layer]);
        }
        saturations = now;
    }

    /** The class of each sample of a part, from the last layer's spikes. */
    int[] predicted(int samples) {
        int[][] counts = classCounts(
                driver.readTrace(Scratchpad.SPIKE, placement.layers().size() - 1, samples));
        int[] classes = new int[samples];
        for (int sample = 0; sample < samples; sample++) {
            classes[sample] = Classes.predicted(counts[sample]);
        }
        return classes;
    }

    /** Spikes of each class over all steps, as [sample][class]; of use for the last layer only. */
    private int[][] classCounts(int[][] spikes) {
        int classes = placement.network().classes().count();
        int neurons = placement.network().classes().neurons();
        int outputs = classes * neurons;
        int[][] counts = new int[spikes.length][classes];
        for (int sample = 0; sample < spikes.length; sample++) {
            for (int index = 0; index < spikes[sample].length; index++) {
                counts[sample][index % outputs / neurons] += spikes[sample][index];
            }
        }
        return counts;
    }

    private static int nonZero(int[][] values) {
        int count = 0;
        for (int[] sample : values) {
            for (int value : sample) {
                count += value != 0 ? 1 : 0;
            }
        }
        return count;
    }
}
