package h2learn.host.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.RandomNetworks;
import h2learn.model.machine.Machine;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class InterleaveTest {
    /** Cycles drawn once for each command. */
    private static ToLongFunction<Command> random(long seed) {
        Random random = new Random(seed);
        Map<Command, Long> drawn = new HashMap<>();
        return command -> drawn.computeIfAbsent(command, none -> (long) random.nextInt(1000));
    }

    @Test
    void queuesAreNeverHeldUpByDispatchAndTheProgramStaysRight() {
        int gained = 0;
        for (int seed = 0; seed < 150; seed++) {
            AcceleratorConfig config = new RandomNetworks(seed % 8).config();
            List<Command> program = Tokens.add(runs(new RandomCommands(seed, config, 1 << 14), seed), config);
            ToLongFunction<Command> cycles = random(seed);
            List<Command> interleaved = Interleave.byStart(program, cycles);
            assertEquals(List.of(), TokensTest.orderProblems(interleaved, config), "seed " + seed);
            for (CommandQueue queue : CommandQueue.values()) {
                assertEquals(of(queue, program), of(queue, interleaved), "seed " + seed);
            }
            long best = Timeline.unlimited(program, cycles).cycles();
            assertEquals(best, Timeline.of(interleaved, cycles).cycles(), "seed " + seed);
            gained += Timeline.of(program, cycles).cycles() > best ? 1 : 0;
        }
        assertTrue(gained > 20, "dispatch held up only " + gained + " programs before");
    }

    /** Runs of commands of one opcode, longer than a queue. */
    private static List<Command> runs(RandomCommands draw, long seed) {
        Random random = new Random(seed);
        List<Command> commands = new ArrayList<>();
        while (commands.size() < 100) {
            Opcode opcode = Opcode.values()[random.nextInt(Opcode.values().length)];
            int length = opcode == Opcode.FENCE ? 1 : 5 + random.nextInt(20);
            for (int index = 0; index < length; index++) {
                commands.add(draw.command(opcode));
            }
        }
        return commands;
    }

    private static List<Command> of(CommandQueue queue, List<Command> program) {
        return program.stream()
                .filter(command -> command.opcode() != Opcode.FENCE && CommandQueue.of(command.opcode()) == queue)
                .toList();
    }

    @Test
    void trainingEndsInTheSameWeights() {
        for (int seed = 0; seed < 10; seed++) {
            RandomNetworks draw = new RandomNetworks(seed);
            AcceleratorConfig config = draw.config();
            Network network = draw.network(config);
            TrainingPrograms training = new TrainingPrograms(network, config, draw.minibatch(network));
            List<Command> program = Interleave.byStart(Tokens.add(training.commands(), config), random(seed));
            assertEquals(List.of(), training.check().problems(program), "seed " + seed);
            Machine sequential = new Machine(config, training.external());
            sequential.run(training.commands());
            Machine interleaved = new Machine(config, training.external());
            interleaved.run(program);
            assertEquals(sequential.external(), interleaved.external(), "seed " + seed);
        }
    }

    /** Twenty loads without work for anyone hold up a command that has nothing to wait for. */
    @Test
    void aFullQueueHoldsUpWhatComesBehindIt() {
        List<Command> program = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            program.add(transfer(Opcode.LOAD, index));
        }
        program.add(transfer(Opcode.STORE, 100));
        ToLongFunction<Command> cycles = command -> 10;
        assertEquals(110, Timeline.of(program, cycles).starts().get(20));
        List<Command> interleaved = Interleave.byStart(program, cycles);
        assertEquals(Opcode.STORE, interleaved.get(1).opcode());
        assertEquals(0, Timeline.of(interleaved, cycles).starts().get(1));
        assertEquals(200, Timeline.of(interleaved, cycles).cycles());
    }

    private static Command transfer(Opcode opcode, int word) {
        return Command.of(opcode)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 1)
                .with(CommandField.SCRATCHPAD, Scratchpad.SPIKE.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, word)
                .build();
    }
}
