package h2learn.cosim.bench;

import h2learn.contract.Engine;
import h2learn.host.Driver.Counters;

/**
 * What one engine did for one layer.
 *
 * @param engine that ran
 * @param layer whose tensors it read; BACKWARD writes those of the layer below
 * @param counters read from the accelerator
 * @param needed units of work that the data left to do: spike words of FORWARD and WEIGHT_GRADIENT, multiplications of
 *     BACKWARD after the skips of its sparsity, words of N elements of the others; counted from tensors read back
 * @param dense the same without any skipping
 * @param rate units that the engine can do in a cycle
 */
public record EngineUse(Engine engine, int layer, Counters counters, long needed, long dense, int rate) {
    /** Share of the busy cycles in which the engine worked at its full rate, 0..1. */
    public double utilisation() {
        return (double) counters.useful() / Math.max(1, counters.busy() * rate);
    }

    /** Cycles at the full rate. */
    public double idealCycles() {
        return (double) needed / rate;
    }

    /** Busy cycles by ideal ones, 1 or more. */
    public double overIdeal() {
        return counters.busy() / Math.max(1, idealCycles());
    }
}
