package h2learn.cosim.scenario;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Every shift of NEURON, LOSS and UPDATE on values that lie halfway between two results, and on those that a single further
 * bit lifts off the half: only that bit tells then which way to round. Compared after each command.
 *
 * @param plan of a network with direct input of 8 bits and three inputs at least
 */
record Roundings(StepPlan plan) implements Scenario {
    private static final int RING_ENTRIES_LOG2 = 10;
    private static final int NEURON_SHIFTS = 32;
    private static final int LOSS_SHIFTS = 44;
    private static final int UPDATE_SHIFTS = 48;
    private static final int MULTIPLIER_BITS = 16;
    /** dW has 32 bits, and twice the value must still be positive. */
    private static final int GRADIENT_BITS = 29;

    private static final int UPDATE_BLOCKS = 4;
    /** Input 0 is multiplied by 64, input 1 by 1 to 64 of eight neurons, input 2 by 1. */
    private static final int COARSE_BITS = 6;

    private static final int INPUT_BITS = 8;
    /** Biases have 16 bits, of which eight or less are behind the point that weights have. */
    private static final int BIAS_BITS = 6;

    @Override
    public String name() {
        return "roundings";
    }

    @Override
    public void run(Stage stage) {
        try (CommandBench bench = new CommandBench(stage, plan, RING_ENTRIES_LOG2)) {
            bench.begin(weights(bench));
            for (int shift = 0; shift < NEURON_SHIFTS; shift++) {
                neuron(bench, shift);
            }
            bench.begin(biases(bench));
            for (int shift = 0; shift < NEURON_SHIFTS; shift++) {
                bias(bench, shift);
            }
            List<Command> step = until(bench.program(), Opcode.LOSS);
            bench.lockStep.stepByStep(step);
            loss(bench, step.get(step.size() - 1));
            Command update = until(bench.program(), Opcode.UPDATE).stream()
                    .reduce((before, last) -> last)
                    .orElseThrow();
            for (int shift = 0; shift < UPDATE_SHIFTS; shift++) {
                update(bench, update, shift);
            }
        }
    }

    private static List<Command> until(List<Command> program, Opcode last) {
        List<Command> until = new ArrayList<>();
        for (Command command : program) {
            if (command.opcode() != Opcode.FENCE) {
                until.add(command.withTokens(0, 0));
            }
            if (command.opcode() == last) {
                return until;
            }
        }
        throw new IllegalArgumentException("the program has no " + last);
    }

    /** All blocks of the first layer. */
    private static List<Command> firstLayer(List<Command> program) {
        int last = 0;
        for (int index = 0; index < program.size(); index++) {
            Command command = program.get(index);
            last = command.opcode() == Opcode.NEURON && command.get(CommandField.LAYER) == 0 ? index : last;
        }
        return program.subList(0, last + 1).stream()
                .filter(command -> command.opcode() != Opcode.FENCE)
                .map(command -> command.withTokens(0, 0))
                .toList();
    }

    private static MasterWeights weights(CommandBench bench) {
        Network network = bench.plan().layout().placement().network();
        MasterWeights master = MasterWeights.zero(network);
        int inputs = network.input().values();
        int scale = bench.config().formats().masterFractionBits()
                - bench.config().formats().weightFractionBits();
        int[] weight = master.weight(0);
        for (int neuron = 0; neuron < weight.length / inputs; neuron++) {
            int sign = neuron % 2 == 0 ? 1 : -1;
            weight[neuron * inputs] = sign << COARSE_BITS + scale;
            weight[neuron * inputs + 1] = sign << neuron % (COARSE_BITS + 1) + scale;
            weight[neuron * inputs + 2] = sign << scale;
        }
        return master;
    }

    /** One and a further bit. */
    private static MasterWeights biases(CommandBench bench) {
        MasterWeights master = weights(bench);
        int[] bias = master.bias(0);
        int scale = bench.config().formats().masterFractionBits()
                - bench.config().formats().weightFractionBits();
        for (int neuron = 0; neuron < bias.length; neuron++) {
            bias[neuron] = (neuron % 2 == 0 ? 1 : -1) * (1 + (1 << neuron % BIAS_BITS)) << scale;
        }
        return master;
    }

