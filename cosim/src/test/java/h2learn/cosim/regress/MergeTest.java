package h2learn.cosim.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final Selection WHOLE = new Selection(5, 10, 4, Shard.WHOLE);

    private static Report shard(int index, int of) {
        return shard(WHOLE, index, of);
    }

    private static Report shard(Selection selection, int index, int of) {
        return Reports.of(selection.with(new Shard(index, of)), index == 2 ? Map.of(1, Outcome.FAILED) : Map.of());
    }

    private static Map<String, Report> files(Report... reports) {
        Map<String, Report> files = new LinkedHashMap<>();
        for (Report report : reports) {
            files.put((char) ('a' + files.size()) + ".xml", report);
        }
        return files;
    }

    @Test
    void givesTheReportOfTheWholeInWhateverOrder() {
        Report merged = Merge.of(files(shard(3, 3), shard(1, 3), shard(2, 3)));
        assertEquals(WHOLE, merged.selection());
        assertEquals(WHOLE.cases(), merged.cases().stream().map(CaseReport::id).toList());
        assertEquals(9, merged.count(Outcome.PASSED));
        assertEquals(
                List.of("5-1-0"),
                merged.failures().stream().map(one -> one.id().toString()).toList());
    }

    @Test
    void missingShardsAreNamed() {
        refused(files(shard(1, 4), shard(3, 4)), "of seed 5 shards 2/4, 4/4 are missing");
        refused(files(shard(2, 2)), "of seed 5 shard 1/2 is missing");
    }

    @Test
    void foreignReportsAreRefused() {
        refused(files(shard(1, 2), shard(new Selection(6, 10, 4, Shard.WHOLE), 2, 2)), "b.xml: its seed is 6");
        refused(files(shard(1, 2), shard(new Selection(5, 11, 4, Shard.WHOLE), 2, 2)), "b.xml: its count is 11");
        refused(
                files(shard(1, 2), shard(new Selection(5, 10, 5, Shard.WHOLE), 2, 2)),
                "b.xml: its cases per accelerator is 5");
        refused(files(shard(1, 2), shard(2, 3)), "b.xml: its number of shards is 3");
        refused(files(shard(1, 2), shard(1, 2)), "b.xml: is of shard 1/2 as a.xml is");
    }

    @Test
    void halfAReportIsRefused() {
        Report second = shard(2, 2);
        Report half = new Report(second.selection(), second.cases().subList(0, 3));
        refused(files(shard(1, 2), half), "b.xml: holds 3 cases, not the 5 of shard 2/2; missing are 5-2-0, 5-2-1");
    }

    @Test
    void allProblemsAreTold() {
        InvalidInputException refused = assertThrows(
                InvalidInputException.class,
                () -> Merge.of(files(shard(1, 2), shard(1, 2), shard(new Selection(6, 10, 4, Shard.WHOLE), 2, 2))));
        assertEquals(2, refused.problems().size(), refused.getMessage());
    }

    private static void refused(Map<String, Report> reports, String part) {
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> Merge.of(reports));
        assertTrue(String.valueOf(refused.getMessage()).contains(part), refused.getMessage());
    }
}
