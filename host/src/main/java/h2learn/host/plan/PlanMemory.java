package h2learn.host.plan;

import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.MemoryAccess;
import h2learn.host.TensorImages;
import h2learn.model.fixed.MasterWeights;
import java.util.List;

/**
 * The host's share of a {@link StepPlan}: puts masters, samples and labels where the plan's programs find them in
 * external memory, and reads the masters that they leave there.
 */
public final class PlanMemory {
    private final MemoryLayout layout;
    private final MemoryAccess memory;
    private final TensorImages images;

    public PlanMemory(MemoryLayout layout, MemoryAccess memory) {
        this.layout = layout;
        this.memory = memory;
        images = new TensorImages(layout.placement());
    }

    /** For {@link StepPlan#begin()}. */
    public void writeMasters(MasterWeights master) {
        for (int layer = 0; layer < master.layers(); layer++) {
            if (layout.has(Scratchpad.MASTER, layer)) {
                memory.write(address(layer), image(master, layer).beats());
            }
        }
    }

    /** For {@link StepPlan#step}; at most as many samples as the plan's minibatch has. */
    public void writeMinibatch(List<Sample> samples) {
        writeSamples(samples);
        memory.write(layout.labels().address(), images.labels(samples).beats());
    }

    /** For {@link StepPlan#infer}: without labels. */
    void writeSamples(List<Sample> samples) {
        memory.write(layout.input().address(), images.input(samples).beats());
    }

    /** After {@link StepPlan#end()}. */
    public MasterWeights readMasters() {
        MasterWeights master = MasterWeights.zero(layout.placement().network());
        for (int layer = 0; layer < master.layers(); layer++) {
            if (layout.has(Scratchpad.MASTER, layer)) {
                TensorImages.Image image = image(master, layer);
                int[] beats = memory.read(address(layer), image.beats().length);
                images.unpackWeights(image, layer, beats, master.weight(layer), master.bias(layer));
            }
        }
        return master;
    }

    private TensorImages.Image image(MasterWeights master, int layer) {
        return images.weights(Scratchpad.MASTER, layer, master.weight(layer), master.bias(layer));
    }

    private long address(int layer) {
        return layout.tensor(Scratchpad.MASTER, layer).address();
    }
}
