package h2learn.host.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final int MEMORY_BYTES = 1 << 12;

    @Test
    void randomProgramsWithTokensPassTheCheck() {
        for (int seed = 0; seed < 2000; seed++) {
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
        for (int seed = 0; seed < 40; seed++) {
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
                concurrent.run(AnyOrder.of(program, new Random(order)));
                assertEquals(sequential.external(), concurrent.external(), "seed " + seed + ", order " + order);
            }
        }
    }

    @Test
    void aFenceIsPutInWhereTooManyTokensCouldWait() {
        AcceleratorConfig config = new RandomNetworks(1).config();
        List<Command> commands = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            commands.add(transfer(Opcode.LOAD, index));
        }
        for (int index = 0; index < 300; index++) {
            commands.add(transfer(Opcode.STORE, index));
        }
        List<Command> program = Tokens.add(commands, config);
        assertEquals(601, program.size());
        assertEquals(Opcode.FENCE, program.get(300 + CommandQueue.MAXIMUM_TOKENS).opcode());
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
                        && problems.get(0).endsWith("gives a token from LOAD to STORE while 255 may wait, "
                                + "the accelerator counts to 255"),
                problems.get(0));
    }

    private static Command transfer(Opcode opcode, int index) {
        return Command.of(opcode)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 1)
                .with(CommandField.SCRATCHPAD, Scratchpad.SPIKE.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, index)
                .with(CommandField.MEMORY_LOW, opcode == Opcode.LOAD ? 0 : MEMORY_BYTES / 2 + 4L * index)
                .build();
    }

    /** What the check says of tokens and order; random commands make no sense otherwise. */
    static List<String> orderProblems(List<Command> program, AcceleratorConfig config) {
        Problems problems = new Problems(program);
        TokenCheck tokens = new TokenCheck(program, problems);
        tokens.run();
        Segments segments =
                new Segments(program.stream().flatMap(command -> Footprint.of(command, config).stream()));
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
