package h2learn.rtl.transfer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.hdl.test.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurstSplitterTest {
    private static final int ADDRESS_BITS = 16;
    private static final int WORD_BITS = 9;

    private record Burst(long address, int beats) {}

    /** Every bus word of the run once, in order, and no burst over 4 KiB or longer than allowed. */
    @ParameterizedTest
    @CsvSource({"4, 16", "8, 16", "16, 16", "16, 256"})
    void splitsRuns(int busBytes, int burstBeats) {
        Simulation simulation = new Simulation(
                BurstSplitter.class,
                () -> new BurstSplitter("BurstSplitter", ADDRESS_BITS, WORD_BITS, busBytes, burstBeats));
        SplittableRandom random = new SplittableRandom(busBytes);
        Deque<Burst> expected = new ArrayDeque<>();
        for (int cycle = 0; cycle < 4000; cycle++) {
            boolean valid = random.nextInt(4) != 0;
            boolean taken = random.nextInt(3) != 0;
            boolean stop = random.nextInt(200) == 0;
            int words = 1 + random.nextInt(random.nextBoolean() ? 8 : (1 << WORD_BITS) - 1);
            int first = random.nextInt((1 << ADDRESS_BITS - 2) - words);
            Map<String, Object> out = new HashMap<>(Map.of("burstValid", !expected.isEmpty()));
            boolean ready = expected.isEmpty() || taken && expected.size() == 1;
            out.put("ready", ready);
            if (!expected.isEmpty()) {
                out.put("burstAddress", expected.getFirst().address);
                out.put("burstBeats", expected.getFirst().beats);
            }
            simulation.row(
                    Map.of("valid", valid, "first", first, "words", words, "burstReady", taken, "stop", stop), out);
            if (taken && !expected.isEmpty()) {
                expected.removeFirst();
            }
            if (valid && ready) {
                expected.addAll(bursts(4L * first, words, busBytes, burstBeats));
            }
            if (stop) {
                expected.clear();
            }
        }
        simulation.run();
    }

    /** Bus word by bus word, cut at every multiple of the greatest length. */
    private static List<Burst> bursts(long address, int words, int busBytes, int burstBeats) {
        List<Burst> bursts = new ArrayList<>();
        long from = address / busBytes;
        long last = (address + 4L * words - 1) / busBytes;
        while (from <= last) {
            long to = from;
            while (to < last && (to + 1) % burstBeats != 0) {
                to++;
            }
            assertTrue(from * busBytes / 4096 == ((to + 1) * busBytes - 1) / 4096);
            bursts.add(new Burst(from * busBytes, (int) (to - from + 1)));
            from = to + 1;
        }
        return bursts;
    }
}
