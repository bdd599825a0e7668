package h2learn.cosim.train;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The one thread that a simulation belongs to; other threads hand it what to do and wait. */
final class SimulationThread implements AutoCloseable {
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "h2learn-simulation");
        thread.setDaemon(true);
        return thread;
    });

    /** Runs {@code task} there and returns its result; unchecked exceptions come through as they are. */
    <T> T call(Callable<T> task) {
        if (executor.isShutdown()) {
            throw new IllegalStateException("the simulation is closed");
        }
        Future<T> future = executor.submit(task);
        try {
            return future.get();
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the simulation ran", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("the simulation failed", e.getCause());
        }
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
