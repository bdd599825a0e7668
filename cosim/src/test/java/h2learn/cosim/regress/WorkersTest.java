package h2learn.cosim.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.CaseDraw;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.DrawnCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With workers that simulate nothing; what they do to themselves is real. */
class WorkersTest {
    private static final Selection WHOLE = new Selection(11, 12, 3, Shard.WHOLE);
    private static final TimeLimits PATIENT = TimeLimits.ofCase(Duration.ofMinutes(2));

    private static final class Log implements Regression.Listener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void begun(CaseId id) {
            lines.add("begun " + id);
        }

        @Override
        public void done(CaseReport report) {
            lines.add("done " + report.id());
        }
    }

    private static List<CaseReport> run(List<CaseId> cases, int jobs, TimeLimits limits, String... acts)
            throws InterruptedException {
        Log log = new Log();
        List<CaseReport> reports = new Regression(StandInWorker.command(acts), jobs, limits, log).run(cases);
        assertEquals(cases, reports.stream().map(CaseReport::id).toList());
        assertEquals(2 * cases.size(), log.lines.size());
        for (CaseId id : cases) {
            assertTrue(log.lines.indexOf("begun " + id) < log.lines.indexOf("done " + id), id.toString());
        }
        return reports;
    }

    /** Without the time that cases took. */
    private static List<CaseReport> timeless(List<CaseReport> reports) {
        return reports.stream()
                .map(one -> new CaseReport(
                        one.id(),
                        one.outcome(),
                        one.message(),
                        one.words(),
                        one.cycles(),
                        0,
                        one.values(),
                        one.rejections()))
                .toList();
    }

    @Test
    void jobsAndShardsDoNotMatter() throws InterruptedException {
        List<CaseReport> alone = run(WHOLE.cases(), 1, PATIENT);
        assertEquals(timeless(alone), timeless(run(WHOLE.cases(), 3, PATIENT)));
        List<CaseReport> joined = new ArrayList<>();
        for (int index = 1; index <= 5; index++) {
            joined.addAll(run(WHOLE.with(new Shard(index, 5)).cases(), 1, PATIENT));
        }
        assertEquals(timeless(alone), timeless(joined));
        for (CaseReport report : alone) {
            DrawnCase drawn = CaseDraw.of(report.id());
            assertEquals(StandInWorker.words(drawn), report.words());
            assertEquals(drawn.values(), report.values());
            assertEquals(drawn.rejections(), report.rejections());
            assertTrue(report.passed() && report.seconds() > 0, report.toString());
        }
    }

    @Test
    void whateverACaseDoesTheOthersGoOn() throws InterruptedException {
        List<CaseId> cases = IntStream.range(0, 9)
                .mapToObj(number -> new CaseId(11, 0, number))
                .toList();
        TimeLimits limits = new TimeLimits(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(10));
        List<CaseReport> reports =
                run(cases, 2, limits, "kill=1", "crash=2", "hang=3", "throw=4", "exit=5", "print=6", "fail=7");
        expect(reports.get(0), Outcome.PASSED, "");
        expect(reports.get(1), Outcome.CRASHED, "crashed with signal 9 (SIGKILL)");
        expect(reports.get(2), Outcome.CRASHED, "crashed with signal 11 (SIGSEGV) in C  [");
        expect(reports.get(3), Outcome.TIMED_OUT, "took more than 10 s");
        expect(reports.get(4), Outcome.BROKEN, "a fault of the program");
        expect(reports.get(5), Outcome.CRASHED, "ended with exit code 5");
        expect(reports.get(6), Outcome.PASSED, "");
        expect(reports.get(7), Outcome.FAILED, "mismatch: 1 is not 2");
        expect(reports.get(8), Outcome.PASSED, "");
        for (CaseReport report : reports) {
            assertEquals(CaseDraw.of(report.id()).values(), report.values(), "what was drawn is known of " + report);
        }
    }

    private static void expect(CaseReport report, Outcome outcome, String... parts) {
        assertEquals(outcome, report.outcome(), report.toString());
        for (String part : parts) {
            assertTrue(report.message().contains(part), report.message());
        }
    }

    @Test
    void buildingIsNotTheCasesOwnTime() throws InterruptedException {
        TimeLimits limits = new TimeLimits(Duration.ofMinutes(2), Duration.ofSeconds(20), Duration.ofSeconds(20));
        CaseId id = new CaseId(11, 0, 0);
        expect(run(List.of(id), 1, limits, "slowBuild=0").get(0), Outcome.PASSED, "");
        TimeLimits impatient = new TimeLimits(Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(20));
        expect(
                run(List.of(id), 1, impatient, "slowBuild=0").get(0),
                Outcome.TIMED_OUT,
                "took more than 0.5 s, building the simulation");
    }

    @Test
    void aWorkerThatNeverBeginsIsReported() throws InterruptedException {
        List<String> command = List.of("sh", "-c", "echo no Java here >&2; exit 3");
        List<CaseReport> reports = new Regression(command, 1, PATIENT, new Log()).run(List.of(new CaseId(1, 0, 0)));
        expect(reports.get(0), Outcome.BROKEN, "no worker begins with it", "exit code 3", "no Java here");
    }

    @Test
    void anInterruptedRegressionLeavesNoWorker() throws InterruptedException {
        Set<Long> before = children();
        Thread[] running = new Thread[1];
        Thread main = Thread.currentThread();
        running[0] = new Thread(() -> {
            while (children().equals(before)) {
                Thread.onSpinWait();
            }
            main.interrupt();
        });
        running[0].start();
        assertThrows(InterruptedException.class, () -> run(WHOLE.cases(), 2, PATIENT, "hang=0", "hang=1", "hang=2"));
        running[0].join();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!before.containsAll(children())) {
            assertTrue(System.nanoTime() < deadline, "workers are left");
            Thread.sleep(20);
        }
    }

    private static Set<Long> children() {
        Set<Long> alive = new HashSet<>();
        ProcessHandle.current().children().filter(ProcessHandle::isAlive).forEach(child -> alive.add(child.pid()));
        return alive;
    }

    @Test
    void workersKeepToAnAccelerator() {
        CaseQueue queue = new CaseQueue(WHOLE.cases());
        CaseId one = queue.next(Optional.empty()).orElseThrow();
        CaseId other = queue.next(Optional.empty()).orElseThrow();
        assertEquals(0, one.accelerator());
        assertEquals(1, other.accelerator());
        Set<CaseId> handedOut = new HashSet<>(Set.of(one, other));
        for (int left = WHOLE.count() - 2; left > 0; left--) {
            CaseId next = queue.next(Optional.of(other)).orElseThrow();
            assertTrue(handedOut.add(next), next.toString());
            assertEquals(left > WHOLE.count() - 4 ? 1 : next.accelerator(), next.accelerator());
            other = next;
        }
        assertEquals(new HashSet<>(WHOLE.cases()), handedOut);
        assertFalse(queue.next(Optional.of(other)).isPresent());
    }
}
