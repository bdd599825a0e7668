package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.MemoryTiming.Chances;
import h2learn.cosim.simulation.MemoryTiming.Latency;
import h2learn.host.CommandFactory;
import h2learn.host.Driver.Counters;
import h2learn.host.plan.StepPlan;
import h2learn.host.predict.CommandCycles;
import h2learn.host.predict.MachineFindings;
import java.util.List;
import java.util.Map;

/**
 * A step one command after the other: the tensors are the golden machine's, and each command's engine was busy for as many
 * cycles, and did as many things, as is foretold from the command and its data.
 */
record CountedStep(String name, StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int LATENCY = 9;

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            Latency latency = new Latency(LATENCY, 0);
            bench.model.memory().timing(new MemoryTiming(0, Chances.NEVER, latency, latency, 16, 16));
            bench.begin();
            CommandCycles cycles = new CommandCycles(stage.config(), LATENCY);
            MachineFindings findings = new MachineFindings(stage.config(), bench.machine);
            bench.lockStep.restart();
            int completed = 0;
            for (Command command : bench.program()) {
                if (command.opcode() == Opcode.FENCE) {
                    continue;
                }
                long foretold = cycles.of(command, findings);
                bench.port.clearCounters();
                bench.lockStep.stepByStep(List.of(command.withTokens(0, 0)));
                Map<Engine, Counters> counters = bench.port.counters();
                check(stage, command, foretold, counters);
                completed++;
                ScenarioException.checkEqual(completed, bench.port.read(Register.COMPLETED), "COMPLETED");
            }
            ScenarioException.checkEqual(0, bench.port.overlap(), "OVERLAP of one command after the other");
            bench.lockStep.stepByStep(List.of(CommandFactory.fence()));
        }
    }

    private static void check(Stage stage, Command command, long foretold, Map<Engine, Counters> all) {
        Engine engine = Engine.of(command.opcode());
        for (Map.Entry<Engine, Counters> other : all.entrySet()) {
            Counters counters = other.getValue();
            if (other.getKey() != engine) {
                ScenarioException.check(
                        counters.busy() + counters.useful() + counters.items() + counters.skipped() == 0,
                        other.getKey() + " counted " + counters + " during " + command);
            }
        }
        Counters counters = all.getOrDefault(engine, new Counters(0, 0, 0, 0));
        boolean exact = engine != Engine.WEIGHT_GRADIENT && engine != Engine.LOAD && engine != Engine.STORE;
        ScenarioException.check(
                exact ? counters.busy() == foretold : Math.abs(counters.busy() - foretold) <= foretold / 5 + 20,
                engine + " was busy for " + counters.busy() + " cycles, not " + foretold + ": " + command);
        long words = words(command);
        switch (engine) {
            case NEURON, NEURON_BACKWARD -> {
                same(words, counters.useful(), "useful", command);
                same(words, counters.items(), "items", command);
            }
            case LOSS -> same(command.get(CommandField.SAMPLES), counters.items(), "items", command);
            case UPDATE -> same(
                    command.get(CommandField.BLOCKS) * stage.config().lanes(), counters.useful(), "useful", command);
            case FORWARD -> same(
                    command.get(CommandField.KERNEL_HEIGHT)
                            * command.get(CommandField.KERNEL_WIDTH)
                            * command.get(CommandField.INPUT_BLOCKS),
                    counters.items(),
                    "items",
                    command);
            default -> {}
        }
    }

    /** Words of N neurons of one output block. */
    private static long words(Command command) {
        return command.get(CommandField.SAMPLES)
                * command.get(CommandField.OUTPUT_HEIGHT)
                * command.get(CommandField.OUTPUT_WIDTH)
                * command.get(CommandField.STEPS);
    }

    private static void same(long expected, long got, String what, Command command) {
        ScenarioException.check(expected == got, what + " is " + got + ", not " + expected + ", after " + command);
    }
}
