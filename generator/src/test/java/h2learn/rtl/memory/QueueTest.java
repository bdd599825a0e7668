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

class QueueTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void keepsOrderFullAndEmpty(int depth) {
        Simulation simulation = new Simulation(Queue.class, () -> new Queue("Queue", 9, depth, Target.GENERIC));
        SplittableRandom random = new SplittableRandom(depth);
        Deque<Integer> held = new ArrayDeque<>();
        for (int i = 0; i < 3000; i++) {
            // phases of filling up, running empty and both at once
            boolean push = random.nextInt(8) < (i / 100 % 3 == 0 ? 2 : 7);
            boolean pop = random.nextInt(8) < (i / 100 % 3 == 1 ? 2 : 7);
            int data = random.nextInt(512);
            boolean full = held.size() == depth;
            Map<String, Object> out =
                    new HashMap<>(Map.of("pushReady", !full, "popValid", !held.isEmpty(), "level", held.size()));
            if (!held.isEmpty()) {
                out.put("popData", held.getFirst());
            }
            simulation.row(Map.of("pushValid", push, "pushData", data, "popReady", pop), out);
            if (pop && !held.isEmpty()) {
                held.removeFirst();
            }
            if (push && !full) {
                held.addLast(data);
            }
        }
        simulation.run();
    }
}
