package h2learn.cosim.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.DimensionCoverage.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The regression of the gate: a fixed seed, whose 18 accelerators have every value of every dimension between them. The same
 * from the command line: {@code h2learn regress --seed 20315414 --count 450 --cases-per-accelerator 25}. Another seed each
 * night is ci/nightly/regress.
 */
class FixedSeedTest {
    private static final Selection SELECTION = new Selection(20_315_414, 450, 25, Shard.WHOLE);
    private static final TimeLimits LIMITS = TimeLimits.ofCase(Duration.ofMinutes(5));

    /** Says which case runs before it does, so that it is known too when the whole machine stops. */
    private static final class Log implements Regression.Listener {
        @Override
        public void begun(CaseId id) {
            System.out.println("case " + id);
        }

        @Override
        public void done(CaseReport report) {
            System.out.printf(
                    "case %s %s, %.1f s%n", report.id(), report.outcome().text(), report.seconds());
        }
    }

    @Test
    void everyCasePassesAndEveryValueIsSeen() throws InterruptedException {
        int jobs = Runtime.getRuntime().availableProcessors();
        Report report = new Report(
                SELECTION,
                new Regression(CaseWorker.command(null, null), jobs, LIMITS, new Log()).run(SELECTION.cases()));
        DimensionCoverage coverage = DimensionCoverage.of(report);
        coverage.table().forEach(System.out::println);
        assertEquals(
                List.of(),
                report.failures().stream()
                        .map(one -> one.outcome().text() + ": " + one.message()
                                + "\nto repeat it: h2learn regress --only " + one.id())
                        .toList());
        for (CaseReport one : report.cases()) {
            assertTrue(one.words() > 0 && one.cycles() > 0, "nothing was compared in case " + one.id());
        }
        for (Value never : coverage.never()) {
            assertTrue(
                    !never.reasons().isEmpty(),
                    never.dimension() + " " + never.value() + " was never drawn, and nothing speaks against it");
        }
    }
}
