package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.host.plan.StepPlan;
import java.util.List;
import java.util.Random;

/**
 * NEURON, LOSS and NEURON_BACKWARD with drawn constants, over the whole ranges of their fields, far beyond what networks
 * have. Compared after each command.
 *
 * @param plan of a network
 */
record NeuronFields(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int TIMES = 24;
    private static final int SEED = 23;
    /** 1 as ALPHA and BETA have it. */
    private static final int ONE = 256;

    private static final int MOST_SHIFT = 20;

    @Override
    public String name() {
        return "neuron fields";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.begin();
            Random random = new Random(SEED);
            Command forward = null;
            for (Command original : bench.program()) {
                if (original.opcode() == Opcode.FENCE) {
                    continue;
                }
                Command command = original.withTokens(0, 0);
                if (command.opcode() == Opcode.FORWARD) {
                    forward = command;
                }
                for (int time = 0; time < times(command.opcode()); time++) {
                    Command drawn = drawn(command, random);
                    // NEURON may leave nothing of the sums that it has read.
                    boolean again = command.opcode() == Opcode.NEURON && forward != null;
                    bench.lockStep.stepByStep(again ? List.of(forward, drawn) : List.of(drawn));
                }
                bench.lockStep.stepByStep(List.of(command));
            }
        }
    }

    private static int times(Opcode opcode) {
        return switch (opcode) {
            case NEURON, LOSS, NEURON_BACKWARD -> TIMES;
            default -> 0;
        };
    }

    private static Command drawn(Command command, Random random) {
        int theta = few(random);
        int window = few(random);
        return switch (command.opcode()) {
            case NEURON -> command.with(CommandField.THETA, theta)
                    .with(CommandField.WINDOW, window)
                    .with(CommandField.ALPHA, random.nextInt(ONE + 1));
            case LOSS -> command.with(CommandField.MULTIPLIER, random.nextInt(1 << 16))
                    .with(CommandField.SHIFT, random.nextInt(MOST_SHIFT + 1));
            default -> command.with(CommandField.ALPHA, random.nextInt(ONE + 1))
                    .with(CommandField.BETA, random.nextInt(ONE + 1))
                    .with(CommandField.THETA, theta)
                    .with(CommandField.WINDOW, window);
        };
    }

    /** A signed number of 16 bits; of every size alike. */
    private static int few(Random random) {
        return (short) random.nextInt(1 << 16) >> random.nextInt(16);
    }
}