    /** Biases brought to one fraction and rounded by others: halves with a bit far below, beyond what inputs add up to. */
    private static void bias(CommandBench bench, int fraction) {
        int[] values =
                new int[bench.plan().layout().placement().network().input().values()];
        for (Command command : firstLayer(bench.program(List.of(new Sample(values, 0))))) {
            if (command.opcode() == Opcode.FORWARD) {
                bench.lockStep.stepByStep(List.of(command.with(CommandField.INPUT_FRACTION, fraction)));
            } else if (command.opcode() == Opcode.NEURON) {
                int most = Math.min(NEURON_SHIFTS - 1, fraction + BIAS_BITS + 1);
                for (int shift = fraction; shift <= most; shift++) {
                    bench.lockStep.stepByStep(List.of(command.with(CommandField.INPUT_FRACTION, shift)));
                }
            } else {
                bench.lockStep.stepByStep(List.of(command));
            }
        }
    }

    /** Sums of half a unit, alone, with each other bit, and with a whole unit. */
    private static void neuron(CommandBench bench, int shift) {
        int half = Math.max(0, shift - 1);
        List<Sample> samples = new ArrayList<>();
        for (int other : new int[] {0, 1, 128}) {
            for (boolean unit : new boolean[] {false, true}) {
                int[] values = new int
                        [bench.plan().layout().placement().network().input().values()];
                add(values, half);
                if (unit) {
                    add(values, shift);
                }
                values[1] = other;
                samples.add(new Sample(values, 0));
            }
        }
        for (Command command : firstLayer(bench.program(samples))) {
            boolean rounds = command.opcode() == Opcode.NEURON;
            bench.lockStep.stepByStep(List.of(rounds ? command.with(CommandField.INPUT_FRACTION, shift) : command));
        }
    }

    /** Makes the sum greater by 1 << bit, or by what comes nearest. */
    private static void add(int[] values, int bit) {
        if (bit < INPUT_BITS - 1) {
            values[2] += 1 << bit;
        } else {
            values[0] += 1 << Math.min(bit - COARSE_BITS, INPUT_BITS - 2);
        }
    }

    private static void loss(CommandBench bench, Command command) {
        for (int shift = 0; shift < LOSS_SHIFTS; shift++) {
            int half = 1 << Math.min(Math.max(0, shift - 1), MULTIPLIER_BITS - 1);
            for (int other = half >> 1; other > 0; other >>= 1) {
                loss(bench, command, shift, half | other);
            }
            loss(bench, command, shift, half);
            loss(bench, command, shift, (1 << MULTIPLIER_BITS) - 1);
        }
    }

    private static void loss(CommandBench bench, Command command, int shift, int multiplier) {
        bench.lockStep.stepByStep(
                List.of(command.with(CommandField.MULTIPLIER, multiplier).with(CommandField.SHIFT, shift)));
    }

    private static void update(CommandBench bench, Command command, int shift) {
        int lanes = bench.config().lanes();
        int half = Math.max(0, shift - 1);
        int factor = Math.min(Math.max(0, half - GRADIENT_BITS), MULTIPLIER_BITS - 1);
        int bit = Math.min(half - factor, GRADIENT_BITS);
        int[] words = new int[UPDATE_BLOCKS * lanes * lanes];
        for (int index = 0; index < words.length; index++) {
            int other = index / 2;
            int value = (1 << bit) + (other < bit ? 1 << other : other == bit ? 1 << bit + 1 : 0);
            words[index] = index % 2 == 0 ? value : -value;
        }
        bench.lockStep.memory().write(0, words);
        Command load = Command.of(Opcode.LOAD)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, UPDATE_BLOCKS * lanes)
                .with(CommandField.SCRATCHPAD, Scratchpad.WEIGHT_GRADIENT.ordinal())
                .build();
        bench.lockStep.stepByStep(List.of(
                load,
                command.with(CommandField.WEIGHT_BLOCK, 0)
                        .with(CommandField.BLOCKS, UPDATE_BLOCKS)
                        .with(CommandField.MULTIPLIER, 1L << factor)
                        .with(CommandField.SHIFT, shift)));
    }
}
