package h2learn.cosim.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.cosim.cases.Dimensions;
import h2learn.cosim.regress.DimensionCoverage.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DimensionCoverageTest {
    private static final Selection SELECTION = new Selection(5, 10, 5, Shard.WHOLE);

    /** Case 5 failed, case 6 was not even drawn. */
    private static final Report REPORT = Reports.of(SELECTION, Map.of(5, Outcome.FAILED, 6, Outcome.BROKEN));

    @Test
    void everyCaseIsCountedOnceInEachDimensionThatItHas() {
        List<Value> values = DimensionCoverage.of(REPORT).values();
        for (String dimension : List.of("lanes", "plan", "time steps", "target")) {
            assertEquals(9, sum(values, dimension, false), dimension);
            assertEquals(8, sum(values, dimension, true), dimension);
        }
        long convolutional = REPORT.cases().stream()
                .filter(one -> one.values().containsKey("kernel"))
                .count();
        assertEquals(convolutional, sum(values, "kernel", false));
        assertTrue(convolutional > 0 && convolutional < 9, "dense ones have no kernel");
    }

    private static long sum(List<Value> values, String dimension, boolean passed) {
        return values.stream()
                .filter(value -> value.dimension().equals(dimension))
                .mapToLong(value -> passed ? value.passed() : value.cases())
                .sum();
    }

    @Test
    void theTableHasAllValuesAndAllReasons() {
        String table = String.join("\n", DimensionCoverage.of(REPORT).table());
        int labels = Dimensions.all().stream()
                .mapToInt(dimension -> dimension.labels().size())
                .sum();
        assertEquals(labels, DimensionCoverage.of(REPORT).values().size());
        REPORT.cases().forEach(one -> one.rejections()
                .keySet()
                .forEach(rejection -> assertTrue(table.contains("x " + rejection.reason()), table)));
        assertTrue(table.contains("never drawn"), table);
    }

    @Test
    void jsonSaysTheSame() throws JsonProcessingException {
        DimensionCoverage coverage = DimensionCoverage.of(REPORT);
        JsonNode root = new ObjectMapper().readTree(coverage.json());
        assertEquals(5, root.path("seed").asInt());
        assertEquals(8, root.path("outcomes").path("passed").asInt());
        assertEquals(1, root.path("outcomes").path("broken").asInt());
        assertEquals(Dimensions.all().size(), root.path("dimensions").size());
        int index = 0;
        for (JsonNode dimension : root.path("dimensions")) {
            for (JsonNode value : dimension.path("values")) {
                Value expected = coverage.values().get(index++);
                assertEquals(expected.dimension(), dimension.path("name").asText());
                assertEquals(expected.value(), value.path("value").asText());
                assertEquals(expected.cases(), value.path("cases").asLong());
                assertEquals(expected.passed(), value.path("passed").asLong());
                assertEquals(expected.reasons().size(), value.path("refused").size());
            }
        }
        assertEquals(coverage.values().size(), index);
        assertEquals(
                coverage.combinations().size(), root.path("combinationsNotUsed").size());
    }
}
