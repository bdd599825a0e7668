package h2learn.cosim.regress;

import h2learn.cosim.cases.CaseDraw;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.DrawnCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports of cases that were drawn and not run. */
final class Reports {
    /** What a message may hold. */
    static final String MESSAGE = "mismatch: <u> \"of\" & 'x'\nat ]]> \u00e4 \uD83D\uDE00";

    private Reports() {}

    /** Its cases pass, but for those of outcomes that are given by their place in the shard. */
    static Report of(Selection selection, Map<Integer, Outcome> outcomes) {
        List<CaseReport> cases = new ArrayList<>();
        for (CaseId id : selection.cases()) {
            Outcome outcome = outcomes.getOrDefault(cases.size(), Outcome.PASSED);
            DrawnCase drawn = CaseDraw.of(id);
            boolean passed = outcome == Outcome.PASSED;
            cases.add(new CaseReport(
                    id,
                    outcome,
                    passed ? "" : MESSAGE,
                    passed ? 100 + cases.size() : 0,
                    passed ? 1000 : 0,
                    1.5,
                    outcome == Outcome.BROKEN ? Map.of() : drawn.values(),
                    outcome == Outcome.BROKEN ? new TreeMap<>() : drawn.rejections()));
        }
        return new Report(selection, cases);
    }
}
