package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseDraw;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.DrawnCase;
import h2learn.cosim.regress.Messages.Done;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The inside of a worker process: reads ids of cases from standard input, one a line, runs one after the other, and says on
 * standard output what it does, the id of a case before anything else of it. Ends with its standard input, also in the middle of a case: then whoever
 * started it is gone.
 */
final class WorkerLoop {
    private static final int ENDED_BY_INPUT = 0;

    private final CaseRunner runner;
    private final PrintStream out;
    private final LinkedBlockingQueue<String> ids = new LinkedBlockingQueue<>();

    WorkerLoop(CaseRunner runner) {
        this.runner = runner;
        out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** Does not return. */
    void run() {
        // what others print is no message
        System.setOut(System.err);
        Thread input = new Thread(this::listen, "input");
        input.setDaemon(true);
        input.start();
        try {
            while (true) {
                one(ids.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ids.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(ENDED_BY_INPUT);
        }
    }

    private void one(String id) {
        out.println(Messages.begun(id));
        Done done;
        try {
            DrawnCase drawn = CaseDraw.of(CaseId.parse(id));
            out.println(Messages.drawn(drawn));
            runner.build(drawn);
            out.println(Messages.built());
            done = runner.run(drawn);
        } catch (RuntimeException | StackOverflowError | AssertionError fault) {
            fault.printStackTrace();
            done = new Done(Outcome.BROKEN, fault.toString(), 0, 0);
        }
        out.println(Messages.done(done));
    }
}
