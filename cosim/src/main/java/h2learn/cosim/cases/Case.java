package h2learn.cosim.cases;

import h2learn.config.AcceleratorConfig;
import h2learn.network.Network;
import java.util.List;

/**
 * Everything that a run depends on: the same case gives the same Verilog, stimuli and cycles on every machine.
 *
 * @param id names it in reports; a drawn one says how to draw it again
 * @param config of the accelerator
 * @param network to train; its training section gives the learning rate
 * @param plan how the network is brought to the accelerator
 * @param check how often tensors are compared
 * @param samples of the minibatch, 1 or more
 * @param updates from minibatches of so many samples, 1 or more
 * @param seed of weights, samples, memory timing, stalls and initial values
 * @param timing of the external memory and of the AXI4-Lite master
 * @param edits of the generated Verilog, to plant a bug; none for a case of the product
 */
public record Case(
        String id,
        AcceleratorConfig config,
        Network network,
        Plan plan,
        Check check,
        int samples,
        int updates,
        long seed,
        Timing timing,
        List<Edit> edits) {

    /** Refuses what no run could do. */
    public Case {
        if (samples < 1 || updates < 1) {
            throw new IllegalArgumentException("a case has at least one sample and one update");
        }
        edits = List.copyOf(edits);
    }

    /** The same with other edits of its Verilog. */
    public Case withEdits(List<Edit> other) {
        return new Case(id, config, network, plan, check, samples, updates, seed, timing, other);
    }

    /** How a network is brought to the accelerator. */
    public enum Plan {
        /** The host writes and reads the scratchpads; one command at a time. */
        SCRATCHPADS,
        /** Parts of the minibatch follow each other through the engines, everything in external memory. */
        PIPELINED,
        /** Layers are cut up until each piece fits. */
        TILED
    }

    /** How often tensors are compared. */
    public enum Check {
        /** What a command wrote, after each command. */
        EACH_COMMAND,
        /** What a program wrote, after each program; all queues at work. */
        EACH_PROGRAM
    }

    /** Who waits for whom on the buses. */
    public enum Timing {
        /** Everything is ready at once. */
        FAST,
        /** Latency, back-pressure and pauses drawn from the case's seed. */
        RANDOM,
        /** The slowest that the random ones may be, all the time. */
        SLOW
    }

    /**
     * Text that stands for another in one file of the Verilog.
     *
     * @param module whose file is changed; the top-level module's name, or another's
     * @param find the text to change; it must occur in the file
     * @param replace what stands there instead, at each place
     */
    public record Edit(String module, String find, String replace) {}
}
