package h2learn.host.image;

import h2learn.config.ConfigHash;
import java.util.List;

/**
 * A network for one configuration of the accelerator, ready to run: what the host writes to external memory, which commands
 * it puts into the ring, and what must then lie in external memory. Addresses count from the first byte of the external
 * memory that the accelerator is given.
 *
 * @param config name of the accelerator's configuration
 * @param hash of that configuration
 * @param network name of the network
 * @param memoryBytes external memory that is needed
 * @param ring where the command ring lies
 * @param regions the memory map, by address
 * @param layers those with weights, from the input on
 * @param stages one BEGIN, at least one STEP, one END, in this order
 * @param commands {@link h2learn.contract.CommandField#WORDS} words each, of all stages
 */
public record NetworkImage(
        String config,
        ConfigHash hash,
        String network,
        long memoryBytes,
        RingPlace ring,
        List<Region> regions,
        List<Layer> layers,
        List<Stage> stages,
        Words commands) {
    public NetworkImage {
        regions = List.copyOf(regions);
        layers = List.copyOf(layers);
        stages = List.copyOf(stages);
    }

    /**
     * @param address of the first entry, a multiple of 64
     * @param entriesLog2 logarithm of the number of commands that it holds
     */
    public record RingPlace(long address, int entriesLog2) {}

    /** What a region is for. */
    public enum RegionKind {
        /** The command ring. */
        RING,
        /** Samples of a step. */
        INPUT,
        /** Classes of a step's samples. */
        LABELS,
        /** Master weights of a layer. */
        MASTER,
        /** What the accelerator alone writes and reads. */
        WORK
    }

    /**
     * A part of external memory.
     *
     * @param name what lies there, for people
     * @param address of the first byte, a multiple of 64
     * @param bytes a multiple of 4
     */
    public record Region(String name, RegionKind kind, long address, long bytes) {}

    /**
     * How the weights of a layer lie in its MASTER region: N x N blocks [output block][tap][input block], then the bias blocks.
     *
     * @param index of the layer in the network, pools counted
     * @param region index of the MASTER region
     * @param outputs channels or neurons
     * @param taps of the kernel
     * @param channels of the input; taps * channels is the number of weights of an output
     * @param inputBlocks channels / N, rounded up
     * @param biasBlock first bias block, counted from the layer's first block
     * @param bias whether there are biases
     */
    public record Layer(
            int index, int region, int outputs, int taps, int channels, int inputBlocks, int biasBlock, boolean bias) {}

    /** What a stage does. */
    public enum StageKind {
        /** Brings the weights to the accelerator; the first stage. */
        BEGIN,
        /** An update from one minibatch. */
        STEP,
        /** Brings the master weights to external memory; the last stage. */
        END
    }

    /**
     * What the host does at a time: write, run, and compare.
     *
     * @param samples of a STEP; 0 otherwise
     * @param writes before the commands run; of a STEP the samples and their classes, in this order
     * @param firstCommand of the stage's program
     * @param commands of it; several stages may share some
     * @param checks what lies in external memory afterwards
     */
    public record Stage(
            StageKind kind, int samples, List<Write> writes, int firstCommand, int commands, List<Check> checks) {
        public Stage {
            writes = List.copyOf(writes);
            checks = List.copyOf(checks);
        }
    }

    /** Words that the host writes to successive addresses from {@code address} on, a multiple of 4. */
    public record Write(long address, Words words) {}

    /**
     * What a run of words must be.
     *
     * @param region index of the region that it is part of
     * @param address of the first byte, a multiple of 4
     * @param bytes a multiple of 4
     * @param crc CRC-32 of these bytes, as they lie in memory
     */
    public record Check(int region, long address, long bytes, int crc) {}

    /** Number of STEP stages. */
    public int steps() {
        return stages.size() - 2;
    }
}
