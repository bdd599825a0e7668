package h2learn.rtl.lut;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.hdl.test.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposerTest {
    /** The chances are those in eight of each side to do what it may do in a cycle; 8 is full rate. */
    @ParameterizedTest
    @CsvSource({"4, 5, 5", "8, 8, 8", "8, 3, 8", "16, 8, 3"})
    void givesColumnsOfTheBlocksTaken(int lanes, int inputChance, int outputChance) {
        Simulation simulation = new Simulation("Transposer_N" + lanes, () -> new Transposer(lanes));
        SplittableRandom random = new SplittableRandom(lanes);
        Deque<long[]> blocks = new ArrayDeque<>();
        int reserved = 0;
        int wordsDue = 0;
        int written = 0;
        int column = 0;
        long[] current = new long[lanes];
        int columns = 0;
        for (int i = 0; i < 1500; i++) {
            boolean outputValid = !blocks.isEmpty();
            boolean take = outputValid && random.nextInt(8) < outputChance;
            boolean outputDone = take && column == lanes - 1;
            boolean room = reserved != 2 || outputDone;
            boolean reserve = room && random.nextInt(8) < inputChance;
            boolean push = wordsDue > 0 && random.nextInt(8) < inputChance;
            long word = random.nextLong() & (1L << lanes) - 1;
            Map<String, Object> out = new HashMap<>(Map.of("room", room, "outputValid", outputValid));
            if (outputValid) {
                out.put("outputWord", column(blocks.getFirst(), column));
            }
            simulation.row(Map.of("inputValid", push, "inputWord", word, "reserve", reserve, "outputTaken", take), out);
            if (take) {
                columns++;
                column = outputDone ? 0 : column + 1;
            }
            if (outputDone) {
                blocks.removeFirst();
                reserved--;
            }
            if (push) {
                wordsDue--;
                current[written++] = word;
            }
            if (written == lanes) {
                blocks.addLast(current);
                current = new long[lanes];
                written = 0;
            }
            if (reserve) {
                reserved++;
                wordsDue += lanes;
            }
        }
        int least = inputChance == 8 && outputChance == 8 ? 1400 : 300;
        assertTrue(columns > least, "columns: " + columns);
        simulation.run();
    }

    private static long column(long[] words, int column) {
        long result = 0;
        for (int word = 0; word < words.length; word++) {
            result |= (words[word] >> column & 1) << word;
        }
        return result;
    }
}
