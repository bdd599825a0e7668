package h2learn.host;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.host.Driver.Counters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registers of one accelerator: identity, commands handed over one by one, errors, counters. */
public final class CommandPort {
    /** Far more than any command takes; a hang is reported after it. */
    public static final long CYCLE_BUDGET = 500_000_000;

    private final Transport transport;
    private long cycleBudget = CYCLE_BUDGET;
    private int @Nullable [] staged;

    public CommandPort(Transport transport) {
        this.transport = transport;
    }

    /** Checks that the accelerator is there and is the one of this configuration. Throws {@link TransportException}. */
    public void open(AcceleratorConfig config) {
        open(config.name(), ConfigHash.of(config));
    }

    /**
     * The same where the configuration's name and hash are all that is known. Throws {@link TransportException}, which
     * tells a bus that does not answer, one that reads all ones, another device and another configuration apart.
     */
    public void open(String name, ConfigHash expected) {
        int identifier;
        try {
            identifier = read(Register.ID);
        } catch (TransportException silent) {
            throw new TransportException(
                    "the ID register cannot be read: " + silent.getMessage()
                            + "; is the accelerator in the design, at this address, clocked and out of reset?",
                    silent);
        }
        if (identifier == -1) {
            throw new TransportException("the ID register reads 0xFFFFFFFF, all ones: nothing drives the bus; is the"
                    + " device programmed, and is this the accelerator's address?");
        }
        if (identifier != Register.IDENTIFIER) {
            throw new TransportException(String.format(
                    "the ID register reads 0x%08X, not 0x%08X: no h2learn accelerator answers at this address",
                    identifier, Register.IDENTIFIER));
        }
        int version = read(Register.VERSION);
        if (version != Register.MAP_VERSION) {
            throw new TransportException("the accelerator has register map version " + version + ", this host knows "
                    + Register.MAP_VERSION + ": generate both with the same h2learn");
        }
        int low = read(Register.HASH_LOW);
        int high = read(Register.HASH_HIGH);
        if (low != expected.lowWord() || high != expected.highWord()) {
            throw new TransportException(String.format(
                    "the accelerator was generated from another configuration: its hash is %08x%08x, that of %s is %08x%08x",
                    high, low, name, expected.highWord(), expected.lowWord()));
        }
    }

    public int read(Register register) {
        return transport.read(register.offset(), 1)[0];
    }

    public void write(Register register, int value) {
        transport.write(register.offset(), new int[] {value});
    }

    /** Runs commands and returns when all are done. Throws {@link TransportException} when one is refused or hangs. */
    public void run(List<Command> commands) {
        for (int from = 0; from < commands.size(); from += Register.FIFO_DEPTH) {
            start(commands.subList(from, Math.min(commands.size(), from + Register.FIFO_DEPTH)));
            awaitIdle();
        }
    }

    /**
     * Hands over at most {@link Register#FIFO_DEPTH} commands, which run one after the other as tokens pass from each to
     * the next, and does not wait.
     */
    public void start(List<Command> commands) {
        for (int index = 0; index < commands.size(); index++) {
            int take = index == 0 ? 0 : tokenBetween(commands.get(index), commands.get(index - 1));
            int give = index == commands.size() - 1 ? 0 : tokenBetween(commands.get(index), commands.get(index + 1));
            Command command = commands.get(index);
            push(command.opcode() == Opcode.FENCE ? command : command.withTokens(take, give));
        }
    }

    /** The token bit that orders two neighbours; within a queue, and at a FENCE, order needs none. */
    private static int tokenBetween(Command own, Command other) {
        if (own.opcode() == Opcode.FENCE || other.opcode() == Opcode.FENCE) {
            return 0;
        }
        CommandQueue queue = CommandQueue.of(other.opcode());
        return queue == CommandQueue.of(own.opcode()) ? 0 : 1 << queue.ordinal();
    }

    /** Hands one command to the FIFO; only the words that differ from the command before are written. */
    private void push(Command command) {
        int[] words = command.words();
        List<Integer> changed = new ArrayList<>();
        int last = CommandField.WORDS - 1;
        for (int word = 0; word <= last; word++) {
            if (staged == null || staged[word] != words[word] || word == last) {
                changed.add(word);
            }
        }
        transport.writeEach(
                changed.stream().mapToLong(Register.COMMAND::offset).toArray(),
                changed.stream().mapToInt(word -> words[word]).toArray());
        staged = words;
    }

    /** Cycles that {@link #awaitIdle()} waits at most, {@value #CYCLE_BUDGET} at first. */
    public void cycleBudget(long cycles) {
        cycleBudget = cycles;
    }

    /** Returns when all commands are done. Throws {@link TransportException} when one is refused or hangs. */
    public void awaitIdle() {
        int busy = 1 << Register.STATUS.field("BUSY").low();
        int status;
        try {
            status = transport.poll(Register.STATUS.offset(), busy, 0, cycleBudget);
        } catch (TransportException late) {
            throw new TransportException(late.getMessage() + "; " + state(), late);
        }
        if (Register.STATUS.field("ERROR").get(status) != 0) {
            throw new TransportException(refusal(transport));
        }
    }

    /** Why an accelerator stopped, from its error registers. Throws {@link TransportException}. */
    static String refusal(Transport transport) {
        int error = transport.read(Register.ERROR.offset(), 1)[0];
        int index = transport.read(Register.ERROR_INDEX.offset(), 1)[0];
        int code = Register.ERROR.field("CODE").get(error);
        String opcode = Opcode.name(Register.ERROR.field("OPCODE").get(error));
        String waits = code == ErrorCode.WATCHDOG.code() ? "; " + EngineStates.read(transport) : "";
        return "command " + Integer.toUnsignedString(index) + " (" + opcode + ") was refused: "
                + ErrorCode.meaning(code) + waits;
    }

    /** What every queue and engine does, or why that cannot be read. */
    public String state() {
        try {
            return EngineStates.read(transport).toString();
        } catch (TransportException silent) {
            return "and the state cannot be read: " + silent.getMessage();
        }
    }

    /** Aborts everything and empties the FIFO; scratchpads keep what they hold. */
    public void restart() {
        write(Register.CONTROL, Register.RESTART);
        staged = null;
    }

    /** Sets performance and saturation counters to 0. */
    public void clearCounters() {
        write(Register.CONTROL, Register.CLEAR_COUNTERS);
    }

    public Map<Engine, Counters> counters() {
        Map<Engine, Counters> counters = new EnumMap<>(Engine.class);
        int[] words = transport.read(Register.COUNTERS.offset(), Register.COUNTERS.count());
        for (Engine engine : Engine.values()) {
            int at = 8 * engine.ordinal();
            counters.put(
                    engine,
                    new Counters(join(words, at), join(words, at + 2), join(words, at + 4), join(words, at + 6)));
        }
        return counters;
    }

    /** Clipped values of gu and ds of layers 0 to {@code layers - 1} since {@link #clearCounters()}. */
    public int[] saturations(int layers) {
        return transport.read(Register.SATURATIONS.offset(), layers);
    }

    /** Clock cycles since {@link #clearCounters()}. */
    public long cycles() {
        return join(transport.read(Register.CYCLES.offset(), 2), 0);
    }

    /** Clock cycles since {@link #clearCounters()} in which FORWARD, BACKWARD and GRADIENT each ran a command. */
    public long overlap() {
        return join(transport.read(Register.OVERLAP.offset(), 2), 0);
    }

    private static long join(int[] words, int low) {
        return Integer.toUnsignedLong(words[low]) | (long) words[low + 1] << 32;
    }
}
