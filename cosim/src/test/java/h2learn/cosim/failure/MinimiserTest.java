package h2learn.cosim.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Kind;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.failure.Minimiser.Limits;
import h2learn.cosim.failure.Minimiser.Outcome;
import h2learn.network.Network.Conv2d;
import h2learn.network.NetworkReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** With rules that say which cases fail, so that nothing is simulated. */
class MinimiserTest {
    private static final Case LARGE = new Case(
            "large",
            new ConfigReader().read("base"),
            new NetworkReader().read("fashion-conv"),
            Plan.PIPELINED,
            Check.EACH_PROGRAM,
            7,
            3,
            1,
            Timing.RANDOM,
            List.of());
    private static final Limits MANY = new Limits(1000, 50);

    private static Function<Case, CaseResult> failing(Predicate<Case> when) {
        return tried -> when.test(tried) ? new Failed(Kind.MISMATCH, "differs", null) : new Passed(1, 1);
    }

    private static Outcome minimise(Predicate<Case> when, Limits limits, List<String> accepted) {
        return Minimiser.minimise(LARGE, failing(when), limits, accepted::add).orElseThrow();
    }

    @Test
    void findsTheSmallestCaseThatARuleAllows() {
        Case smallest = minimise(
                        run -> run.samples() >= 2
                                && run.config().lanes() >= 8
                                && run.network().layers().stream()
                                        .anyMatch(layer -> layer instanceof Conv2d conv && conv.outputs() >= 5),
                        MANY,
                        new ArrayList<>())
                .smallest();
        assertEquals(2, smallest.samples());
        assertEquals(1, smallest.updates());
        assertEquals(8, smallest.config().lanes());
        assertEquals(Plan.SCRATCHPADS, smallest.plan());
        assertEquals(Timing.FAST, smallest.timing());
        assertEquals(2, smallest.network().layers().size(), "a convolution and the last layer");
        assertEquals(1, smallest.network().steps());
        assertEquals(1, smallest.network().input().values());
        Conv2d conv = (Conv2d) smallest.network().layers().get(0);
        assertEquals(5, conv.outputs());
        assertEquals(1, conv.kernel());
        assertEquals(smallest, new CaseFile().read(CaseFile.toTree(smallest), ""), "it is legal");
    }

    @Test
    void givesTheSameAgainAndRunsNoCaseTwice() {
        Predicate<Case> rule = run -> run.network().steps() >= 2;
        Set<Case> seen = new HashSet<>();
        List<String> first = new ArrayList<>();
        Outcome outcome = Minimiser.minimise(
                        LARGE,
                        run -> {
                            assertTrue(seen.add(run), () -> "run twice: " + run);
                            return failing(rule).apply(run);
                        },
                        MANY,
                        first::add)
                .orElseThrow();
        List<String> second = new ArrayList<>();
        assertEquals(outcome, minimise(rule, MANY, second));
        assertEquals(first, second);
        assertEquals(outcome.runs() + 1, seen.size());
    }

    @Test
    void keepsNothingThatFailsInAnotherWay() {
        Function<Case, CaseResult> run =
                tried -> new Failed(tried.samples() == LARGE.samples() ? Kind.MISMATCH : Kind.STOPPED, "", null);
        Outcome outcome = Minimiser.minimise(LARGE, run, MANY, line -> {}).orElseThrow();
        assertEquals(LARGE.samples(), outcome.smallest().samples());
        assertEquals(Kind.MISMATCH, outcome.failed().kind());
        assertEquals(1, outcome.smallest().updates());
    }

    @Test
    void runsNoMoreThanItMay() {
        Outcome outcome = minimise(run -> run.network().steps() >= 2, new Limits(5, 0), new ArrayList<>());
        assertEquals(5, outcome.runs());
        outcome = minimise(run -> true, new Limits(1000, 2), new ArrayList<>());
        assertEquals(1, outcome.smallest().network().layers().size());
        outcome = minimise(run -> true, new Limits(1000, 0), new ArrayList<>());
        assertEquals(LARGE.config(), outcome.smallest().config());
    }

    @Test
    void saysThatACasePasses() {
        assertTrue(Minimiser.minimise(LARGE, failing(run -> false), MANY, line -> {})
                .isEmpty());
    }
}
