package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseProbe;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.cases.CaseRun;

/** Runs drawn cases, all of which must pass. */
final class RandomRun {
    private RandomRun() {}

    /**
     * How many words were compared.
     *
     * @param repeat the command that draws and runs the case again
     */
    static long words(Case drawn, String repeat) {
        String what = drawn.network() + "\non " + drawn.config() + "\nrepeat it with: " + repeat;
        CaseResult result;
        try {
            result = CaseRun.run(drawn, CaseProbe.NONE, repeat);
        } catch (RuntimeException refused) {
            throw new AssertionError(refused.getMessage() + "\n" + what, refused);
        }
        if (result instanceof Passed passed) {
            System.out.printf(
                    "  %s, %s, %s: %d words, %d cycles%n",
                    drawn.plan(), drawn.check(), drawn.timing(), passed.words(), passed.cycles());
            assertTrue(passed.words() > 0, "nothing was compared");
            return passed.words();
        }
        throw new AssertionError(result + "\n" + what);
    }
}
