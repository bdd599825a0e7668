package h2learn.cosim.regress;

import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.CaseId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Joins the reports of a regression's shards to the report of the whole. */
public final class Merge {
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, String> files = new TreeMap<>();
    private final Map<CaseId, CaseReport> cases = new LinkedHashMap<>();

    private Merge() {}

    /**
     * @param reports by the name of the file that each is from; at least one
     * @throws InvalidInputException with all reasons, when they are not all shards of one regression
     */
    public static Report of(Map<String, Report> reports) {
        Merge merge = new Merge();
        Map.Entry<String, Report> first = reports.entrySet().iterator().next();
        reports.forEach((file, report) -> merge.add(file, report, first));
        Selection whole = first.getValue().selection().with(Shard.WHOLE);
        if (merge.problems.isEmpty()) {
            merge.complete(whole, first.getValue().selection().shard().of());
        }
        if (!merge.problems.isEmpty()) {
            throw new InvalidInputException(merge.problems);
        }
        return new Report(
                whole,
                whole.cases().stream()
                        .map(id -> Objects.requireNonNull(merge.cases.get(id)))
                        .toList());
    }

    private void add(String file, Report report, Map.Entry<String, Report> first) {
        Selection own = report.selection();
        Selection other = first.getValue().selection();
        int before = problems.size();
        same(file, "seed", own.seed(), first.getKey(), other.seed());
        same(file, "count", own.count(), first.getKey(), other.count());
        same(file, "cases per accelerator", own.casesPerAccelerator(), first.getKey(), other.casesPerAccelerator());
        same(
                file,
                "number of shards",
                own.shard().of(),
                first.getKey(),
                other.shard().of());
        String twice = files.putIfAbsent(own.shard().index(), file);
        if (problems.size() == before && twice != null) {
            problems.add(file + ": is of shard " + own.shard() + " as " + twice + " is; give each shard once");
        }
        if (problems.size() > before) {
            return;
        }
        List<CaseId> wanted = own.cases();
        List<CaseId> found = report.cases().stream().map(CaseReport::id).toList();
        if (!wanted.equals(found)) {
            String missing = wanted.stream()
                    .filter(id -> !found.contains(id))
                    .limit(5)
                    .map(CaseId::toString)
                    .collect(Collectors.joining(", "));
            problems.add(file + ": holds " + found.size() + " cases, not the " + wanted.size() + " of shard "
                    + own.shard() + (missing.isEmpty() ? "" : "; missing are " + missing)
                    + "; run this shard again");
        }
        report.cases().forEach(one -> cases.put(one.id(), one));
    }

    private void same(String file, String what, long own, String firstFile, long other) {
        if (own != other) {
            problems.add(file + ": its " + what + " is " + own + ", that of " + firstFile + " is " + other
                    + "; give the shards of one regression");
        }
    }

    private void complete(Selection whole, int shards) {
        List<String> missing = IntStream.rangeClosed(1, shards)
                .filter(index -> !files.containsKey(index))
                .mapToObj(index -> new Shard(index, shards).toString())
                .toList();
        if (!missing.isEmpty()) {
            problems.add("of seed " + whole.seed() + " " + (missing.size() == 1 ? "shard " : "shards ")
                    + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are")
                    + " missing; run them and give their reports too");
        }
    }
}
