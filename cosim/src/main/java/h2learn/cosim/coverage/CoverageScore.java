package h2learn.cosim.coverage;

import h2learn.cosim.coverage.CoveragePoint.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was used, what was not and is waived, and what is missing.
 *
 * @param all counts of all modules
 * @param modules counts by module
 * @param missing points that no run used and no waiver covers
 * @param waived points that no run used and a waiver covers, with its reason
 * @param unusedWaivers that cover no point which no run used
 */
public record CoverageScore(
        Map<Kind, Counts> all,
        SortedMap<String, Map<Kind, Counts>> modules,
        List<CoveragePoint> missing,
        SortedMap<CoveragePoint, String> waived,
        List<String> unusedWaivers) {
    /**
     * @param points all
     * @param used by some run
     * @param waived of those that are not used
     */
    public record Counts(int points, int used, int waived) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(boolean isUsed, boolean isWaived) {
            return new Counts(points + 1, used + (isUsed ? 1 : 0), waived + (isWaived ? 1 : 0));
        }

        /** Share of all points that are used, 0 to 1; 1 where there are none. */
        public double before() {
            return points == 0 ? 1 : (double) used / points;
        }

        /** Share of the points that are not waived that are used. */
        public double after() {
            return points == waived ? 1 : (double) used / (points - waived);
        }
    }

    /**
     * Holds what was used against the waivers.
     *
     * @param verilog texts by file name
     */
    public static CoverageScore of(CoverageData data, Waivers waivers, Map<String, String> verilog) {
        Map<Kind, Counts> all = new EnumMap<>(Kind.class);
        SortedMap<String, Map<Kind, Counts>> modules = new TreeMap<>();
        List<CoveragePoint> missing = new ArrayList<>();
        SortedMap<CoveragePoint, String> waived = new TreeMap<>();
        List<Waiver> unused = new ArrayList<>(waivers.all());
        Map<String, List<String>> lines = new HashMap<>();
        verilog.forEach((file, text) -> lines.put(file, text.lines().toList()));
        data.counts().forEach((point, count) -> {
            String reason = null;
            if (count == 0) {
                String line = line(lines.getOrDefault(point.module() + ".v", List.of()), point.line());
                for (Waiver waiver : waivers.all()) {
                    if (waiver.covers(point, line)) {
                        unused.remove(waiver);
                        reason = reason == null ? waiver.reason() : reason;
                    }
                }
                if (reason == null) {
                    missing.add(point);
                } else {
                    waived.put(point, reason);
                }
            }
            boolean isWaived = reason != null;
            add(all, point.kind(), count > 0, isWaived);
            add(
                    modules.computeIfAbsent(point.module(), module -> new EnumMap<>(Kind.class)),
                    point.kind(),
                    count > 0,
                    isWaived);
        });
        return new CoverageScore(
                all,
                modules,
                missing,
                waived,
                unused.stream().map(Waiver::describe).toList());
    }

    private static void add(Map<Kind, Counts> counts, Kind kind, boolean isUsed, boolean isWaived) {
        counts.put(kind, counts.getOrDefault(kind, Counts.NONE).plus(isUsed, isWaived));
    }

    private static String line(List<String> lines, int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
