package h2learn.host.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.RandomNetworks;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final int MEMORY_BYTES = 1 << 12;

    @Test
    void randomProgramsWithTokensPassTheCheck() {
        for (int seed = 0; seed < 1500; seed++) {
            AcceleratorConfig config = new RandomNetworks(seed % 8).config();
            List<Command> program = Tokens.add(new RandomCommands(seed, config, MEMORY_BYTES).program(30), config);
            assertEquals(List.of(), orderProblems(program, config), "seed " + seed);
        }
    }

    /** A token that is left out at both ends is missed: none is there for nothing. */
    @Test
    void everyTokenIsNeeded() {
        int tokens = 0;
        for (int seed = 0; seed < 100; seed++) {
            AcceleratorConfig config = new RandomNetworks(seed % 8).config();
            List<Command> program = Tokens.add(new RandomCommands(seed, config, MEMORY_BYTES).program(30), config);
            for (Token token : Token.of(program)) {
                List<String> problems = orderProblems(token.without(program), config);
                assertTrue(
                        problems.stream().anyMatch(text -> text.startsWith("command " + token.taker())),
                        "seed " + seed + ": " + token + ": " + problems);
                tokens++;
            }
        }
        assertTrue(tokens > 1000, "only " + tokens + " tokens");
    }

    /** The check's own words: conflicts word by word, order by reachability over queues and tokens. */
    @Test
    void theCheckFindsExactlyWhatABruteForceSearchFinds() {
        int unordered = 0;
        for (int seed = 0; seed < 300; seed++) {
            AcceleratorConfig config = new RandomNetworks(seed % 8).config();
            List<Command> program = Tokens.add(new RandomCommands(seed, config, MEMORY_BYTES).program(20), config);
            List<Token> tokens = Token.of(program);
            for (int dropped = 0; dropped < Math.min(2, tokens.size()); dropped++) {
                program = tokens.get(new Random(seed + dropped).nextInt(tokens.size()))
                        .without(program);
                tokens = Token.of(program);
            }
            boolean found = !orderProblems(program, config).isEmpty();
            assertEquals(BruteForce.hasUnorderedConflict(program, config), found, "seed " + seed);
            unordered += found ? 1 : 0;
        }
        assertTrue(unordered > 100, "only " + unordered + " programs had a conflict");
    }

    /** Queues that run at once, in any order that tokens and dispatch allow, end as one command after the other does. */
    @Test
    void trainingInAnyOrderThatTokensAllowEndsInTheSameWeights() {
        int reordered = 0;
        for (int seed = 0; seed < 25; seed++) {
            RandomNetworks draw = new RandomNetworks(seed);
            AcceleratorConfig config = draw.config();
            Network network = draw.network(config);
            TrainingPrograms training = new TrainingPrograms(network, config, draw.minibatch(network));
            List<Command> program = Tokens.add(training.commands(), config);
            assertEquals(List.of(), training.check().problems(program), "seed " + seed);
            Machine sequential = new Machine(config, training.external());
            sequential.run(training.commands());
            ExternalMemory before = training.external();
            assertFalse(before.equals(sequential.external()), "nothing was stored");
            for (int order = 0; order < 3; order++) {
                Machine concurrent = new Machine(config, training.external());
                List<Command> ran = AnyOrder.of(program, new Random(order));
                reordered += ran.equals(program) ? 0 : 1;
                concurrent.run(ran);
                assertEquals(sequential.external(), concurrent.external(), "seed " + seed + ", order " + order);
            }
        }
        assertTrue(reordered > 50, "only " + reordered + " of 75 programs ran out of order");
    }

    @Test
    void aFenceIsPutInWhereTooManyTokensCouldWait() {
        AcceleratorConfig config = new RandomNetworks(1).config();
        List<Command> commands = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            commands.add(transfer(Opcode.LOAD, index, 1, 0));
        }
        for (int index = 0; index < 300; index++) {
            commands.add(transfer(Opcode.STORE, index, 1, MEMORY_BYTES / 2 + 4 * index));
        }
        List<Command> program = Tokens.add(commands, config);
        assertEquals(601, program.size());
        assertEquals(
                Opcode.FENCE, program.get(300 + CommandQueue.MAXIMUM_TOKENS).opcode());
        assertEquals(List.of(), orderProblems(program, config));
        List<Command> unfenced = new ArrayList<>(commands);
        for (int index = 0; index < 300; index++) {
            unfenced.set(index, commands.get(index).withTokens(0, 1 << CommandQueue.STORE.ordinal()));
            unfenced.set(300 + index, commands.get(300 + index).withTokens(1 << CommandQueue.LOAD.ordinal(), 0));
        }
        List<String> problems = orderProblems(unfenced, config);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(
                problems.get(0).startsWith("command 255 ")
                        && problems.get(0)
                                .endsWith("gives a token from LOAD to STORE while 255 may wait, "
                                        + "the accelerator counts to 255"),
                problems.get(0));
    }

    /** Two samples through one layer and one pair of buffers: the table of docs/09-programs.md. */
    @Test
    void theExampleOfTheDocsHasTheTokensOfItsTable() {
        AcceleratorConfig config = new ConfigReader().read("tiny");
        List<Command> commands = new ArrayList<>();
        for (int sample = 0; sample < 2; sample++) {
            commands.add(transfer(Opcode.LOAD, 0, 6, 24 * sample));
            commands.add(dense(Opcode.FORWARD));
            commands.add(dense(Opcode.NEURON));
            commands.add(transfer(Opcode.STORE, 6, 2, 2048 + 8 * sample));
        }
        List<Command> program = Tokens.add(commands, config);
        List<String> tokens = new ArrayList<>();
        for (Command command : program) {
            tokens.add(queues(command::takes) + " " + queues(command::gives));
        }
        assertEquals(
                List.of(
                        "[] [FORWARD]",
                        "[LOAD] [LOAD]",
                        "[] [STORE]",
                        "[FORWARD] [FORWARD]",
                        "[FORWARD] [FORWARD]",
                        "[LOAD] []",
                        "[STORE] [STORE]",
                        "[FORWARD] []"),
                tokens);
        ToLongFunction<Command> cycles = command -> switch (command.opcode()) {
            case FORWARD -> 40;
            case NEURON -> 10;
            default -> 50;
        };
        assertEquals(240, Timeline.of(program, cycles).cycles());
        assertEquals(
                List.of(),
                new ProgramCheck(config, MEMORY_BYTES)
                        .input(0, 48)
                        .input(Scratchpad.FORWARD_WEIGHT, 0, 12)
                        .problems(program));
    }

    private static List<CommandQueue> queues(Predicate<CommandQueue> has) {
        return Arrays.stream(CommandQueue.values()).filter(has).toList();
    }

    private static Command dense(Opcode opcode) {
        Command.Builder command = Command.of(opcode)
                .with(CommandField.STEPS, 2)
                .with(CommandField.INPUT_BLOCKS, 3)
                .with(CommandField.SPIKE_OUTPUT, opcode == Opcode.NEURON ? 6 : 0);
        for (CommandField one : List.of(
                CommandField.SAMPLES,
                CommandField.PLANES,
                CommandField.OUTPUT_BLOCKS,
                CommandField.INPUT_HEIGHT,
                CommandField.INPUT_WIDTH,
                CommandField.OUTPUT_HEIGHT,
                CommandField.OUTPUT_WIDTH,
                CommandField.KERNEL_HEIGHT,
                CommandField.KERNEL_WIDTH,
                CommandField.STRIDE)) {
            command.with(one, 1);
        }
        return command.build();
    }

    private static Command transfer(Opcode opcode, int word, int words, int address) {
        return Command.of(opcode)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, words)
                .with(CommandField.SCRATCHPAD, Scratchpad.SPIKE.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, word)
                .with(CommandField.MEMORY_LOW, address)
                .build();
    }

    /** What the check says of tokens and order; random commands make no sense otherwise. */
    static List<String> orderProblems(List<Command> program, AcceleratorConfig config) {
        Problems problems = new Problems(program);
        TokenCheck tokens = new TokenCheck(program, problems);
        tokens.run();
        Segments segments = new Segments(program.stream().flatMap(command -> Footprint.of(command, config).stream()));
        OrderCheck order = new OrderCheck(segments, problems);
        for (int index = 0; index < program.size(); index++) {
            int[] clock = tokens.clock(index);
            if (clock != null) {
                order.next(index, program.get(index), Footprint.of(program.get(index), config), clock);
            }
        }
        return problems.all();
    }
}
