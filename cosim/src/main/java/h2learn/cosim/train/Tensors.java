package h2learn.cosim.train;

import h2learn.contract.Scratchpad;

/** Tensors and counters as they are read out of an accelerator. */
interface Tensors {
    /** Whether {@link #read} can give a tensor of a layer. */
    boolean keeps(Scratchpad scratchpad, int layer);

    /** s, h or gu of a layer, of the samples that ran last: as [sample][t * outputs + output]. */
    int[][] read(Scratchpad scratchpad, int layer, int samples);

    /** Clipped values of gu and ds of each layer so far. */
    int[] saturations();
}
