package h2learn.host.plan;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.host.predict.CommandCycles;
import h2learn.host.predict.Findings;
import h2learn.host.program.Timeline;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a training step will take, for sizes that nobody simulates: cycles of every command of the plan from
 * {@link CommandCycles} with assumed sparsity, and of the whole step with overlapping queues.
 *
 * @param plan what was planned
 * @param samples of the step
 * @param layers busy cycles of each queue, layer by layer; BACKWARD counts for the layer whose ds it makes
 * @param cycles of the whole step
 */
public record PlanPrediction(StepPlan plan, int samples, List<Map<CommandQueue, Long>> layers, long cycles) {
    /** Fields that say where something lies, which does not change how long it takes. */
    private static final List<CommandField> PLACES = List.of(
            CommandField.TAKE_TOKENS,
            CommandField.GIVE_TOKENS,
            CommandField.SPIKE_INPUT,
            CommandField.SPIKE_OUTPUT,
            CommandField.TRACE,
            CommandField.TRACE_BELOW,
            CommandField.WEIGHT_BLOCK);

    /**
     * @param latency of the external memory in cycles
     * @throws h2learn.host.PlacementException when the network does not fit
     */
    public static PlanPrediction of(
            Network network, AcceleratorConfig config, int minibatch, Findings findings, int latency) {
        StepPlan plan = Plans.of(network, config, minibatch, Overlap.FULL);
        List<UpdateConstants> updates = UpdateConstants.ofLayers(
                LayerConstants.of(network, config.formats()),
                network.training(),
                network.training().learningRate(),
                minibatch,
                0);
        List<Command> program = plan.step(minibatch, updates);
        CommandCycles predictor = new CommandCycles(config, latency);
        Map<Command, Long> cycles = new IdentityHashMap<>();
        Map<List<Long>, Long> known = new HashMap<>();
        List<Map<CommandQueue, Long>> layers = new ArrayList<>();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            layers.add(new EnumMap<>(CommandQueue.class));
        }
        for (Command command : program) {
            if (command.opcode() != Opcode.FENCE) {
                long own = known.computeIfAbsent(work(command), absent -> predictor.of(command, findings));
                cycles.put(command, own);
                layers.get((int) command.get(CommandField.LAYER))
                        .merge(CommandQueue.of(command.opcode()), own, Long::sum);
            }
        }
        long all = Timeline.of(program, command -> cycles.getOrDefault(command, 0L) + CommandCycles.around(command))
                .cycles();
        return new PlanPrediction(plan, minibatch, List.copyOf(layers), all);
    }

    /** What of a command decides how long it takes. Of transfers also the place within a bus word. */
    private static List<Long> work(Command command) {
        boolean transfer = command.opcode() == Opcode.LOAD || command.opcode() == Opcode.STORE;
        List<Long> key = new ArrayList<>();
        int[] words = command.words();
        if (!transfer) {
            for (CommandField place : PLACES) {
                place.put(words, 0);
            }
        } else {
            CommandField.TAKE_TOKENS.put(words, 0);
            CommandField.GIVE_TOKENS.put(words, 0);
            CommandField.MEMORY_LOW.put(words, command.get(CommandField.MEMORY_LOW) % 64);
        }
        for (int word : words) {
            key.add((long) word);
        }
        return key;
    }

    /** Cycles of one queue for all layers. */
    public long busy(CommandQueue queue) {
        return layers.stream().mapToLong(own -> own.getOrDefault(queue, 0L)).sum();
    }
}
