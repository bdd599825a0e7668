package h2learn.rtl.command;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.EnumSig;
import h2learn.hdl.EnumType;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryUnit;
import h2learn.rtl.memory.Queue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The commands of one queue: takes them one after the other, checks and measures each, waits for its tokens, starts its
 * engine, waits until that is done and gives its tokens. A command that is illegal or whose engine fails stops the queue
 * until a restart.
 */
public final class EngineQueue extends Circuit {
    private static final int QUEUES = CommandQueue.values().length;
    private static final int INDEX_BITS = 32;

    /** Bits of a command and its index above them. */
    public static final int ENTRY_BITS = 32 * CommandField.WORDS + INDEX_BITS;

    public final Bool pushValid = in(bool());
    public final Bool pushReady = out(bool());
    public final Bits pushEntry = in(bits(ENTRY_BITS));

    /** No command may start any more. */
    public final Bool hold = in(bool());
    /** Of which queues tokens wait for this one. */
    public final Bits available = in(bits(QUEUES));

    public final Bits take = out(bits(QUEUES));
    public final Bits give = out(bits(QUEUES));

    /** Words of the running command. */
    public final Vec<Bits> command = outReg(vec(bits(32), CommandField.WORDS));

    public final UInt index = outReg(uint(INDEX_BITS)).init(0);
    /** The geometry of the running command, in the order of {@link Geometry}; none in a queue of transfers. */
    public final List<UInt> geometry = new ArrayList<>();
    /** One pulse for each engine of this queue. */
    public final Map<Engine, Bool> start = new LinkedHashMap<>();

    public final Map<Engine, Bool> engineBusy = new LinkedHashMap<>();
    /** The running engine ends with this error code instead of 0. */
    public final UInt engineError = in(uint(8));

    /** Commands wait or run. */
    public final Bool busy = out(bool());
    /** An engine runs. */
    public final Bool running = out(bool());

    public final Bool started = out(bool());
    public final Bool completed = out(bool());
    public final Bool failed = out(bool());
    public final UInt errorCode = outReg(uint(8)).init(0);
    /** The queue's QUEUE_STATE register. */
    public final Bits status = out(bits(32));

    /** In the order of the STATE field of QUEUE_STATE. */
    enum State {
        IDLE,
        CHECK,
        MEASURE,
        TOKENS,
        START,
        RUN,
        FAILED
    }

    final EnumSig<State> state = reg(EnumType.of(State.class)).init(State.IDLE);
    final Queue fifo;

    public EngineQueue(AcceleratorConfig config, CommandQueue queue) {
        moduleName("EngineQueue_" + queue.name());
        List<Opcode> opcodes = opcodes(queue);
        CommandCheck check = new CommandCheck(command, opcodes);
        fifo = inst("fifo", new Queue("EngineFifo", ENTRY_BITS, CommandQueue.DEPTH, config.target()));
        fifo.pushValid.assign(pushValid);
        fifo.pushData.assign(pushEntry);
        pushReady.assign(fifo.pushReady);

        Bool next = state.is(State.IDLE).and(hold.not());
        fifo.popReady.assign(next);
        when(next.and(fifo.popValid), () -> {
            for (int word = 0; word < CommandField.WORDS; word++) {
                command.get(word).assign(fifo.popData.slice(32 * word + 31, 32 * word));
            }
            index.assign(
                    fifo.popData.slice(ENTRY_BITS - 1, ENTRY_BITS - INDEX_BITS).asUInt());
            state.assign(State.CHECK);
        });

        Bool checking = state.is(State.CHECK);
        UInt code = check.code(config);
        Bool legal = code.eq(ErrorCode.NONE.code());
        State checked = measures(queue) ? State.MEASURE : State.TOKENS;
        when(checking, () -> {
            errorCode.assign(code);
            state.assign(mux(legal, state.type().lit(checked), state.type().lit(State.FAILED)));
        });
        if (measures(queue)) {
            measure(config, queue, check, checking.and(legal));
        }

        Bool waiting = state.is(State.TOKENS);
        Bits wanted = field(CommandField.TAKE_TOKENS).asBits();
        Bits missing = wanted.and(available.not());
        started.assign(waiting.and(missing.orR().not(), hold.not()));
        take.assign(mux(started, wanted, Bits.lit(0, QUEUES)));
        when(started, () -> state.assign(State.START));

        Bool finished = Bool.lit(true);
        for (Opcode opcode : opcodes) {
            Engine engine = Engine.of(opcode);
            Bool pulse = out(bool()).named("start_" + engine.name());
            Bool engineIsBusy = in(bool()).named("busy_" + engine.name());
            start.put(engine, pulse);
            engineBusy.put(engine, engineIsBusy);
            pulse.assign(state.is(State.START).and(check.isOneOf(opcode)));
            finished = finished.and(engineIsBusy.not());
        }
        when(state.is(State.START), () -> state.assign(State.RUN));
        Bool done = state.is(State.RUN).and(finished);
        Bool good = engineError.eq(ErrorCode.NONE.code());
        completed.assign(done.and(good));
        give.assign(mux(completed, field(CommandField.GIVE_TOKENS).asBits(), Bits.lit(0, QUEUES)));
        when(done, () -> {
            errorCode.assign(engineError);
            state.assign(mux(good, state.type().lit(State.IDLE), state.type().lit(State.FAILED)));
        });
        failed.assign(state.is(State.FAILED));
        running.assign(state.is(State.START).or(state.is(State.RUN)));
        busy.assign(fifo.popValid.or(state.is(State.IDLE).not()));
        status.assign(Bits.concat(List.of(
                stateCode().asBits(),
                Bits.lit(0, 1),
                fifo.level.resize(4).asBits(),
                field(CommandField.OPCODE).asBits(),
                mux(waiting, missing, Bits.lit(0, QUEUES)),
                Bits.lit(0, 16 - QUEUES))));
    }

    private void measure(AcceleratorConfig config, CommandQueue queue, CommandCheck check, Bool passed) {
        GeometryUnit unit = inst(
                "geometryUnit",
                new GeometryUnit("GeometryUnit_" + queue.name(), config.limits().points()));
        unit.command.assign(command);
        for (Geometry each : Geometry.values()) {
            UInt value =
                    out(uint(Geometry.BITS)).named("geometry_" + each.name().toLowerCase(Locale.ROOT));
            value.assign(unit.value.get(each.ordinal()));
            geometry.add(value);
        }
        Bool onPoints = check.onPoints();
        unit.start.assign(passed.and(onPoints));
        when(passed.and(onPoints.not()), () -> state.assign(State.TOKENS));
        when(state.is(State.MEASURE).and(unit.done), () -> {
            state.assign(State.TOKENS);
            when(unit.tooLarge, () -> {
                errorCode.assign(ErrorCode.POINTS.code());
                state.assign(State.FAILED);
            });
        });
    }

    private static boolean measures(CommandQueue queue) {
        return queue != CommandQueue.LOAD && queue != CommandQueue.STORE;
    }

    static List<Opcode> opcodes(CommandQueue queue) {
        return Arrays.stream(Opcode.values())
                .filter(opcode -> opcode != Opcode.FENCE && CommandQueue.of(opcode) == queue)
                .toList();
    }

    private UInt stateCode() {
        UInt code = UInt.lit(0, 3);
        for (State each : State.values()) {
            code = mux(state.is(each), UInt.lit(each.ordinal(), 3), code);
        }
        return code;
    }

    private UInt field(CommandField field) {
        return CommandPorts.slice(field, command);
    }
}
