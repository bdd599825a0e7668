package h2learn.cosim.regress;

import java.time.Duration;

/**
 * How long a worker may take.
 *
 * @param start until it begins with a case
 * @param build for the simulation of an accelerator
 * @param run for drawing a case, and for training and comparing it
 */
public record TimeLimits(Duration start, Duration build, Duration run) {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration BUILD = Duration.ofMinutes(30);

    /** A case that does nothing for so long hangs; how long a start or a build takes depends on the machine alone. */
    public static TimeLimits ofCase(Duration run) {
        return new TimeLimits(START, BUILD, run);
    }
}
