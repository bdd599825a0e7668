package h2learn.data;

/**
 * One labelled input.
 *
 * @param values DIRECT: the C integers of the sample. SPIKES: T*C values 0 or 1, as [t][c]. Not to be changed
 * @param label class, from 0
 */
public record Sample(int[] values, int label) {}
