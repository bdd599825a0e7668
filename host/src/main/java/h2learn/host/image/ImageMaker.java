package h2learn.host.image;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.contract.Command;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.image.NetworkImage.Layer;
import h2learn.host.image.NetworkImage.Region;
import h2learn.host.image.NetworkImage.RegionKind;
import h2learn.host.image.NetworkImage.RingPlace;
import h2learn.host.image.NetworkImage.StageKind;
import h2learn.host.plan.MemoryLayout;
import h2learn.host.plan.ProgramSession;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.MasterWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Makes the image of a planned training: runs it as the host does, but on the golden machine, and takes down what the host
 * writes, which commands it gives, and what they leave in external memory.
 */
public final class ImageMaker {
    private ImageMaker() {}

    /**
     * @param initial weights
     * @param minibatches one a step, at least one; each of at most the plan's samples
     * @param learningRate of all steps
     * @param stepDone is told how many steps are done
     */
    public static NetworkImage of(
            StepPlan plan,
            MasterWeights initial,
            List<List<Sample>> minibatches,
            double learningRate,
            IntConsumer stepDone) {
        if (minibatches.isEmpty()) {
            throw new IllegalArgumentException("an image has at least one step");
        }
        MemoryLayout layout = plan.layout();
        Placement placement = layout.placement();
        AcceleratorConfig config = placement.config();
        List<Region> regions = layout.regions().stream()
                .map(region -> new Region(region.name(), kind(layout, region), region.address(), region.bytes()))
                .toList();
        RecordingRunner runner = new RecordingRunner(config, layout.bytes(), regions);
        ProgramSession session = new ProgramSession(plan, runner);
        runner.next(StageKind.BEGIN, 0);
        session.open(initial);
        for (List<Sample> minibatch : minibatches) {
            runner.next(StageKind.STEP, minibatch.size());
            session.step(minibatch, learningRate);
            stepDone.accept(runner.stages().size() - 1);
        }
        runner.next(StageKind.END, 0);
        runner.run(plan.end());
        return new NetworkImage(
                config.name(),
                ConfigHash.of(config),
                placement.network().name(),
                layout.bytes(),
                new RingPlace(layout.ring().address(), MemoryLayout.RING_ENTRIES_LOG2),
                regions,
                layers(layout),
                runner.stages(),
                Words.of(Command.words(runner.commands())));
    }

    private static RegionKind kind(MemoryLayout layout, MemoryLayout.Region region) {
        if (region.equals(layout.ring())) {
            return RegionKind.RING;
        }
        if (region.equals(layout.input())) {
            return RegionKind.INPUT;
        }
        if (region.equals(layout.labels())) {
            return RegionKind.LABELS;
        }
        for (int layer = 0; layer < layout.placement().layers().size(); layer++) {
            if (layout.has(Scratchpad.MASTER, layer)
                    && layout.tensor(Scratchpad.MASTER, layer).equals(region)) {
                return RegionKind.MASTER;
            }
        }
        return RegionKind.WORK;
    }

    private static List<Layer> layers(MemoryLayout layout) {
        List<Layer> layers = new ArrayList<>();
        for (Placement.Layer layer : layout.placement().layers()) {
            int index = layer.shape().index();
            if (layer.shape().weighted()) {
                layers.add(new Layer(
                        index,
                        layout.regions().indexOf(layout.tensor(Scratchpad.MASTER, index)),
                        layer.shape().outputs(),
                        layer.geometry().taps(),
                        layer.geometry().input().channels(),
                        layer.inputBlocks(),
                        layer.weightBlocks(),
                        layer.shape().bias()));
            }
        }
        return layers;
    }
}
