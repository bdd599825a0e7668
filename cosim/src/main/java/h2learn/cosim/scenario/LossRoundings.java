package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.data.Sample;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.util.Arrays;
import java.util.List;

/**
 * LOSS where every neuron spikes in every step, so that a class' count is a power of two, with shifts and factors that leave
 * half a unit, alone and with each other bit. Compared after each command.
 *
 * @param plan of a network of one layer whose classes have so many neurons
 */
record LossRoundings(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int MULTIPLIER_BITS = 16;

    @Override
    public String name() {
        return "loss roundings";
    }

    @Override
    public void run(Stage stage) {
        Network network = plan.layout().placement().network();
        int count = network.steps() * network.classes().neurons();
        int countBits = Integer.numberOfTrailingZeros(count);
        int[] always = new int[network.input().values() * network.steps()];
        Arrays.fill(always, 1);
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            MasterWeights master = MasterWeights.zero(network);
            Arrays.fill(
                    master.weight(0), (int) bench.config().formats().master().maximum());
            bench.begin(master);
            for (Command original : bench.program(List.of(new Sample(always, 1)))) {
                Command command = original.withTokens(0, 0);
                if (command.opcode() != Opcode.FENCE) {
                    bench.lockStep.stepByStep(List.of(command));
                }
                if (command.opcode() == Opcode.LOSS) {
                    factors(bench, command, countBits);
                    return;
                }
            }
        }
    }

    private static void factors(CommandBench bench, Command command, int countBits) {
        for (int half = 0; half < MULTIPLIER_BITS; half++) {
            Command shifted = command.with(CommandField.SHIFT, half + countBits + 1L);
            for (int other = 0; other <= half; other++) {
                // The last of them adds nothing.
                long factor = 1L << half | (other < half ? 1L << other : 0);
                bench.lockStep.stepByStep(List.of(shifted.with(CommandField.MULTIPLIER, factor)));
            }
        }
    }
}
