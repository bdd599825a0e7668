package h2learn.cosim.mutate;

import h2learn.cosim.worker.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link MutantWorker} seen from outside; started when it is needed and again when it ended. Used by one thread. */
final class MutantProcess implements AutoCloseable {
    private static final String HEAP = "700m";

    private final List<String> command;
    private final Duration limit;
    private @Nullable WorkerProcess process;

    /**
     * @param config name or file of the configuration
     * @param library that holds the mutants
     * @param limit wall-clock time for all scenarios of one mutant
     */
    MutantProcess(String config, Path library, Duration limit) {
        this.limit = limit;
        command = new ArrayList<>(WorkerProcess.java(MutantWorker.class, HEAP));
        command.addAll(List.of(config, library.toString()));
    }

    /**
     * Runs scenarios on a mutant; 0 is the original.
     *
     * @param scenarios their places in the configuration's list, at least one
     * @throws IllegalStateException when this thread was interrupted
     */
    Verdict verdict(int mutant, Collection<Integer> scenarios) {
        long start = System.nanoTime();
        if (process != null && !process.usable()) {
            close();
        }
        WorkerProcess current = process == null ? WorkerProcess.start(command, Verdict::isLine) : process;
        process = current;
        String places = scenarios.stream().map(String::valueOf).collect(Collectors.joining(","));
        try {
            Optional<String> line = current.tell(mutant + "\t" + places) ? current.answer(limit) : Optional.empty();
            if (line.isPresent()) {
                return Verdict.ofLine(line.get());
            }
            String end = current.end().lines().findFirst().orElse("");
            close();
            return new Verdict(Verdict.Kind.CRASHED, "", "the simulation's process " + end, Set.of(), since(start));
        } catch (TimeoutException hangs) {
            close();
            return new Verdict(
                    Verdict.Kind.HUNG, "", "no end within " + limit.toSeconds() + " s", Set.of(), since(start));
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a mutant ran", e);
        }
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        process = null;
    }
}
