package h2learn.cosim.regress;

import com.sun.jna.Pointer;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.DrawnCase;
import h2learn.cosim.regress.Messages.Done;
import h2learn.cosim.worker.WorkerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A worker that simulates nothing; what it does in which case is said by arguments such as {@code kill=3}. */
final class StandInWorker implements CaseRunner {
    private final Map<Integer, String> acts = new TreeMap<>();

    private StandInWorker(String[] arguments) {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            acts.put(Integer.valueOf(parts[1]), parts[0]);
        }
    }

    public static void main(String[] arguments) {
        new WorkerLoop(new StandInWorker(arguments)).run();
    }

    static List<String> command(String... acts) {
        List<String> command = new ArrayList<>(WorkerProcess.java(StandInWorker.class, CaseWorker.HEAP));
        command.addAll(List.of(acts));
        return command;
    }

    /** Depends on the case alone. */
    static long words(DrawnCase drawn) {
        return 1 + drawn.of().seed() % 1000;
    }

    @Override
    public void build(DrawnCase drawn) {
        if (act(drawn).equals("slowBuild")) {
            sleep(3_000);
        }
    }

    @Override
    public Done run(DrawnCase drawn) {
        switch (act(drawn)) {
            case "kill" -> kill();
            case "crash" -> new Pointer(0).setInt(0, 1);
            case "exit" -> Runtime.getRuntime().halt(5);
            case "hang" -> sleep(Long.MAX_VALUE);
            case "throw" -> throw new IllegalStateException("a fault of the program");
            case "print" -> {
                System.out.println("@h2learn DONE {\"outcome\":\"FAILED\"}");
                System.out.println("noise");
            }
            case "fail" -> {
                return new Done(Outcome.FAILED, "mismatch: 1 is not 2\nat \u0007 place", 0, 0);
            }
            default -> {}
        }
        return new Done(Outcome.PASSED, "", words(drawn), 10);
    }

    private String act(DrawnCase drawn) {
        return acts.getOrDefault(CaseId.parse(drawn.of().id()).number(), "");
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        sleep(Long.MAX_VALUE);
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
