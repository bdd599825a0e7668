package h2learn.cosim.regress;

import java.util.List;

/**
 * A regression, or a shard of one, that was run.
 *
 * @param selection which cases were to be run
 * @param cases what became of them, in their order
 */
public record Report(Selection selection, List<CaseReport> cases) {
    public Report {
        cases = List.copyOf(cases);
    }

    public long count(Outcome outcome) {
        return cases.stream().filter(one -> one.outcome() == outcome).count();
    }

    public boolean passed() {
        return cases.stream().allMatch(CaseReport::passed);
    }

    public List<CaseReport> failures() {
        return cases.stream().filter(one -> !one.passed()).toList();
    }
}
