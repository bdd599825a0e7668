package h2learn.cosim.mutate;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link MutantWorker} seen from outside; started when it is needed and again when it ended. For one thread. */
final class WorkerProcess implements AutoCloseable {
    private final List<String> command;
    private final Duration limit;
    private @Nullable Process process;
    private @Nullable BufferedWriter to;
    private @Nullable BufferedReader from;

    /**
     * @param config name or file of the configuration
     * @param library that holds the mutants
     * @param limit wall-clock time for all scenarios of one mutant
     */
    WorkerProcess(String config, Path library, Duration limit) {
        this.limit = limit;
        command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx700m",
                "-cp",
                System.getProperty("java.class.path"),
                MutantWorker.class.getName(),
                config,
                library.toString());
    }

    /**
     * Runs scenarios on a mutant; 0 is the original.
     *
     * @param scenarios their places in the configuration's list, at least one
     */
    Verdict verdict(int mutant, Collection<Integer> scenarios) {
        long start = System.nanoTime();
        try {
            if (process == null) {
                start();
            }
            String places = scenarios.stream().map(String::valueOf).collect(Collectors.joining(","));
            String line = ask(mutant + "\t" + places);
            if (line != null) {
                return Verdict.ofLine(line);
            }
            close();
            return new Verdict(Verdict.Kind.CRASHED, "", "the simulation's process ended", Set.of(), since(start));
        } catch (TimeoutException e) {
            close();
            return new Verdict(
                    Verdict.Kind.HUNG, "", "no end within " + limit.toSeconds() + " s", Set.of(), since(start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private void start() throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        to = new BufferedWriter(new OutputStreamWriter(started.getOutputStream(), StandardCharsets.UTF_8));
        from = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Null when the process ended. */
    private @Nullable String ask(String question) throws IOException, TimeoutException {
        BufferedReader reader = from;
        BufferedWriter writer = to;
        if (reader == null || writer == null) {
            throw new IllegalStateException("the worker is closed");
        }
        writer.write(question + "\n");
        writer.flush();
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return reader.readLine();
            } catch (IOException ended) {
                return null;
            }
        });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        process = null;
        to = null;
        from = null;
    }
}
