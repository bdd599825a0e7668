package h2learn.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a command clean up when it is told to end (SIGINT, SIGTERM): its thread is interrupted, which ends compilers it
 * waits for and removes files it is writing, and gets a moment for that. Files are written beside their place and
 * moved there when complete, so that even a process that is killed at once leaves no half of one.
 */
final class Interruption {
    private static final long PATIENCE_MILLISECONDS = 1500;

    private final AtomicBoolean over = new AtomicBoolean();

    private Interruption() {}

    static Interruption watch(Thread command) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.end(command), "h2learn-interruption"));
        return interruption;
    }

    /** The command is done; what ends the process from now on is its own exit. */
    void over() {
        over.set(true);
    }

    private void end(Thread command) {
        if (over.get()) {
            return;
        }
        command.interrupt();
        long deadline = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000;
        try {
            while (!over.get() && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
