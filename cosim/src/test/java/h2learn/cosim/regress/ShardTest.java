package h2learn.cosim.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import h2learn.cosim.cases.CaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 3", "1000, 7", "2, 5", "25, 25"})
    void allTogetherAreTheWholeInItsOrder(int count, int shards) {
        Selection whole = new Selection(3, count, 4, Shard.WHOLE);
        List<CaseId> joined = new ArrayList<>();
        int most = 0;
        int least = Integer.MAX_VALUE;
        for (int index = 1; index <= shards; index++) {
            List<CaseId> part = whole.with(new Shard(index, shards)).cases();
            joined.addAll(part);
            most = Math.max(most, part.size());
            least = Math.min(least, part.size());
        }
        assertEquals(whole.cases(), joined);
        assertEquals(count, joined.stream().distinct().count());
        assertTrue(most - least <= 1, least + " to " + most);
    }

    @Test
    void givenOnes() {
        assertEquals(new Shard(2, 4), Shard.parse("2/4", Map.of("SLURM_ARRAY_TASK_ID", "0")));
        assertEquals("2/4", Shard.parse("2/4", Map.of()).toString());
    }

    @Test
    void slurmJobArray() {
        Map<String, String> environment = Map.of("SLURM_ARRAY_TASK_ID", "0", "SLURM_ARRAY_TASK_COUNT", "2");
        assertEquals(new Shard(1, 2), Shard.parse("auto", environment));
        Map<String, String> steps = Map.of(
                "SLURM_ARRAY_TASK_ID", "14",
                "SLURM_ARRAY_TASK_MIN", "10",
                "SLURM_ARRAY_TASK_STEP", "2",
                "SLURM_ARRAY_TASK_COUNT", "4");
        assertEquals(new Shard(3, 4), Shard.parse("auto", steps));
        assertEquals(new Shard(3, 9), Shard.parse("auto/9", steps));
    }

    @Test
    void kubernetesIndexedJob() {
        assertEquals(new Shard(4, 4), Shard.parse("auto/4", Map.of("JOB_COMPLETION_INDEX", "3")));
        refused("auto", Map.of("JOB_COMPLETION_INDEX", "3"), "use auto/COUNT");
        refused("auto/3", Map.of("JOB_COMPLETION_INDEX", "3"), "no part 4 of 3");
    }

    @Test
    void othersAreRefused() {
        for (String wrong : List.of("", "1", "0/4", "5/4", "1/0", "a/b", "-1/2", "auto/0", "auto/x", "1/4/2")) {
            refused(wrong, Map.of("JOB_COMPLETION_INDEX", "0"), "--shard: ");
        }
        refused("auto", Map.of(), "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX");
        refused("auto/2", Map.of("JOB_COMPLETION_INDEX", "x"), "JOB_COMPLETION_INDEX: x is no index");
    }

    private static void refused(String text, Map<String, String> environment, String part) {
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> Shard.parse(text, environment), text);
        assertTrue(String.valueOf(refused.getMessage()).contains(part), refused.getMessage());
    }
}
