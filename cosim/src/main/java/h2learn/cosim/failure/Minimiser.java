package h2learn.cosim.failure;

import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseRun;
import h2learn.cosim.failure.Reductions.Reduction;
import h2learn.host.PlacementException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a failing case smaller while it still fails in the same way: one {@linkplain Reductions reduction} after the
 * other is tried, and kept when the smaller case is legal and fails too, until none is left or the trials are used up.
 * First those of the network and its samples, then those of the accelerator, which has to be built anew for each. The
 * same case gives the same smaller one.
 */
public final class Minimiser {
    /**
     * How much may be tried.
     *
     * @param runs of smaller cases
     * @param builds of those runs with another accelerator
     */
    public record Limits(int runs, int builds) {
        /** Some minutes with a small accelerator. */
        public static final Limits STANDARD = new Limits(300, 12);
    }

    /**
     * What came of it.
     *
     * @param smallest case found
     * @param failed how it fails
     * @param runs of smaller cases that it took
     */
    public record Outcome(Case smallest, Failed failed, int runs) {}

    private final Function<Case, CaseResult> run;
    private final Limits limits;
    private final Consumer<String> accepted;
    private final CaseFile reader = new CaseFile();
    private final Set<Case> tried = new HashSet<>();
    private Case smallest;
    private Failed failed;
    private int runs;
    private int builds;

    private Minimiser(
            Case from, Failed failed, Function<Case, CaseResult> run, Limits limits, Consumer<String> accepted) {
        smallest = from;
        this.failed = failed;
        this.run = run;
        this.limits = limits;
        this.accepted = accepted;
    }

    /**
     * Minimises a case.
     *
     * @param accepted gets a line for each reduction that is kept
     * @return empty when the case passes
     */
    public static Optional<Outcome> minimise(Case from, Limits limits, Consumer<String> accepted) {
        return minimise(from, smaller -> CaseRun.run(smaller, null), limits, accepted);
    }

    /** The same with another way to run cases. */
    static Optional<Outcome> minimise(
            Case from, Function<Case, CaseResult> run, Limits limits, Consumer<String> accepted) {
        if (!(run.apply(from) instanceof Failed failed)) {
            return Optional.empty();
        }
        Minimiser minimiser = new Minimiser(from, failed, run, limits, accepted);
        minimiser.tried.add(from);
        minimiser.exhaust(Reductions::ofNetwork, false);
        if (minimiser.exhaust(Reductions::ofConfig, true)) {
            minimiser.exhaust(Reductions::ofNetwork, false);
        }
        return Optional.of(new Outcome(minimiser.smallest, minimiser.failed, minimiser.runs));
    }

    /** Tries all reductions again and again until none helps; whether any did. */
    private boolean exhaust(Function<Case, List<Reduction>> reductions, boolean builds) {
        boolean any = false;
        boolean more = true;
        while (more) {
            more = pass(reductions, builds);
            any |= more;
        }
        return any;
    }

    /** Tries each reduction once, later ones on what earlier ones left. */
    private boolean pass(Function<Case, List<Reduction>> reductions, boolean builds) {
        boolean any = false;
        List<Reduction> open = reductions.apply(smallest);
        int next = 0;
        while (next < open.size()) {
            if (helps(open.get(next), builds)) {
                any = true;
                // the same places again, in the smaller case; what stands before them was tried just now
                open = reductions.apply(smallest);
                next = Math.min(next, open.size());
            } else {
                next++;
            }
        }
        return any;
    }

    private boolean helps(Reduction reduction, boolean builds) {
        Case smaller;
        try {
            smaller = reduction.tree().read(reader);
            CaseRun.check(smaller);
        } catch (InvalidInputException | PlacementException illegal) {
            return false;
        }
        if (runs >= limits.runs() || (builds && this.builds >= limits.builds()) || !tried.add(smaller)) {
            return false;
        }
        runs++;
        this.builds += builds ? 1 : 0;
        if (run.apply(smaller) instanceof Failed same && same.kind() == failed.kind()) {
            smallest = smaller;
            failed = same;
            accepted.accept("run " + runs + ": " + reduction.text());
            return true;
        }
        return false;
    }
}
