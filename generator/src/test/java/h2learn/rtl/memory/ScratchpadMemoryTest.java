package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.contract.WordLayout;
import h2learn.hdl.test.Simulation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchpadMemoryTest {
    private static final int WORDS = 4;
    private static final int BEATS = 4;
    private static final int READERS = 3;

    /** Engines of two queues read and write as they like; the transfers get the cycles that are left, and lose nothing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void transfersTakeTheCyclesThatAreLeft(int groupBeats) {
        BeatGroup group = new BeatGroup(new WordLayout(32, BEATS), WORDS, groupBeats);
        Simulation simulation = new Simulation(
                ScratchpadMemory.class,
                () -> new ScratchpadMemory("ScratchpadMemory", group, List.of(1, 2), 1, 1, Target.GENERIC));
        SplittableRandom random = new SplittableRandom(groupBeats);
        @Nullable Integer[] memory = new Integer[WORDS * BEATS];
        // What each reader, and the last of all the transfer, is to see: the first beat that it asked for.
        int[] asked = new int[READERS + 1];
        boolean[] sees = new boolean[READERS + 1];
        @Nullable Integer[] before = memory.clone();
        for (int cycle = 0; cycle < 3000; cycle++) {
            Map<String, Object> in = new HashMap<>();
            Map<String, Object> out = new HashMap<>();
            for (int port = 0; port <= READERS; port++) {
                for (int beat = 0; sees[port] && beat < (port < READERS ? BEATS : groupBeats); beat++) {
                    Integer value = before[asked[port] + beat];
                    if (value != null) {
                        out.put(name(port) + "_data_" + beat, value);
                    }
                }
            }
            int writeWord = random.nextInt(WORDS);
            int writeGroup = random.nextInt(WORDS * BEATS / groupBeats);
            boolean engineWrites = random.nextInt(3) == 0;
            boolean transferWrites = random.nextBoolean();
            int mask = random.nextInt(1 << groupBeats);
            in.put("writers_0_enable", engineWrites);
            in.put("writers_0_address", writeWord);
            in.put("write_enable", transferWrites);
            in.put("write_address", writeGroup);
            in.put("write_mask", mask);
            out.put("write_ready", !engineWrites);
            before = memory.clone();
            boolean[] written = new boolean[memory.length];
            for (int beat = 0; beat < BEATS; beat++) {
                int value = random.nextInt();
                in.put("writers_0_data_" + beat, value);
                if (engineWrites) {
                    memory[writeWord * BEATS + beat] = value;
                    written[writeWord * BEATS + beat] = true;
                }
            }
            for (int beat = 0; beat < groupBeats; beat++) {
                int value = random.nextInt();
                in.put("write_data_" + beat, value);
                if (transferWrites && !engineWrites && (mask >> beat & 1) != 0) {
                    memory[writeGroup * groupBeats + beat] = value;
                    written[writeGroup * groupBeats + beat] = true;
                }
            }
            // A beat that is written in the cycle of its reading may come old or new.
            for (int beat = 0; beat < memory.length; beat++) {
                before[beat] = written[beat] ? null : before[beat];
            }
            int active = random.nextInt(READERS);
            boolean sharedRead = false;
            for (int port = 0; port < READERS; port++) {
                int word = random.nextInt(WORDS);
                // The first copy has one reader; of the two of the second one at most reads.
                boolean reads = random.nextBoolean() && (port == 0 || port == 1 + active % 2);
                sharedRead |= reads && port > 0;
                in.put(name(port) + "_enable", reads);
                in.put(name(port) + "_address", word);
                sees[port] = reads;
                asked[port] = word * BEATS;
            }
            int readGroup = random.nextInt(WORDS * BEATS / groupBeats);
            boolean transferReads = random.nextBoolean();
            in.put("read_enable", transferReads);
            in.put("read_address", readGroup);
            out.put("read_ready", !sharedRead);
            sees[READERS] = transferReads && !sharedRead;
            asked[READERS] = readGroup * groupBeats;
            simulation.row(in, out);
        }
        simulation.run();
    }

    private static String name(int port) {
        return List.of("readers_0_0", "readers_1_0", "readers_1_1", "read").get(port);
    }
}
