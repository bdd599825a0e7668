package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.host.TransportException;
import h2learn.host.plan.MemoryLayout.Region;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.TiledPlan;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program with a wrong token, and a wrong bit in what LOAD reads, do not go unnoticed. */
class ProgramsCanFailTest {
    private static final int SAMPLES = 4;
    private static final Network NETWORK = new NetworkReader().read("tiny-mlp");

    private final PlanTraining training = new PlanTraining(
            new TiledPlan(NETWORK, Accelerators.tiny(), SAMPLES, Overlap.FULL), ProgramOptions.standard(), 1);

    private List<Command> start() {
        return training.program(PlanSamples.of(NETWORK, 0, SAMPLES), 0.5);
    }

    @AfterEach
    void close() {
        training.close();
    }

    /** Only then do the other cases show something. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rightOneForComparison(boolean stepByStep) {
        List<Command> program = start();
        training.model().memory().timing(MemoryTiming.slow(1));
        if (stepByStep) {
            training.programs().stepByStep(program);
        } else {
            training.programs().atFullSpeed(program);
        }
    }

    /** A queue that does not wait for another overtakes it; the golden machine, without tokens, does not. */
    @ParameterizedTest
    @CsvSource({"FORWARD, LOAD", "BACKWARD, LOAD", "STORE, FORWARD", "GRADIENT, LOAD"})
    void tokenNotTaken(CommandQueue taker, CommandQueue giver) {
        List<Command> program = new ArrayList<>(start());
        int dropped = 0;
        for (int index = 0; index < program.size(); index++) {
            Command command = program.get(index);
            if (command.opcode() != Opcode.FENCE
                    && CommandQueue.of(command.opcode()) == taker
                    && command.takes(giver)) {
                int take = (int) command.get(CommandField.TAKE_TOKENS) & ~(1 << giver.ordinal());
                program.set(index, command.withTokens(take, (int) command.get(CommandField.GIVE_TOKENS)));
                dropped++;
            }
        }
        assertTrue(dropped > 0, taker + " takes no token of " + giver);
        training.model().memory().timing(MemoryTiming.slow(1));
        assertThrows(ProgramMismatchException.class, () -> training.programs().atFullSpeed(program));
    }

    /** One single token, of the first command that waits for one. */
    @Test
    void oneTokenNotTaken() {
        List<Command> program = new ArrayList<>(start());
        int first = first(program, CommandQueue.FORWARD);
        Command command = program.get(first);
        assertTrue(command.takes(CommandQueue.LOAD), "the first FORWARD waits for its input");
        program.set(first, command.withTokens(0, (int) command.get(CommandField.GIVE_TOKENS)));
        training.model().memory().timing(MemoryTiming.slow(1));
        assertThrows(ProgramMismatchException.class, () -> training.programs().atFullSpeed(program));
    }

    @Test
    void oneTokenNotGiven() {
        List<Command> program = new ArrayList<>(start());
        int first = first(program, CommandQueue.FORWARD) - 1;
        while (!program.get(first).gives(CommandQueue.FORWARD)) {
            first--;
        }
        program.set(first, program.get(first).withTokens(0, 0));
        training.programs().port().write(Register.WATCHDOG, 2000);
        TransportException failure =
                assertThrows(TransportException.class, () -> training.programs().atFullSpeed(program));
        String message = failure.getMessage();
        assertTrue(
                message.matches(".*queue FORWARD waits with command \\d+ \\(FORWARD\\) for a token of LOAD[,;].*"),
                message);
    }

    /** The report of a run step by step names the LOAD. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wrongBitInLoad(boolean stepByStep) {
        List<Command> program = start();
        Region input = training.plan().layout().input();
        long address = input.address() + input.bytes() / 2;
        int word = training.model().memory().read(address, 1)[0];
        training.model().memory().load(address, new int[] {word ^ 1});
        ProgramMismatchException failure = assertThrows(ProgramMismatchException.class, () -> {
            if (stepByStep) {
                training.programs().stepByStep(program);
            } else {
                training.programs().atFullSpeed(program);
            }
        });
        assertTrue(failure.getMessage().contains("SPIKE"), failure.getMessage());
        assertTrue(!stepByStep || failure.getMessage().startsWith("after LOAD "), failure.getMessage());
    }

    private static int first(List<Command> program, CommandQueue queue) {
        for (int index = 0; index < program.size(); index++) {
            Opcode opcode = program.get(index).opcode();
            if (opcode != Opcode.FENCE && CommandQueue.of(opcode) == queue) {
                return index;
            }
        }
        throw new AssertionError("no command of " + queue);
    }
}
