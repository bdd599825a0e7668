package h2learn.model.machine;

import h2learn.contract.Scratchpad;

/** Everything that commands read and write, each addressed by words from 0. */
public enum Space {
    SPIKE,
    WINDOW,
    POTENTIAL,
    GRADIENT,
    SPIKE_GRADIENT,
    GRADIENT_SUM,
    LABEL,
    MASTER,
    WEIGHT_GRADIENT,
    FORWARD_WEIGHT,
    BACKWARD_WEIGHT,
    MOMENTUM,
    /** The forward accumulators: a word is a point, or a position where the input is static. */
    ACCUMULATOR,
    /** The backward engine's marks of points without ds: a word is a point of the layer below. */
    EMPTY_MARK,
    /** External memory: a word is four bytes. */
    MEMORY;

    /** The space of a scratchpad, which has its name. */
    public static Space of(Scratchpad scratchpad) {
        return valueOf(scratchpad.name());
    }
}
