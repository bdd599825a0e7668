package h2learn.rtl.lut;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.ConfigReader;
import h2learn.hdl.test.Simulation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both kinds of processing element against plain sums, cycle by cycle. */
class LutArrayTest {
    private static final int VALUE_BITS = 5;

    private static AcceleratorConfig config(int lanes, int inputs) {
        AcceleratorConfig c = new ConfigReader().read("tiny");
        return new AcceleratorConfig(
                c.name(),
                c.description(),
                lanes,
                new Lut(inputs, c.lut().readPorts()),
                c.forward(),
                c.backward(),
                c.formats(),
                c.limits(),
                c.memories(),
                c.target());
    }

    @ParameterizedTest
    @CsvSource({
        "4, 2, LUT",
        "4, 3, LUT",
        "8, 4, LUT",
        "8, 5, LUT",
        "8, 6, LUT",
        "8, 7, LUT",
        "8, 8, LUT",
        "4, 8, LUT",
        "8, 3, ADDER",
        "4, 4, ADDER"
    })
    void sumsAreThoseOfTheRowsFilledIn(int lanes, int inputs, Pe pe) {
        AcceleratorConfig config = config(lanes, inputs);
        Simulation simulation = new Simulation(LutArray.class, () -> new LutArray("LutArray", config, VALUE_BITS, pe));
        SplittableRandom random = new SplittableRandom(10L * lanes + inputs);
        int fillCycles = pe == Pe.LUT ? 1 << inputs : 1;
        Deque<int[][]> filled = new ArrayDeque<>();
        int[] @Nullable [] offered = null;
        int step = 0;
        int[] @Nullable [] readBefore = null;
        // expected sums of the lookups one and two cycles after the index
        int @Nullable [] next = null;
        int @Nullable [] now = null;
        int lookups = 0;
        int fills = 0;
        for (int i = 0; i < Math.max(600, 12 * fillCycles); i++) {
            if (offered == null && random.nextInt(4) != 0) {
                offered = rows(random, lanes);
            }
            boolean canFill = offered != null && filled.size() != 2;
            boolean fillDone = canFill && step == fillCycles - 1;
            boolean read = !filled.isEmpty() && random.nextInt(4) != 0;
            boolean last = random.nextInt(fillCycles / 2 + 3) == 0;
            int index = random.nextInt(1 << lanes);

            Map<String, Object> in =
                    new HashMap<>(Map.of("rowsValid", offered != null, "read", read, "readLast", last, "index", index));
            Map<String, Object> out = new HashMap<>(Map.of("rowsTaken", fillDone, "ready", !filled.isEmpty()));
            for (int lane = 0; lane < lanes; lane++) {
                in.put("row_" + lane, offered == null ? random.nextLong() : packed(offered[lane]));
                if (now != null) {
                    out.put("sums_" + lane, now[lane]);
                }
            }
            simulation.row(in, out);

            now = next;
            next = readBefore == null ? null : sums(readBefore, index);
            readBefore = read ? filled.getFirst() : null;
            lookups += read ? 1 : 0;
            if (read && last) {
                filled.removeFirst();
            }
            if (canFill) {
                step = fillDone ? 0 : step + 1;
            }
            if (fillDone && offered != null) {
                filled.addLast(offered);
                offered = null;
                fills++;
            }
        }
        assertTrue(fills >= 4 && lookups > 100, fills + " fills, " + lookups + " lookups");
        simulation.run();
    }

    /** Random values with many extremes; now and then rows of the smallest value only, whose sum is the widest. */
    private static int[][] rows(SplittableRandom random, int lanes) {
        int minimum = -(1 << VALUE_BITS - 1);
        int[][] rows = new int[lanes][lanes];
        boolean smallest = random.nextInt(3) == 0;
        for (int[] row : rows) {
            Arrays.setAll(row, k -> smallest ? minimum : minimum + random.nextInt(1 << VALUE_BITS));
        }
        return rows;
    }

    private static long packed(int[] row) {
        long packed = 0;
        for (int input = row.length - 1; input >= 0; input--) {
            packed = packed << VALUE_BITS | row[input] & (1 << VALUE_BITS) - 1;
        }
        return packed;
    }

    private static int[] sums(int[][] rows, int index) {
        int[] sums = new int[rows.length];
        for (int lane = 0; lane < rows.length; lane++) {
            for (int input = 0; input < rows.length; input++) {
                sums[lane] += (index >> input & 1) * rows[lane][input];
            }
        }
        return sums;
    }
}
