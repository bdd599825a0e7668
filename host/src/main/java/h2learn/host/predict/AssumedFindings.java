package h2learn.host.predict;

import h2learn.contract.Command;
import h2learn.contract.CommandField;

/**
 * Drawn at random with given shares, each value apart from its neighbours: for sizes that nobody can simulate. A seed and
 * a command's layer fix the draw.
 *
 * @param gradients share of gu that are not zero, 0 to 1
 * @param windows share of open windows, 0 to 1
 * @param seed any value
 */
public record AssumedFindings(double gradients, double windows, long seed) implements Findings {
    /** Early in the training of the named networks: DESIGN, section 3. */
    public static final AssumedFindings EARLY = new AssumedFindings(0.36, 0.35, 1);

    public AssumedFindings {
        if (!(gradients >= 0 && gradients <= 1) || !(windows >= 0 && windows <= 1)) {
            throw new IllegalArgumentException(
                    "shares lie between 0 and 1, not " + gradients + " of gu and " + windows + " of windows");
        }
    }

    @Override
    public NonZero gradient(Command command) {
        return draw(command, 0, gradients);
    }

    @Override
    public NonZero gradientSum(Command command) {
        double noneOfAll = Math.pow(1 - gradients, command.get(CommandField.STEPS));
        return draw(command, 1, 1 - noneOfAll);
    }

    @Override
    public NonZero window(Command command) {
        return draw(command, 2, windows);
    }

    private NonZero draw(Command command, int what, double share) {
        long key = seed * 31 + command.get(CommandField.LAYER) * 3 + what;
        return (sample, step, point, channel) -> uniform(key, sample, step, point, channel) < share;
    }

    private static double uniform(long key, int sample, int step, int point, int channel) {
        long place = ((sample * 64L + step) * 65_536 + point) * 65_536 + channel;
        return (mix(key * 0x9E3779B97F4A7C15L + place) >>> 11) * 0x1p-53;
    }

    /** The finaliser of SplitMix64: every bit of the place changes every bit of the result. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
