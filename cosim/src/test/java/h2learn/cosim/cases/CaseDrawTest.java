package h2learn.cosim.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigCheck;
import h2learn.config.InvalidInputException;
import h2learn.network.NetworkCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaseDrawTest {
    private static final long SEED = 7;
    private static final int CASES = 120;
    private static final int PER_ACCELERATOR = 4;

    private static final List<DrawnCase> DRAWN = new ArrayList<>();

    @BeforeAll
    static void draw() {
        for (int index = 0; index < CASES; index++) {
            DRAWN.add(CaseDraw.of(CaseId.at(SEED, index, PER_ACCELERATOR)));
        }
    }

    @Test
    void aCaseDependsOnItsIdAlone() {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 17, 50, 119));
        Collections.reverse(order);
        for (int index : order) {
            CaseId id = CaseId.parse(DRAWN.get(index).of().id());
            assertEquals(CaseId.at(SEED, index, PER_ACCELERATOR), id);
            assertEquals(DRAWN.get(index), CaseDraw.of(id));
        }
    }

    @Test
    void seedsAndNumbersGiveOtherCases() {
        Set<Object> networks = new HashSet<>();
        Set<Object> accelerators = new HashSet<>();
        DRAWN.forEach(drawn -> {
            networks.add(drawn.of().network().layers());
            accelerators.add(drawn.of().config());
        });
        assertEquals(CASES / PER_ACCELERATOR, accelerators.size());
        assertTrue(networks.size() > CASES * 9 / 10, networks.size() + " networks");
        assertNotEquals(DRAWN.get(3).of().config(), CaseDraw.accelerator(new CaseId(SEED + 1, 0, 3)));
    }

    @Test
    void casesOfAnAcceleratorShareIt() {
        for (int index = 0; index < CASES; index++) {
            CaseId id = CaseId.at(SEED, index, PER_ACCELERATOR);
            assertEquals(CaseDraw.accelerator(id), DRAWN.get(index).of().config());
        }
    }

    @Test
    void drawnCasesAreLegal() {
        for (DrawnCase drawn : DRAWN) {
            Case one = drawn.of();
            assertEquals(List.of(), ConfigCheck.problems(one.config()), one.id());
            assertEquals(List.of(), NetworkCheck.problems(one.network(), one.config()), one.id());
            assertTrue(one.samples() <= one.network().training().minibatch(), one.id());
        }
    }

    /** What a case is said to be is what it is. */
    @Test
    void valuesAreThoseOfTheCase() {
        for (DrawnCase drawn : DRAWN) {
            Case one = drawn.of();
            Map<String, String> values = drawn.values();
            assertEquals(values.get("lanes"), String.valueOf(one.config().lanes()));
            assertEquals(
                    values.get("bus data bits"),
                    String.valueOf(one.config().memoryBus().dataBits()));
            assertEquals(values.get("plan"), one.plan().name().toLowerCase(java.util.Locale.ROOT));
            assertEquals(values.get("updates"), String.valueOf(one.updates()));
            long weighted = one.network().shapes().stream()
                    .filter(shape -> shape.weighted())
                    .count();
            assertEquals(values.get("weighted layers"), String.valueOf(weighted));
            assertEquals(values.get("momentum"), one.network().training().momentum() > 0 ? "yes" : "no");
            boolean pools = one.network().shapes().stream().anyMatch(shape -> !shape.weighted());
            assertEquals(
                    String.valueOf(values.get("network shape")).endsWith("pool")
                            || "both-pools".equals(values.get("network shape")),
                    pools,
                    one.id());
        }
    }

    @Test
    void valuesAreThoseThatDimensionsList() {
        Map<String, List<String>> labels = new HashMap<>();
        Dimensions.all().forEach(dimension -> labels.put(dimension.name(), dimension.labels()));
        assertEquals(Dimensions.all().size(), labels.size(), "two dimensions of one name");
        for (DrawnCase drawn : DRAWN) {
            drawn.values()
                    .forEach((dimension, value) -> assertTrue(
                            labels.getOrDefault(dimension, List.of()).contains(value), dimension + " " + value));
        }
    }

    @Test
    void whatIsRefusedIsCountedWithItsReason() {
        Set<String> seen = new HashSet<>();
        DRAWN.forEach(drawn -> drawn.rejections().keySet().forEach(rejection -> seen.add(rejection.toString())));
        assertTrue(seen.contains("check each-program: without external memory there are no programs"), seen::toString);
        assertTrue(seen.contains("LUT inputs 8: more than lanes"), seen::toString);
        for (String reason : seen) {
            assertTrue(reason.matches("[^\\n;]{10,}[^.:]"), reason);
        }
        // an accelerator's own stand in its first case, so that a sum over all cases counts them once
        for (int index = 0; index < CASES; index++) {
            boolean first = index % PER_ACCELERATOR == 0;
            assertTrue(
                    first
                            || DRAWN.get(index).rejections().keySet().stream()
                                    .noneMatch(
                                            rejection -> rejection.dimension().equals("LUT inputs")),
                    DRAWN.get(index).of().id());
        }
    }

    @Test
    void idsAreReadAsTheyAreWritten() {
        CaseId id = new CaseId(20_261_124, 3, 17);
        assertEquals("20261124-3-17", id.toString());
        assertEquals(id, CaseId.parse(id.toString()));
        for (String wrong : List.of("", "3", "1-2", "1-2-3-4", "-1-2-3", "a-b-c", "1-2-99999999999")) {
            InvalidInputException refused = assertThrows(InvalidInputException.class, () -> CaseId.parse(wrong));
            assertTrue(String.valueOf(refused.getMessage()).contains("SEED-ACCELERATOR-NUMBER"));
        }
    }
}
