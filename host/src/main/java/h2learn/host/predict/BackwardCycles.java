package h2learn.host.predict;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Opcode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts how long the backward engine is busy with a command, by going through what its lister, its points in flight,
 * its dispatcher and its lanes do in each cycle. Weights and values of gradients have no influence on it.
 */
public final class BackwardCycles {
    private static final int FEWEST_SLOTS = 4;
    private static final int MOST_SLOTS = 16;

    private final BackwardWork work;
    private final BackwardLists lists;
    private final BackwardPoints points;
    private final int slots;
    private final BackwardLaneModel[] lanes;
    private final Deque<BackwardPoint> held = new ArrayDeque<>();
    private final Deque<BackwardPoint> unscanned = new ArrayDeque<>();
    private long @Nullable [] word;
    private int block;
    private long cycle;
    private long multiplications;

    private BackwardCycles(AcceleratorConfig config, BackwardWork work) {
        this.work = work;
        lists = new BackwardLists(work, config.lanes());
        points = new BackwardPoints(work);
        slots = Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, work.lanes));
        lanes = Stream.generate(() -> new BackwardLaneModel(work))
                .limit(work.lanes)
                .toArray(BackwardLaneModel[]::new);
    }

    /**
     * @param busy cycles in which the engine is busy
     * @param multiplications that it issues
     */
    public record Prediction(long busy, long multiplications) {}

    /**
     * @param command BACKWARD
     * @param gradient which gu of the command's layer are not zero
     * @param window which windows of the layer below are open
     */
    public static Prediction of(AcceleratorConfig config, Command command, NonZero gradient, NonZero window) {
        if (command.opcode() != Opcode.BACKWARD) {
            throw new IllegalArgumentException("cycles of BACKWARD were asked for, but the command is " + command);
        }
        BackwardCycles engine = new BackwardCycles(config, new BackwardWork(config, command, gradient, window));
        return engine.run();
    }

    private Prediction run() {
        while (lists.busy() || points.busy() || !held.isEmpty() || draining()) {
            oneCycle();
            cycle++;
        }
        return new Prediction(cycle, multiplications);
    }

    private boolean draining() {
        return Arrays.stream(lanes).anyMatch(BackwardLaneModel::draining);
    }

    /** All that is decided in a cycle depends on what was at its beginning. */
    private void oneCycle() {
        BackwardPoint oldest = held.peek();
        int needed = oldest != null ? oldest.firstNeeded : points.firstNeeded();
        int lane = readyLane();
        BackwardPoint scanning = unscanned.peek();
        int listed = lists.listed();
        boolean full = held.size() == slots;
        boolean[] granted = arbitrate(each -> lanes[each].weightGroup());
        boolean[] taken = arbitrate(each -> lanes[each].resultGroup(cycle));

        if (oldest != null && oldest.through()) {
            held.remove();
        }
        for (int each = 0; each < lanes.length; each++) {
            multiplications += lanes[each].cycle(cycle, granted[each], taken[each]) ? 1 : 0;
        }
        if (scanning != null) {
            scan(scanning, lane);
        }
        BackwardPoint found = points.cycle(listed, full);
        if (found != null) {
            held.add(found);
            unscanned.add(found);
        }
        lists.cycle(needed);
    }

    /** An idle lane first, else one with nothing waiting; -1 for none. */
    private int readyLane() {
        int ready = -1;
        for (int lane = lanes.length - 1; lane >= 0; lane--) {
            if (lanes[lane].ready() && (ready < 0 || lanes[lane].idle() || !lanes[ready].idle())) {
                ready = lane;
            }
        }
        return ready;
    }

    /** Reads a word, or gives the next group of the one in hand to the lane. */
    private void scan(BackwardPoint scanning, int lane) {
        if (word == null) {
            block = 0;
            word = work.wanted(scanning.point, block);
            return;
        }
        int group = nextGroup(word);
        if (group >= 0 && lane >= 0) {
            lanes[lane].give(new BackwardLaneModel.Item(scanning, block, group, word[group]));
            scanning.pending++;
            word[group] = 0;
        }
        if (group >= 0 && nextGroup(word) >= 0) {
            return;
        }
        block++;
        if (block < work.inputBlocks) {
            word = work.wanted(scanning.point, block);
            return;
        }
        word = null;
        scanning.scanned = true;
        unscanned.remove();
    }

    private static int nextGroup(long[] word) {
        for (int group = 0; group < word.length; group++) {
            if (word[group] != 0) {
                return group;
            }
        }
        return -1;
    }

    private interface Request {
        int group(int lane);
    }

    /** Each group goes to the first that asks for it from the lane on whose turn it is. */
    private boolean[] arbitrate(Request request) {
        boolean[] granted = new boolean[lanes.length];
        boolean[] used = new boolean[lanes.length];
        for (int index = 0; index < lanes.length; index++) {
            int lane = (int) ((cycle + index) % lanes.length);
            int group = request.group(lane);
            if (group >= 0 && !used[group]) {
                used[group] = true;
                granted[lane] = true;
            }
        }
        return granted;
    }
}
