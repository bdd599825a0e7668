package h2learn.host;

import h2learn.data.Sample;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateConstants;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains a placed network in one accelerator: loads weights and samples and pushes the commands of each step. All of the
 * arithmetic is the accelerator's; the host computes no more than the constants that commands carry.
 */
public final class TrainingSession {
    private final Placement placement;
    private final Driver driver;
    private final List<LayerConstants> constants;
    private final Schedule schedule;
    private int updates;

    public TrainingSession(Placement placement, Driver driver) {
        this.placement = placement;
        this.driver = driver;
        constants = LayerConstants.of(placement.network(), placement.config().formats());
        schedule = new Schedule(placement, constants);
    }

    /** Checks the accelerator, loads all weights and clears the counters. Throws {@link TransportException}. */
    public void open(MasterWeights initial) {
        driver.open();
        driver.writeMasters(initial);
        // Also clears dW and v: it finds whatever the memories held at power-up and multiplies it by 0.
        driver.run(schedule.copyWeights());
        driver.clearCounters();
    }

    /**
     * One update from one minibatch, in as many parts as it needs.
     *
     * @param partDone called while the accelerator still holds a part's tensors
     */
    public void step(List<Sample> minibatch, double learningRate, Consumer<List<Sample>> partDone) {
        for (List<Sample> part : placement.parts(minibatch)) {
            driver.writePart(part);
            driver.run(schedule.part(part.size()));
            partDone.accept(part);
        }
        for (Placement.Layer place : placement.layers()) {
            if (!place.shape().weighted()) {
                continue;
            }
            int layer = place.shape().index();
            UpdateConstants constant = UpdateConstants.of(
                    constants.get(layer),
                    placement.network().training(),
                    layer,
                    learningRate,
                    minibatch.size(),
                    updates);
            driver.run(List.of(schedule.update(layer, constant)));
        }
        updates++;
    }

    /** The forward direction alone of at most {@link Placement#partSamples()} samples; their spikes stay readable. */
    public void infer(List<Sample> part) {
        driver.writePart(part);
        for (int layer = 0; layer < constants.size(); layer++) {
            driver.run(schedule.forward(layer, part.size()));
        }
    }

    public Driver driver() {
        return driver;
    }

    public Schedule schedule() {
        return schedule;
    }
}
