package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.model.fixed.UpdateConstants;
import java.util.List;

/**
 * How one network is trained on one accelerator from commands alone: the host writes masters once and samples and labels
 * of each minibatch to external memory, and runs programs.
 */
public interface StepPlan {
    /** Where everything lies in external memory. */
    MemoryLayout layout();

    /** Once, after the masters are in external memory: makes all that the first step needs of them. */
    List<Command> begin();

    /**
     * One minibatch, whose samples and labels are in external memory, and its update. The last layer's spikes are in
     * external memory then: they say which classes were predicted.
     *
     * @param samples of the minibatch, at most the plan's
     * @param constants of each layer's UPDATE; those of pools are not looked at
     */
    List<Command> step(int samples, List<UpdateConstants> constants);

    /**
     * The forward direction alone of samples that are in external memory, where the last layer's spikes come to.
     *
     * @param samples at most the plan's
     */
    List<Command> infer(int samples);

    /** Brings the masters (and momenta) to external memory, where a plan keeps them on the chip. */
    List<Command> end();

    /** What was planned, for people: one line a layer. */
    List<String> describe();
}
