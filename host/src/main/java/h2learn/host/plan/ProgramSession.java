package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.TensorImages;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import java.util.List;

/**
 * Trains a planned network in one accelerator through its external memory: writes masters once, samples and labels of each
 * step, and runs the plan's programs. All of the arithmetic is the accelerator's; the host computes no more than the
 * constants that commands carry.
 */
public final class ProgramSession {
    private final StepPlan plan;
    private final ProgramRunner runner;
    private final MemoryLayout layout;
    private final Network network;
    private final PlanMemory memory;
    private final TensorImages images;
    private final List<LayerConstants> constants;
    private final PlanCheck programs;
    private int updates;

    /** @param runner of an accelerator of the plan's configuration, which is open */
    public ProgramSession(StepPlan plan, ProgramRunner runner) {
        this.plan = plan;
        this.runner = runner;
        layout = plan.layout();
        Placement placement = layout.placement();
        network = placement.network();
        memory = new PlanMemory(layout, runner);
        images = new TensorImages(placement);
        programs = new PlanCheck(plan);
        constants = LayerConstants.of(network, placement.config().formats());
    }

    /** Loads all weights, and clears dW and v whatever the memories held at power-up. */
    public void open(MasterWeights initial) {
        programs.require(mostSamples());
        memory.writeMasters(initial);
        runner.run(plan.begin());
        updates = 0;
    }

    /**
     * One update from one minibatch.
     *
     * @param minibatch 1 to {@link #mostSamples()} samples
     */
    public void step(List<Sample> minibatch, double learningRate) {
        check(minibatch);
        memory.writeMinibatch(minibatch);
        runner.run(program(minibatch.size(), learningRate));
        updates++;
    }

    /** The program of the next step from so many samples. */
    public List<Command> program(int samples, double learningRate) {
        return plan.step(
                samples, UpdateConstants.ofLayers(constants, network.training(), learningRate, samples, updates));
    }

    /**
     * The forward direction alone; the last layer's spikes are then read as after a step.
     *
     * @param samples 1 to {@link #mostSamples()}
     */
    public void infer(List<Sample> samples) {
        check(samples);
        memory.writeSamples(samples);
        runner.run(plan.infer(samples.size()));
    }

    private void check(List<Sample> samples) {
        if (samples.isEmpty() || samples.size() > mostSamples()) {
            throw new IllegalArgumentException(
                    "the plan is for 1 to " + mostSamples() + " samples at a time, not " + samples.size());
        }
        programs.require(samples.size());
    }

    /** Most samples of a step. */
    public int mostSamples() {
        return layout.placement().partSamples();
    }

    /** Brings the master copy of all weights to external memory and reads it. */
    public MasterWeights readMasters() {
        runner.run(plan.end());
        return memory.readMasters();
    }

    /** Whether s, h, u or gu of a layer come to external memory in a step; s of the last layer always does. */
    public boolean keeps(Scratchpad scratchpad, int layer) {
        return layout.has(scratchpad, layer);
    }

    /** Reads s, h, u or gu of a layer, of the first samples of the last step: as [sample][t * outputs + output]. */
    public int[][] readTrace(Scratchpad scratchpad, int layer, int samples) {
        long address = layout.tensor(scratchpad, layer).address();
        int beats = images.region(scratchpad, layer, samples).beats();
        return images.unpackTrace(scratchpad, layer, samples, runner.read(address, beats));
    }

    public StepPlan plan() {
        return plan;
    }
}
