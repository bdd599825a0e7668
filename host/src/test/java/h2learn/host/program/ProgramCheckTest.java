package h2learn.host.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each kind of fault, planted in a program that is right. */
class ProgramCheckTest {
    private static final AcceleratorConfig CONFIG = new ConfigReader().read("tiny");

    private final TrainingPrograms training = training();
    private final List<Command> program = Tokens.add(training.commands(), CONFIG);

    private static TrainingPrograms training() {
        Network network = new Network(
                "check",
                "A convolution, a pool and two dense layers.",
                new Input(2, 5, 5, Encoding.SPIKES, 1, 0, false),
                2,
                new Neuron(0.5, 0.1, 0.4, 1),
                List.of(
                        new Conv2d(6, 3, 1, 1, true, 8),
                        new Pool(Reduction.MAX, 3, 2),
                        new Dense(7, true, 8),
                        new Dense(6, false, 8)),
                new Classes(3, 2),
                new Training(4, 1, 0.5, 1, 3));
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < 4; sample++) {
            int[] values =
                    new Random(sample).ints(2L * network.input().values(), 0, 2).toArray();
            samples.add(new Sample(values, sample % 3));
        }
        return new TrainingPrograms(network, CONFIG, samples);
    }

    @Test
    void aRightProgramHasNoProblems() {
        assertEquals(List.of(), training.check().problems(program));
    }

    @Test
    void withoutTokensEveryQueueRunsIntoTheOthers() {
        List<String> problems = training.check().problems(training.commands());
        assertTrue(problems.size() > 10, problems.toString());
        assertTrue(
                problems.stream()
                        .allMatch(text -> text.endsWith("and no token orders them") || text.endsWith("problems more")),
                problems.toString());
    }

    /** Every token of the program, its two ends left out one by one. */
    @Test
    void aTokenThatIsNotGivenStopsTheProgramAndOneThatIsNotTakenIsLeft() {
        for (Token token : Token.of(program)) {
            List<Command> changed = new ArrayList<>(program);
            changed.set(
                    token.giver(),
                    Token.drop(program.get(token.giver()), 0, 1 << token.to().ordinal()));
            find(
                    changed,
                    text -> (text.startsWith("the program stops: ") && text.contains("waits for ever"))
                            || text.contains("in the order of the program"));
            changed = new ArrayList<>(program);
            changed.set(
                    token.taker(),
                    Token.drop(program.get(token.taker()), 1 << token.from().ordinal(), 0));
            find(changed, text -> text.contains("that no command takes, one of 1 left at the end"));
            find(changed, text -> text.startsWith("command ") && text.endsWith("and no token orders them"));
        }
    }

    /** Neighbours of different queues of which one needs the other. */
    @Test
    void swappedCommandsAreFound() {
        int swapped = 0;
        for (int index = 0; index + 1 < program.size(); index++) {
            List<Command> pair = List.of(
                    program.get(index).withTokens(0, 0), program.get(index + 1).withTokens(0, 0));
            if (BruteForce.hasUnorderedConflict(pair, CONFIG)) {
                List<Command> changed = new ArrayList<>(program);
                Collections.swap(changed, index, index + 1);
                find(changed, text -> true);
                swapped++;
            }
        }
        assertTrue(swapped > 5, "only " + swapped + " neighbours depend on each other");
    }

    @Test
    void aMissingLoadIsFound() {
        for (int index = 0; index < program.size(); index++) {
            if (training.commands().get(index).opcode() == Opcode.LOAD) {
                List<Command> changed = new ArrayList<>(training.commands());
                Scratchpad scratchpad =
                        Scratchpad.values()[(int) changed.remove(index).get(CommandField.SCRATCHPAD)];
                boolean first = training.commands().subList(0, index).stream()
                        .noneMatch(earlier -> earlier.get(CommandField.SCRATCHPAD) == scratchpad.ordinal());
                if (first) {
                    find(
                            Tokens.add(changed, CONFIG),
                            text -> text.contains("reads " + scratchpad + " word ")
                                    && text.endsWith(", which no earlier command writes"));
                }
            }
        }
    }

    @Test
    void anInputThatNobodyDeclaredIsFound() {
        List<String> problems = new ProgramCheck(CONFIG, TrainingPrograms.MEMORY_BYTES).problems(program);
        assertTrue(
                problems.get(0).startsWith("command 0 (LOAD ")
                        && problems.get(0)
                                .endsWith("reads MEMORY word 0 (of 4 bytes), which is no input and which no "
                                        + "earlier command stores"),
                problems.get(0));
    }

    /** The buffers of one layer are moved over those of another that is still needed. */
    @Test
    void overlappingBuffersAreFound() {
        for (CommandField field : List.of(CommandField.SPIKE_OUTPUT, CommandField.TRACE)) {
            List<Command> changed = new ArrayList<>();
            for (Command command : training.commands()) {
                boolean moved = command.opcode() == Opcode.NEURON && command.get(CommandField.LAYER) == 2;
                changed.add(moved ? with(command, field, 0) : command);
            }
            find(
                    Tokens.add(changed, CONFIG),
                    text -> text.contains(", which was last written by command ")
                            && text.endsWith(", not by what this command reads from"));
        }
    }

    /** The first STORE waits for the first layer's UPDATE; it is moved to the weights of another layer. */
    @Test
    void tokensOfTheRightProgramDoNotOrderABufferThatWasMoved() {
        int store = indexOf(Opcode.STORE);
        long other = program.get(store + 1).get(CommandField.SCRATCHPAD_WORD);
        List<Command> changed = new ArrayList<>(program);
        changed.set(store, with(program.get(store), CommandField.SCRATCHPAD_WORD, other));
        find(changed, text -> text.startsWith("command " + store) && text.endsWith("and no token orders them"));
    }

    @Test
    void marksOfAnotherBackwardAreFound() {
        List<Command> changed = new ArrayList<>();
        for (Command command : training.commands()) {
            changed.add(command);
            if (command.opcode() == Opcode.BACKWARD) {
                // A second one in between, elsewhere, as of another tile.
                changed.add(with(command, CommandField.TRACE_BELOW, 200));
            }
        }
        find(Tokens.add(changed, CONFIG), text -> text.contains(", whose marks of empty points are no longer"));
    }

    @Test
    void partlyWrittenDsIsForSparseReadersAlone() {
        List<Command> changed = new ArrayList<>();
        for (Command command : training.commands()) {
            changed.add(with(command, CommandField.SPARSE_DS, 0));
        }
        find(Tokens.add(changed, CONFIG), text -> text.contains("only SPARSE_DS may read that"));
    }

    @Test
    void limitsAreFoundAllAtOnce() {
        List<Command> changed = new ArrayList<>(training.commands());
        int forward = indexOf(Opcode.FORWARD);
        int load = indexOf(Opcode.LOAD);
        int store = indexOf(Opcode.STORE);
        int backward = indexOf(Opcode.BACKWARD);
        int update = indexOf(Opcode.UPDATE);
        int pool = indexOf(Opcode.POOL);
        changed.set(forward, with(changed.get(forward), CommandField.STEPS, 200));
        changed.set(load, with(changed.get(load), CommandField.MEMORY_HIGH, 1));
        changed.set(store, with(changed.get(store), CommandField.SCRATCHPAD_WORD, (1 << 24) - 1));
        changed.set(backward, with(changed.get(backward), CommandField.OUTPUT_BLOCKS, 600));
        changed.set(update, with(changed.get(update), CommandField.SHIFT, 60));
        changed.set(pool, with(changed.get(pool), CommandField.STRIDE, 5));
        changed.add(Command.of(Opcode.FENCE).build().withTokens(1, 0));
        String problems = String.join("\n", training.check().problems(changed));
        for (String sentence : List.of(
                "command " + forward + " (FORWARD ",
                "is refused: STEPS is 0 or more than limits.steps",
                "reads MEMORY words up to",
                "is refused: ROWS or ROW_WORDS is 0",
                "gradients, the backward engine lists 2048 and would hang",
                "has a SHIFT of more than 47",
                "has squares that reach beyond its input",
                "takes or gives tokens, which a FENCE does not")) {
            assertTrue(problems.contains(sentence), sentence + " is not in\n" + problems);
        }
        assertThrows(IllegalArgumentException.class, () -> training.check().require(changed));
    }

    /** The giver lies behind more takers than the taker's queue holds: it is never dispatched. */
    @Test
    void aGiverBehindAFullQueueStopsTheProgram() {
        List<Command> changed = new ArrayList<>();
        for (int index = 0; index < CommandQueue.DEPTH + 2; index++) {
            changed.add(store(index));
        }
        changed.set(0, changed.get(0).withTokens(1 << CommandQueue.LOAD.ordinal(), 0));
        List<Command> late = new ArrayList<>(changed);
        late.add(load().withTokens(0, 1 << CommandQueue.STORE.ordinal()));
        find(
                late,
                text -> text.startsWith("the program stops: command 0 (STORE ")
                        && text.endsWith("cannot be dispatched"));
        List<Command> dispatched = new ArrayList<>(changed);
        dispatched.add(CommandQueue.DEPTH + 1, load().withTokens(0, 1 << CommandQueue.STORE.ordinal()));
        List<String> problems = training.check().problems(dispatched);
        assertTrue(problems.stream().noneMatch(text -> text.startsWith("the program stops")), problems.toString());
        assertTrue(
                problems.stream().anyMatch(text -> text.contains("in the order of the program")), problems.toString());
    }

    private static Command store(int index) {
        return Command.of(Opcode.STORE)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 1)
                .with(CommandField.MEMORY_LOW, TrainingPrograms.MEMORY_BYTES / 2 + 64L * index)
                .build();
    }

    private static Command load() {
        return Command.of(Opcode.LOAD)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, 1)
                .with(CommandField.SCRATCHPAD, Scratchpad.MASTER.ordinal())
                .build();
    }

    private int indexOf(Opcode opcode) {
        return IntStream.range(0, program.size())
                .filter(index -> training.commands().get(index).opcode() == opcode)
                .findFirst()
                .orElseThrow();
    }

    private static Command with(Command command, CommandField changed, long value) {
        Command.Builder builder = Command.of(command.opcode());
        for (CommandField field : CommandField.values()) {
            if (field != CommandField.OPCODE && command.get(field) != 0 && field.word() != changed.word()) {
                builder.with(field, command.get(field));
            }
        }
        for (CommandField field : CommandField.values()) {
            boolean beside =
                    field.low() + field.bits() <= changed.low() || field.low() >= changed.low() + changed.bits();
            if (field != CommandField.OPCODE && field.word() == changed.word() && beside && command.get(field) != 0) {
                builder.with(field, command.get(field));
            }
        }
        return builder.with(changed, value).build();
    }

    private void find(List<Command> changed, Predicate<String> wanted) {
        List<String> problems = training.check().problems(changed);
        assertTrue(problems.stream().anyMatch(wanted), () -> String.join("\n", problems));
    }
}
