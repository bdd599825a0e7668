package h2learn.cosim.regress;

import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.CaseBuild;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.cases.CaseRun;
import h2learn.cosim.cases.DrawnCase;
import h2learn.cosim.failure.FailureFolder;
import h2learn.cosim.regress.Messages.Done;
import h2learn.cosim.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The worker process of a regression: {@code CaseWorker [--failures FOLDER] [--edits FILE]}; see {@link WorkerLoop}. */
public final class CaseWorker implements CaseRunner {
    private static final String FAILURES = "--failures";
    private static final String EDITS = "--edits";
    /** They need another build; who looks at the failure asks for them. */
    private static final int NO_WAVES = 0;

    static final String HEAP = "1500m";

    private final @Nullable Path failures;
    private final List<Edit> edits;

    private CaseWorker(@Nullable Path failures, List<Edit> edits) {
        this.failures = failures;
        this.edits = edits;
    }

    public static void main(String[] arguments) {
        Path failures = null;
        List<Edit> edits = List.of();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            Path path = Path.of(arguments[index + 1]);
            switch (arguments[index]) {
                case FAILURES -> failures = path;
                case EDITS -> edits = EditsFile.read(path);
                default -> throw new IllegalArgumentException(arguments[index]);
            }
        }
        new WorkerLoop(new CaseWorker(failures, edits)).run();
    }

    /**
     * The command line of a worker process with this process's Java and classes.
     *
     * @param failures where each failing case gets a folder of its name, or null for none
     * @param edits file of edits that are made in every case, or null for none
     */
    public static List<String> command(@Nullable Path failures, @Nullable Path edits) {
        List<String> command = new ArrayList<>(WorkerProcess.java(CaseWorker.class, HEAP));
        if (failures != null) {
            command.addAll(List.of(FAILURES, failures.toString()));
        }
        if (edits != null) {
            command.addAll(List.of(EDITS, edits.toString()));
        }
        return command;
    }

    @Override
    public void build(DrawnCase drawn) {
        CaseBuild.prepare(drawn.of().withEdits(edits));
    }

    @Override
    public Done run(DrawnCase drawn) {
        Case run = drawn.of().withEdits(edits);
        if (failures == null) {
            return done(CaseRun.run(run, null), "");
        }
        try {
            return done(FailureFolder.run(run, failures.resolve(run.id()), NO_WAVES), "");
        } catch (InvalidInputException unwritten) {
            // what became of the case matters more than its folder
            return done(CaseRun.run(run, null), "\n" + unwritten.getMessage());
        }
    }

    private static Done done(CaseResult result, String note) {
        if (result instanceof Passed passed) {
            return new Done(Outcome.PASSED, "", passed.words(), passed.cycles());
        }
        Failed failed = (Failed) result;
        return new Done(
                Outcome.FAILED, failed.kind().name().toLowerCase(Locale.ROOT) + ": " + failed.message() + note, 0, 0);
    }
}
