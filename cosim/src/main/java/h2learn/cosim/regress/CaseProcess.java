package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.Messages.Done;
import h2learn.cosim.regress.Messages.Drawn;
import h2learn.cosim.regress.Messages.Message;
import h2learn.cosim.worker.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A process that runs cases, seen from outside. Used by one thread. */
final class CaseProcess implements AutoCloseable {
    private static final double NANOSECONDS = 1e9;

    private final WorkerProcess process;
    private final TimeLimits limits;

    /** @param command line of the process */
    CaseProcess(List<String> command, TimeLimits limits) {
        process = WorkerProcess.start(command, line -> Messages.read(line).isPresent());
        this.limits = limits;
    }

    /** Whether it can run another case. */
    boolean usable() {
        return process.usable();
    }

    /** Runs a case. Empty when the process was no more before it began with it: that is not the case's fault. */
    Optional<CaseReport> run(CaseId id) throws InterruptedException {
        long start = System.nanoTime();
        if (!process.tell(id.toString())) {
            return Optional.empty();
        }
        Drawn drawn = Drawn.NOT;
        boolean begun = false;
        Duration limit = limits.start();
        while (true) {
            Optional<Message> message;
            try {
                message = process.answer(limit).flatMap(Messages::read);
            } catch (TimeoutException hangs) {
                String what = limit.equals(limits.build()) ? ", building the simulation" : "";
                return Optional.of(report(
                        id,
                        drawn,
                        start,
                        failure(Outcome.TIMED_OUT, "took more than " + seconds(limit) + " s" + what)));
            }
            if (message.isEmpty()) {
                return begun
                        ? Optional.of(report(id, drawn, start, failure(Outcome.CRASHED, process.end())))
                        : Optional.empty();
            }
            switch (message.get().kind()) {
                case CASE -> {
                    begun = true;
                    limit = limits.run();
                }
                case DRAWN -> {
                    drawn = Messages.drawn(message.get().content());
                    limit = limits.build();
                }
                case BUILT -> limit = limits.run();
                case DONE -> {
                    return Optional.of(
                            report(id, drawn, start, Messages.done(message.get().content())));
                }
            }
        }
    }

    /** Why it could not begin. */
    String end() throws InterruptedException {
        return process.end();
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? String.valueOf(limit.toSeconds())
                : String.valueOf(limit.toMillis() / 1000.0);
    }

    private static Done failure(Outcome outcome, String message) {
        return new Done(outcome, message, 0, 0);
    }

    private static CaseReport report(CaseId id, Drawn drawn, long start, Done done) {
        return new CaseReport(
                id,
                done.outcome(),
                done.message(),
                done.words(),
                done.cycles(),
                (System.nanoTime() - start) / NANOSECONDS,
                drawn.values(),
                drawn.rejections());
    }

    @Override
    public void close() {
        process.close();
    }
}
