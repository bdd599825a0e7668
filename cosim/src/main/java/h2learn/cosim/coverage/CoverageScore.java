package h2learn.cosim.coverage;

import h2learn.cosim.coverage.CoveragePoint.Kind;
import h2learn.cosim.netlist.FlatNetlist.Fate;
import h2learn.cosim.reason.Reasons;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was used, what was not and cannot matter or is waived, and what is missing.
 *
 * @param all counts of all modules
 * @param modules counts by module
 * @param missing points that no run used and that nothing below covers
 * @param removed toggles that no run used, of bits that the structure of the accelerator does without
 * @param waived points that no run used and a waiver covers, with its reason
 * @param unusedWaivers that cover no point which no run used
 */
public record CoverageScore(
        Map<Kind, Counts> all,
        SortedMap<String, Map<Kind, Counts>> modules,
        List<CoveragePoint> missing,
        SortedMap<CoveragePoint, Fate> removed,
        SortedMap<CoveragePoint, String> waived,
        List<String> unusedWaivers) {
    /** What a point counts as. */
    private enum Use {
        USED,
        REMOVED,
        WAIVED,
        MISSING
    }

    /**
     * @param points all
     * @param used by some run
     * @param removed of those that are not used: constant, or read by nothing
     * @param waived of the rest
     */
    public record Counts(int points, int used, int removed, int waived) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        private Counts plus(Use use) {
            return new Counts(
                    points + 1,
                    used + (use == Use.USED ? 1 : 0),
                    removed + (use == Use.REMOVED ? 1 : 0),
                    waived + (use == Use.WAIVED ? 1 : 0));
        }

        /** Share of all points that are used, 0 to 1; 1 where there are none. */
        public double before() {
            return points == 0 ? 1 : (double) used / points;
        }

        /** Share of the points that are neither removed nor waived that are used. */
        public double after() {
            int left = points - removed - waived;
            return left == 0 ? 1 : (double) used / left;
        }
    }

    /**
     * Holds what was used against the structure and the waivers.
     *
     * @param fates bits that the structure does without, by module and {@code signal[bit]}
     * @param verilog texts by file name
     */
    public static CoverageScore of(
            CoverageData data,
            Map<String, ? extends Map<String, Fate>> fates,
            Reasons<UnusedPoint> waivers,
            Map<String, String> verilog) {
        Map<Kind, Counts> all = new EnumMap<>(Kind.class);
        SortedMap<String, Map<Kind, Counts>> modules = new TreeMap<>();
        List<CoveragePoint> missing = new ArrayList<>();
        SortedMap<CoveragePoint, Fate> removed = new TreeMap<>();
        SortedMap<CoveragePoint, String> waived = new TreeMap<>();
        Map<String, List<String>> lines = new HashMap<>();
        verilog.forEach((file, text) -> lines.put(file, text.lines().toList()));
        data.counts().forEach((point, count) -> {
            Use use = Use.USED;
            if (count == 0) {
                Fate fate = fate(point, fates);
                if (fate != null) {
                    removed.put(point, fate);
                    use = Use.REMOVED;
                } else {
                    String line = line(lines.getOrDefault(point.module() + ".v", List.of()), point.line());
                    Optional<String> reason = waivers.of(new UnusedPoint(point, line));
                    reason.ifPresentOrElse(found -> waived.put(point, found), () -> missing.add(point));
                    use = reason.isPresent() ? Use.WAIVED : Use.MISSING;
                }
            }
            add(all, point.kind(), use);
            add(modules.computeIfAbsent(point.module(), module -> new EnumMap<>(Kind.class)), point.kind(), use);
        });
        return new CoverageScore(all, modules, missing, removed, waived, waivers.unused());
    }

    private static @Nullable Fate fate(CoveragePoint point, Map<String, ? extends Map<String, Fate>> fates) {
        Map<String, Fate> module = fates.get(point.module());
        return point.kind() != Kind.TOGGLE || module == null
                ? null
                : module.get(point.signal() + "[" + point.bit() + "]");
    }

    private static void add(Map<Kind, Counts> counts, Kind kind, Use use) {
        counts.put(kind, counts.getOrDefault(kind, Counts.NONE).plus(use));
    }

    private static String line(List<String> lines, int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
