package h2learn.cosim.scenario;

import h2learn.contract.Register;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.host.plan.StepPlan;

/** A step from rings of every length, which go round many times, with fast and slow memories. */
record RingLengths(StepPlan plan) implements Scenario {
    private static final int[] ENTRIES_LOG2 = {0, 2, 5};

    @Override
    public String name() {
        return "ring lengths";
    }

    @Override
    public void run(Stage stage) {
        for (int entriesLog2 : ENTRIES_LOG2) {
            try (CommandBench bench = new CommandBench(stage, plan, entriesLog2)) {
                if (entriesLog2 > 0) {
                    bench.model.memory().timing(MemoryTiming.random(entriesLog2));
                }
                bench.train();
                ScenarioException.checkEqual(
                        bench.port.read(Register.RING_TAIL), bench.port.read(Register.RING_HEAD), "RING_HEAD");
            }
        }
    }
}
