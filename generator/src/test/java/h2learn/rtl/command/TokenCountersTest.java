package h2learn.rtl.command;

import h2learn.contract.CommandQueue;
import h2learn.hdl.test.Simulation;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCountersTest {
    private static final int QUEUES = CommandQueue.values().length;

    /** @param giving chance in 100 that a queue gives; many fill the counters up to their end */
    @ParameterizedTest
    @ValueSource(ints = {20, 50, 95})
    void countsUpToTheMaximumAndSaysWhenOneIsLost(int giving) {
        Simulation simulation = new Simulation(TokenCounters.class, TokenCounters::new);
        SplittableRandom random = new SplittableRandom(giving);
        int[][] tokens = new int[QUEUES][QUEUES];
        for (int row = 0; row < 1500; row++) {
            Map<String, Object> in = new HashMap<>();
            Map<String, Object> out = new HashMap<>();
            int[] give = new int[QUEUES];
            int[] take = new int[QUEUES];
            boolean lost = false;
            for (int queue = 0; queue < QUEUES; queue++) {
                int available = 0;
                for (int from = 0; from < QUEUES; from++) {
                    available |= tokens[from][queue] > 0 ? 1 << from : 0;
                }
                give[queue] = random.nextInt(100) < giving ? random.nextInt(1 << QUEUES) : 0;
                take[queue] = random.nextInt(100) < 30 ? random.nextInt(1 << QUEUES) & available : 0;
                in.put("give_" + queue, give[queue]);
                in.put("take_" + queue, take[queue]);
                out.put("available_" + queue, available);
            }
            for (int from = 0; from < QUEUES; from++) {
                for (int to = 0; to < QUEUES; to++) {
                    int change = (give[from] >> to & 1) - (take[to] >> from & 1);
                    boolean full = tokens[from][to] == CommandQueue.MAXIMUM_TOKENS && change > 0;
                    lost |= full;
                    tokens[from][to] += full ? 0 : change;
                }
            }
            out.put("overflow", lost);
            simulation.row(in, out);
        }
        simulation.run();
    }
}
