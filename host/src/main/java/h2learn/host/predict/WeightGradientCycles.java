package h2learn.host.predict;

import static h2learn.contract.CommandField.BIAS;
import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.KERNEL_HEIGHT;
import static h2learn.contract.CommandField.KERNEL_WIDTH;
import static h2learn.contract.CommandField.PLANES;
import static h2learn.contract.CommandField.STATIC_INPUT;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;

/**
 * Busy cycles of WEIGHT_GRADIENT: a loader reads gradients block by block of N points and fills tables from those that
 * hold one, a streamer sends every tap's transposed inputs through them; two sets of tables let both work at once.
 */
public final class WeightGradientCycles {
    /** From the start to the loader's first read. */
    private static final int START = 1;
    /** Cycles of a block behind its N reads: the last word, and the decision. */
    private static final int DECISION = 2;
    /** From a block's announcement to the first transposed word, without the N reads. */
    private static final int TRANSPOSITION = 2;
    /** From the last word streamed to the end. */
    private static final int DRAIN = 6;

    private final AcceleratorConfig config;

    public WeightGradientCycles(AcceleratorConfig config) {
        this.config = config;
    }

    /** Blocks of N points that a command's points make. */
    public int blocks(Command command) {
        return (int) ((points(command) + config.lanes() - 1) / config.lanes());
    }

    private static long points(Command command) {
        return command.get(STATIC_INPUT) == 1 ? EngineCycles.positions(command) : EngineCycles.points(command);
    }

    /** @param holdsGradient for each of the {@link #blocks} whether one of its gradients is not 0 */
    public long of(Command command, boolean[] holdsGradient) {
        int lanes = config.lanes();
        long words = command.get(KERNEL_HEIGHT)
                        * command.get(KERNEL_WIDTH)
                        * command.get(INPUT_BLOCKS)
                        * command.get(PLANES)
                        * lanes
                + command.get(BIAS);
        long fill = 1L << config.lut().inputs();
        long loader = START;
        long streamed = 0;
        long streamedBefore = 0;
        for (int block = 0; block < holdsGradient.length; block++) {
            boolean holds = holdsGradient[block];
            // Without a gradient up to the last point the rest of the block is not read.
            loader += (holds ? lanes : Math.min(lanes, points(command) - (long) block * lanes)) + DECISION;
            if (holds) {
                long announced = loader;
                // A set of tables is free when the block before the last has been streamed.
                long filled = Math.max(loader, streamedBefore) + fill;
                long transposed = announced + lanes + TRANSPOSITION;
                long begin = Math.max(streamed, Math.max(filled, transposed));
                streamedBefore = streamed;
                streamed = begin + words;
                loader = filled;
            }
        }
        // Only what was streamed has a pipeline to pass.
        return Math.max(loader, streamed == 0 ? 0 : streamed + DRAIN);
    }
}
