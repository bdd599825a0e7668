package h2learn.cosim.cases;

import h2learn.config.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that a drawn case depends on, apart from this program's version.
 *
 * @param seed of the regression, 0 or more
 * @param accelerator which of the accelerators that the seed gives, from 0
 * @param number of the case on it, from 0
 */
public record CaseId(long seed, int accelerator, int number) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,9})-(\\d{1,9})");

    /** The case that is {@code index}-th of a regression with so many cases on each accelerator. */
    public static CaseId at(long seed, int index, int casesPerAccelerator) {
        return new CaseId(seed, index / casesPerAccelerator, index % casesPerAccelerator);
    }

    /** Reads what {@link #toString} gives. */
    public static CaseId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    text + " is no case; use SEED-ACCELERATOR-NUMBER, as a report names it, for example 42-3-17");
        }
        return new CaseId(
                Long.parseLong(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /** For example {@code 42-3-17}: case 17 on accelerator 3 of seed 42. */
    @Override
    public String toString() {
        return seed + "-" + accelerator + "-" + number;
    }
}
