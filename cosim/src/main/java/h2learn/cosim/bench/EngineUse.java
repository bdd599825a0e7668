package h2learn.cosim.bench;

import h2learn.contract.Engine;
import h2learn.host.Driver.Counters;
import org.jspecify.annotations.Nullable;

/**
 * What one engine did for one layer.
 *
 * @param engine that ran
 * @param layer whose tensors it read; BACKWARD writes those of the layer below
 * @param counters read from the accelerator
 * @param half the same for the first half of each part's samples, or of a single sample's rows, alone; null where that was not measured
 * @param needed units of work that the data left to do: spike words of FORWARD and WEIGHT_GRADIENT, multiplications of
 *     BACKWARD after the skips of its sparsity, words of N elements of the others; counted from tensors read back
 * @param dense the same without any skipping
 * @param rate units that the engine can do in a cycle
 * @param tile units that one filling of the tables serves; 0 of engines without tables
 */
public record EngineUse(
        Engine engine,
        int layer,
        Counters counters,
        @Nullable Counters half,
        long needed,
        long dense,
        int rate,
        long tile) {
    /** Share of the busy cycles in which the engine worked at its full rate, 0..1; start and end of commands count. */
    public double utilisation() {
        return (double) counters.useful() / Math.max(1, counters.busy() * rate);
    }

    /**
     * The same in the steady state: of the second half of each part, that is the difference between the whole
     * and half a part, in which start and end of the commands cancel.
     */
    public double steadyUtilisation() {
        return half == null ? utilisation() : withCounters(counters.minus(half)).utilisation();
    }

    private EngineUse withCounters(Counters other) {
        return new EngineUse(engine, layer, other, null, needed, dense, rate, tile);
    }

    /** This and the use of the same engine and layer in another part. */
    EngineUse plus(EngineUse other) {
        return new EngineUse(
                engine,
                layer,
                counters.plus(other.counters),
                half == null || other.half == null ? null : half.plus(other.half),
                needed + other.needed,
                dense + other.dense,
                rate,
                tile);
    }

    EngineUse withHalf(Counters first) {
        return new EngineUse(engine, layer, counters, first, needed, dense, rate, tile);
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
