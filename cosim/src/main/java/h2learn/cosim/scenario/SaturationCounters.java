package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.host.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;

/** The same clipping gradients counted for each layer that a command can name: in that layer's counter and in no other. */
record SaturationCounters(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    /** So that higher bits of the counters change too. */
    private static final int TIMES = 33;

    @Override
    public String name() {
        return "saturation counters";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.begin();
            List<Command> until = new ArrayList<>();
            for (Command command : bench.program()) {
                if (command.opcode() != Opcode.FENCE) {
                    until.add(command.withTokens(0, 0));
                }
                if (command.opcode() == Opcode.NEURON_BACKWARD) {
                    break;
                }
            }
            Command clipping = until.get(until.size() - 1);
            bench.lockStep.stepByStep(until);
            int expected = 0;
            int counters = Register.SATURATIONS.count();
            for (int layer = 0; layer < counters; layer++) {
                bench.port.clearCounters();
                for (int time = 0; time < TIMES; time++) {
                    bench.push(CommandBench.changed(clipping, CommandField.LAYER, layer));
                    bench.awaitIdle();
                }
                int[] counted = bench.port.saturations(counters);
                expected = layer == 0 ? counted[0] : expected;
                ScenarioException.check(expected > 0, "no gradient was clipped by " + clipping);
                for (int other = 0; other < counters; other++) {
                    ScenarioException.checkEqual(
                            other == layer ? expected : 0,
                            counted[other],
                            "the saturation counter of layer " + other + " after a command of layer " + layer);
                }
            }
        }
    }
}
