package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.Messages.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs cases in worker processes. A worker that crashed or took too long is replaced by another. */
public final class Regression {
    private static final int STARTS = 3;

    private final List<String> worker;
    private final int jobs;
    private final TimeLimits limits;
    private final Listener listener;

    /**
     * @param worker command line of a worker process
     * @param jobs how many of them run at once, 1 or more
     * @param listener is told what happens
     */
    public Regression(List<String> worker, int jobs, TimeLimits limits, Listener listener) {
        this.worker = List.copyOf(worker);
        this.jobs = jobs;
        this.limits = limits;
        this.listener = listener;
    }

    /** Is told what happens, by one thread at a time. */
    public interface Listener {
        /** A case is given to a worker. */
        void begun(CaseId id);

        /** A case is done. */
        void done(CaseReport report);
    }

    /**
     * What became of the cases, in their order.
     *
     * @throws InterruptedException when this thread was interrupted; no worker is left then
     */
    public List<CaseReport> run(List<CaseId> cases) throws InterruptedException {
        CaseQueue queue = new CaseQueue(cases);
        Map<CaseId, CaseReport> reports = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                done.add(threads.submit(() -> {
                    work(queue, reports);
                    return null;
                }));
            }
            for (Future<?> job : done) {
                job.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return cases.stream().map(reports::get).toList();
    }

    private void work(CaseQueue queue, Map<CaseId, CaseReport> reports) throws InterruptedException {
        Seat seat = new Seat();
        try {
            Optional<CaseId> id = queue.next(Optional.empty());
            while (id.isPresent()) {
                tell(id.get());
                CaseReport report = seat.run(id.get());
                reports.put(id.get(), report);
                tell(report);
                id = queue.next(id);
            }
        } finally {
            seat.close();
        }
    }

    private synchronized void tell(CaseId id) {
        listener.begun(id);
    }

    private synchronized void tell(CaseReport report) {
        listener.done(report);
    }

    /** Where one worker after the other works. */
    private final class Seat {
        private @Nullable CaseProcess process;

        CaseReport run(CaseId id) throws InterruptedException {
            String reason = "";
            for (int start = 0; start < STARTS; start++) {
                CaseProcess current = process;
                if (current == null || !current.usable()) {
                    close();
                    current = new CaseProcess(worker, limits);
                    process = current;
                }
                Optional<CaseReport> report = current.run(id);
                if (report.isPresent()) {
                    return report.get();
                }
                reason = current.end();
                close();
            }
            return new CaseReport(
                    id,
                    Outcome.BROKEN,
                    "no worker begins with it: it " + reason,
                    0,
                    0,
                    0,
                    Drawn.NOT.values(),
                    Drawn.NOT.rejections());
        }

        void close() {
            if (process != null) {
                process.close();
                process = null;
            }
        }
    }
}
