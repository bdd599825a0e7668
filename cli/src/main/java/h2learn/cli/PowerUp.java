package h2learn.cli;

/** What memories and registers without a reset hold when a simulation begins, from the run's seed. */
final class PowerUp {
    private PowerUp() {}

    /** 1 to 2^31 - 1; never 0, which would stand for memories full of zeros. */
    static int seed(long seed) {
        return 1 + (int) Math.floorMod(seed, (long) Integer.MAX_VALUE);
    }
}
