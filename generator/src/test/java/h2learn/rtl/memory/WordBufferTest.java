package h2learn.rtl.memory;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.hdl.test.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordBufferTest {
    private record Word(int data, int shownFrom) {}

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void showsEveryWordTwoCyclesLater(int depth) {
        Simulation simulation =
                new Simulation(WordBuffer.class, () -> new WordBuffer("WordBuffer", 9, depth, Target.GENERIC));
        SplittableRandom random = new SplittableRandom(depth);
        Deque<Word> held = new ArrayDeque<>();
        for (int cycle = 0; cycle < 4000; cycle++) {
            boolean clear = random.nextInt(100) == 0;
            boolean push = !clear && held.size() < depth && random.nextInt(8) < (cycle / 100 % 3 == 0 ? 2 : 7);
            boolean shown = !held.isEmpty() && held.getFirst().shownFrom <= cycle;
            boolean pop = shown && random.nextInt(8) < (cycle / 100 % 3 == 1 ? 2 : 7);
            int data = random.nextInt(512);
            Map<String, Object> out = new HashMap<>(Map.of("popValid", shown));
            if (shown) {
                out.put("popData", held.getFirst().data);
            }
            simulation.row(Map.of("push", push, "pushData", data, "pop", pop, "clear", clear), out);
            if (pop) {
                held.removeFirst();
            }
            if (push) {
                held.addLast(new Word(data, cycle + 2));
            }
            if (clear) {
                held.clear();
            }
        }
        simulation.run();
    }
}
