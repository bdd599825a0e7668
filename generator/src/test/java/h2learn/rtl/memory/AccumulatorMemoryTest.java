package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.test.Simulation;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulatorMemoryTest {
    private static final int LANES = 2;
    private static final int BITS = 12;

    /** Few words make runs of the same address, and returns to it after one and two others, frequent. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void addsInAnyOrderOfAddresses(int words) {
        Simulation simulation = new Simulation(
                AccumulatorMemory.class,
                () -> new AccumulatorMemory("AccumulatorMemory", LANES, BITS, 8, 10, words, Target.GENERIC));
        SplittableRandom random = new SplittableRandom(words);
        @Nullable Integer[][] memory = new Integer[LANES][words];
        @Nullable Integer[] read = new Integer[LANES];
        boolean added = false;
        int addedTo = -1;
        for (int i = 0; i < 4000; i++) {
            int address = random.nextInt(words);
            int readAddress = random.nextInt(words);
            int storeAddress = random.nextInt(words);
            int action = random.nextInt(10);
            boolean add = action < 7;
            // a word that is being written is not read
            boolean doRead = action == 7 && !(added && readAddress == addedTo);
            boolean store = action >= 8 && !added;
            boolean overwrite = random.nextInt(4) == 0 || memory[0][address] == null || memory[1][address] == null;
            Map<String, Object> in = new HashMap<>(Map.of(
                    "add",
                    add,
                    "address",
                    address,
                    "overwrite",
                    overwrite,
                    "read",
                    doRead,
                    "readAddress",
                    readAddress,
                    "storeAddress",
                    storeAddress));
            Map<String, Object> out = new HashMap<>();
            for (int lane = 0; lane < LANES; lane++) {
                int base = random.nextInt(256) - 128;
                int addend = random.nextInt(1024) - 512;
                in.put("base_" + lane, base);
                in.put("addend_" + lane, addend);
                boolean storeLane = store && random.nextBoolean();
                int stored = random.nextInt(1 << BITS) - (1 << BITS - 1);
                in.put("store_" + lane, storeLane);
                in.put("storeWord_" + lane, stored);
                if (read[lane] != null) {
                    out.put("word_" + lane, read[lane]);
                }
                read[lane] = doRead ? memory[lane][readAddress] : null;
                if (add) {
                    int start = overwrite ? base : memory[lane][address];
                    memory[lane][address] = (start + addend) << 32 - BITS >> 32 - BITS;
                }
                if (storeLane) {
                    memory[lane][storeAddress] = stored;
                }
            }
            simulation.row(in, out);
            added = add;
            addedTo = address;
        }
        simulation.run();
    }
}
