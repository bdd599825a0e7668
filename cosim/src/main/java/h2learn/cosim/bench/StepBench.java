package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.Opcode;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.ProgramLockStep;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Driver.Counters;
import h2learn.host.plan.MemoryLayout;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.PlanMemory;
import h2learn.host.plan.Plans;
import h2learn.host.plan.StepPlan;
import h2learn.host.predict.CommandCycles;
import h2learn.host.predict.MachineFindings;
import h2learn.host.program.Timeline;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateConstants;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one training step through external memory in the simulated accelerator, beside the golden machine, and takes down
 * what the counters say and what {@link CommandCycles} predicts. Everything that the step writes is compared, too.
 */
public final class StepBench {
    /** Latency of the simulated memory in cycles, reads and writes alike. */
    public static final int LATENCY = 30;

    /** One of so many samples is run command by command. */
    private static final int SHARE_ALONE = 8;

    private final Network network;
    private final AcceleratorConfig config;
    private final MasterWeights weights;
    private final List<Sample> minibatch;

    /**
     * @param weights to start from
     * @param minibatch of the step
     */
    public StepBench(Network network, AcceleratorConfig config, MasterWeights weights, List<Sample> minibatch) {
        this.network = network;
        this.config = config;
        this.weights = weights;
        this.minibatch = List.copyOf(minibatch);
    }

    /**
     * One step.
     *
     * @param plan what was planned, for people
     * @param commands of the step
     * @param cycles from the first command's fetch to the end
     * @param overlap cycles in which FORWARD, BACKWARD and GRADIENT each ran a command
     * @param counters of each engine
     * @param predicted busy cycles of each engine
     * @param predictedCycles of the whole step
     */
    public record Step(
            List<String> plan,
            int commands,
            long cycles,
            long overlap,
            Map<Engine, Counters> counters,
            Map<Engine, Long> predicted,
            long predictedCycles) {
        /** Busy cycles of all engines of a queue. */
        public long busy(CommandQueue queue) {
            long busy = 0;
            for (Opcode opcode : Opcode.values()) {
                if (opcode != Opcode.FENCE && CommandQueue.of(opcode) == queue) {
                    busy += counters.getOrDefault(Engine.of(opcode), new Counters(0, 0, 0, 0))
                            .busy();
                }
            }
            return busy;
        }
    }

    /**
     * Each command of a step on its own, with no other one at work that would keep it from memory or scratchpad.
     *
     * @param samples of the step
     * @param counters of each engine
     * @param predicted busy cycles of each engine
     */
    public record Alone(int samples, Map<Engine, Counters> counters, Map<Engine, Long> predicted) {}

    /** The step with queues at once, one command after the other, of half the samples, and each command on its own. */
    public StepReport report() {
        return new StepReport(
                network,
                config,
                minibatch.size(),
                measure(Overlap.FULL),
                measure(Overlap.NONE),
                ofFirst(2).measure(Overlap.FULL),
                ofFirst(SHARE_ALONE).measureAlone());
    }

    /** The same with one of so many samples. */
    private StepBench ofFirst(int share) {
        return new StepBench(network, config, weights, minibatch.subList(0, Math.max(1, minibatch.size() / share)));
    }

    /**
     * Generates, builds and measures.
     *
     * @throws h2learn.cosim.lockstep.ProgramMismatchException when Verilog and golden machine differ
     * @throws h2learn.host.PlacementException when the network does not fit
     */
    public Step measure(Overlap overlap) {
        return run(overlap, (run, program, predicted) -> {
            long ran = run.atFullSpeed(program);
            return new Step(
                    Plans.of(network, config, minibatch.size(), overlap).describe(),
                    program.size(),
                    ran,
                    run.lastOverlap(),
                    run.lastCounters(),
                    byEngine(predicted),
                    Timeline.of(program, command -> predicted.getOrDefault(command, 0L) + CommandCycles.around(command))
                            .cycles());
        });
    }

    /** The same, each command on its own. */
    public Alone measureAlone() {
        return run(Overlap.NONE, (run, program, predicted) -> {
            run.stepByStep(program);
            return new Alone(minibatch.size(), run.port().counters(), byEngine(predicted));
        });
    }

    /** Runs a program, and gives what is to be known of it. */
    private interface Measurement<T> {
        /** @param predicted is filled in with the cycles of each command, by identity */
        T of(ProgramLockStep run, List<Command> program, Map<Command, Long> predicted);
    }

    private <T> T run(Overlap overlap, Measurement<T> measurement) {
        StepPlan plan = Plans.of(network, config, minibatch.size(), overlap);
        MemoryLayout layout = plan.layout();
        MemoryPlace place = Simulated.memory(plan);
        ModelSource source = ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config));
        ModelOptions options = ModelOptions.defaults().withBus("s_axi_").withMemory(place);
        try (Model model = Model.open(VerilatorBuild.standard(), source, options)) {
            MemoryTiming.Latency latency = new MemoryTiming.Latency(LATENCY, 0);
            model.memory().timing(new MemoryTiming(0, MemoryTiming.Chances.NEVER, latency, latency, 16, 16));
            Machine machine = new Machine(config, new ExternalMemory(place.bytes()));
            ProgramLockStep run = new ProgramLockStep(
                    model,
                    config,
                    machine,
                    layout.ring().address(),
                    MemoryLayout.RING_ENTRIES_LOG2,
                    "h2learn bench step");
            PlanMemory memory = new PlanMemory(layout, run);
            memory.writeMasters(weights);
            memory.writeMinibatch(minibatch);
            run.atFullSpeed(plan.begin());
            Map<Command, Long> predicted = new IdentityHashMap<>();
            CommandCycles cycles = new CommandCycles(config, LATENCY);
            MachineFindings findings = new MachineFindings(config, machine);
            run.beforeEach(command ->
                    predicted.put(command, command.opcode() == Opcode.FENCE ? 0 : cycles.of(command, findings)));
            run.port().clearCounters();
            return measurement.of(run, plan.step(minibatch.size(), updates()), predicted);
        }
    }

    private List<UpdateConstants> updates() {
        return UpdateConstants.ofLayers(
                LayerConstants.of(network, config.formats()),
                network.training(),
                network.training().learningRate(),
                minibatch.size(),
                0);
    }

    private static Map<Engine, Long> byEngine(Map<Command, Long> predicted) {
        Map<Engine, Long> sums = new EnumMap<>(Engine.class);
        predicted.forEach((command, cycles) -> {
            if (command.opcode() != Opcode.FENCE) {
                sums.merge(Engine.of(command.opcode()), cycles, Long::sum);
            }
        });
        return sums;
    }
}
