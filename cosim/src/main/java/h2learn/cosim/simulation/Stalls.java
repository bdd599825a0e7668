package h2learn.cosim.simulation;

/**
 * How often the bus master holds back, drawn in each cycle from a generator of its own: for AW, W and AR, that a waiting
 * valid is withheld (once given it stays); for B and R, that ready is withheld.
 *
 * @param seed any value
 * @param aw chance in 1/256, 0 (never) to 255; the same for the others
 */
public record Stalls(long seed, int aw, int w, int b, int ar, int r) {
    /** The master never waits. */
    public static final Stalls NONE = new Stalls(0, 0, 0, 0, 0, 0);

    public Stalls {
        for (int chance : new int[] {aw, w, b, ar, r}) {
            if (chance < 0 || chance > 255) {
                throw new IllegalArgumentException("a chance must be 0..255 in 256, not " + chance);
            }
        }
    }

    /** The same chance, in 1/256, on every channel. */
    public static Stalls uniform(long seed, int chance) {
        return new Stalls(seed, chance, chance, chance, chance, chance);
    }
}
