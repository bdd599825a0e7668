package h2learn.cosim.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A worker process from the outside: it reads a line of standard input for each thing that it is to do, and answers in lines
 * of standard output. Used by one thread.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final int LINES_KEPT = 12;

    private final Process process;
    private final OutputStream input;
    private final Predicate<String> answers;
    // empty: there will be no more
    private final LinkedBlockingQueue<Optional<String>> answered = new LinkedBlockingQueue<>();
    private final Deque<String> said = new ArrayDeque<>();
    private final JavaCrash crash = new JavaCrash();
    private final List<Thread> readers;

    private WorkerProcess(Process process, Predicate<String> answers) {
        this.process = process;
        this.answers = answers;
        input = process.getOutputStream();
        readers = List.of(reader(process.getInputStream(), true), reader(process.getErrorStream(), false));
    }

    /**
     * Starts one.
     *
     * @param command its command line
     * @param answers which lines of its standard output are answers; all others are only kept for {@link #end}
     */
    public static WorkerProcess start(List<String> command, Predicate<String> answers) {
        try {
            return new WorkerProcess(new ProcessBuilder(command).start(), answers);
        } catch (IOException e) {
            throw new UncheckedIOException("the worker process cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * The command line of a worker process with this process's Java and classes, to which arguments may be added.
     *
     * @param heap as in Java's option -Xmx, for example {@code 700m}
     */
    public static List<String> java(Class<?> main, String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // of a crash its report, not a dump of all memory
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ErrorFileToStderr",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
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
                if (speaks && answers.test(line)) {
                    answered.add(Optional.of(line));
                } else {
                    keep(line);
                }
            }
        } catch (IOException ended) {
            keep("its output ended: " + ended.getMessage());
        } finally {
            if (speaks) {
                answered.add(Optional.empty());
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

    /** What it printed last, beside answers and the report that Java makes of a crash; each line after a line break. */
    private synchronized String lastLines() {
        return said.isEmpty() ? "" : "\nits last lines:\n" + String.join("\n", said);
    }

    /** Whether it still runs. */
    public boolean usable() {
        return process.isAlive();
    }

    /** Gives it a line, and forgets what it printed so far; false when it takes none any more. */
    public boolean tell(String line) {
        try {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException gone) {
            return false;
        }
        synchronized (this) {
            said.clear();
        }
        return true;
    }

    /**
     * Its next answer; empty when there will be none, see {@link #end}.
     *
     * @param limit of waiting for it
     * @throws TimeoutException when it took longer; the process is ended then
     */
    public Optional<String> answer(Duration limit) throws InterruptedException, TimeoutException {
        Optional<String> line = answered.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            close();
            throw new TimeoutException("no answer within " + limit.toMillis() + " ms");
        }
        return line;
    }

    /** How it ended and what it printed last: {@code crashed with signal 11 (SIGSEGV) in ...}. To be asked after its last answer. */
    public String end() throws InterruptedException {
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(10));
        }
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            close();
            return "closed its output and went on" + lastLines();
        }
        synchronized (this) {
            return (crash.seen() ? crash.describe() : Signals.describe(process.exitValue())) + lastLines();
        }
    }

    /** Ends the process and what it started, whatever they are doing. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
