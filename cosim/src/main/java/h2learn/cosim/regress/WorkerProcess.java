package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseId;
import h2learn.cosim.regress.Messages.Done;
import h2learn.cosim.regress.Messages.Drawn;
import h2learn.cosim.regress.Messages.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker process from the outside. Used by one thread. */
final class WorkerProcess implements AutoCloseable {
    private static final String END = "";
    private static final int LINES_KEPT = 12;
    private static final double NANOSECONDS = 1e9;

    private final Process process;
    private final TimeLimits limits;
    private final OutputStream input;
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Deque<String> said = new ArrayDeque<>();
    private final JavaCrash crash = new JavaCrash();
    private final List<Thread> readers;

    private WorkerProcess(Process process, TimeLimits limits) {
        this.process = process;
        this.limits = limits;
        input = process.getOutputStream();
        readers = List.of(reader(process.getInputStream(), true), reader(process.getErrorStream(), false));
    }

    /** @param command line of the process */
    static WorkerProcess start(List<String> command, TimeLimits limits) {
        try {
            return new WorkerProcess(new ProcessBuilder(command).start(), limits);
        } catch (IOException e) {
            throw new UncheckedIOException("the worker process cannot be started: " + e.getMessage(), e);
        }
    }

    private Thread reader(InputStream stream, boolean speaks) {
        Thread thread = new Thread(() -> read(stream, speaks), speaks ? "worker's output" : "worker's errors");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream stream, boolean speaks) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (speaks && Messages.read(line).isPresent()) {
                    messages.add(line);
                } else {
                    keep(line);
                }
            }
        } catch (IOException ended) {
            keep("its output ended: " + ended.getMessage());
        } finally {
            if (speaks) {
                messages.add(END);
            }
        }
    }

    private synchronized void keep(String line) {
        if (crash.read(line)) {
            return;
        }
        said.add(line);
        if (said.size() > LINES_KEPT) {
            said.remove();
        }
    }

    /** What it printed last, beside messages and the report that Java makes of a crash; each line after a line break. */
    private synchronized String lastLines() {
        return said.isEmpty() ? "" : "\nits last lines:\n" + String.join("\n", said);
    }

    /** Whether it can run another case. */
    boolean usable() {
        return process.isAlive();
    }

    /** Runs a case. Empty when the process was no more before it began with it: that is not the case's fault. */
    Optional<CaseReport> run(CaseId id) throws InterruptedException {
        long start = System.nanoTime();
        try {
            input.write((id + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException gone) {
            return Optional.empty();
        }
        synchronized (this) {
            said.clear();
        }
        Drawn drawn = Drawn.NOT;
        boolean begun = false;
        Duration limit = limits.start();
        while (true) {
            String line = messages.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                close();
                String what = limit.equals(limits.build()) ? ", building the simulation" : "";
                return Optional.of(report(
                        id,
                        drawn,
                        start,
                        failure(Outcome.TIMED_OUT, "took more than " + seconds(limit) + " s" + what)));
            }
            Optional<Message> message = Messages.read(line);
            if (message.isEmpty()) {
                String end = ending();
                return begun
                        ? Optional.of(report(id, drawn, start, failure(Outcome.CRASHED, end + lastLines())))
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
        return ending() + lastLines();
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

    /** How the process ended, once its output has. */
    private String ending() throws InterruptedException {
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(10));
        }
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            close();
            return "closed its output and went on";
        }
        synchronized (this) {
            return crash.seen() ? crash.describe() : Signals.describe(process.exitValue());
        }
    }

    /** Ends the process and what it started, whatever they are doing. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
