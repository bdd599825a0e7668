package h2learn.rtl.bus;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
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
import java.util.List;
import java.util.Locale;

/**
 * Takes commands from the FIFO one after the other, checks each, starts its engine and waits until that is done. Stops
 * at an illegal command and holds its code, opcode and index until a restart.
 */
public final class CommandProcessor extends Circuit {
    public final Bool pushValid = in(bool());
    public final Bool pushReady = out(bool());
    public final Bits pushCommand;

    /** Words of the running command. */
    public final Vec<Bits> command;
    /** One pulse for each engine, in the order of {@link Engine}. */
    public final List<Bool> start = new ArrayList<>();

    public final List<Bool> engineBusy = new ArrayList<>();

    /** Of LOAD and STORE: they ended with an error, and its code. */
    public final Bool transferFailed = in(bool());

    public final UInt transferError = in(uint(8));

    public final Bool busy = out(bool());
    public final UInt level;
    public final UInt completed = outReg(uint(32)).init(0);
    public final Bool fenceDone = out(bool());
    public final Bool failed = out(bool());
    public final UInt errorCode = outReg(uint(8)).init(0);

    private static final List<CommandField> GEOMETRY = List.of(
            CommandField.INPUT_HEIGHT,
            CommandField.INPUT_WIDTH,
            CommandField.OUTPUT_HEIGHT,
            CommandField.OUTPUT_WIDTH,
            CommandField.KERNEL_HEIGHT,
            CommandField.KERNEL_WIDTH,
            CommandField.STRIDE);

    /** Bit-planes that hold the spikes of a square of 3x3. */
    private static final int POOL_PLANES = 4;

    enum State {
        IDLE,
        CHECK,
        MEASURE,
        RUN,
        WAIT,
        FAILED
    }

    final EnumSig<State> state = reg(EnumType.of(State.class)).init(State.IDLE);
    final Queue fifo;
    final GeometryUnit geometryUnit;
    /** The geometry of the running command, in the order of {@link Geometry}. */
    public final List<UInt> geometry = new ArrayList<>();

    public CommandProcessor(AcceleratorConfig config) {
        moduleName("CommandProcessor");
        int width = 32 * CommandField.WORDS;
        pushCommand = in(bits(width));
        level = out(uint(AcceleratorConfig.ceilLog2(Register.FIFO_DEPTH) + 1));
        fifo = inst("fifo", new Queue("CommandFifo", width, Register.FIFO_DEPTH, config.target()));
        fifo.pushValid.assign(pushValid);
        fifo.pushData.assign(pushCommand);
        pushReady.assign(fifo.pushReady);
        level.assign(fifo.level);
        command = outReg(vec(bits(32), CommandField.WORDS));

        Bool idle = state.is(State.IDLE);
        fifo.popReady.assign(idle);
        when(idle.and(fifo.popValid), () -> {
            for (int word = 0; word < CommandField.WORDS; word++) {
                command.get(word).assign(fifo.popData.slice(32 * word + 31, 32 * word));
            }
            state.assign(State.CHECK);
        });

        geometryUnit = inst(new GeometryUnit(config.limits().points()));
        geometryUnit.command.assign(command);
        for (Geometry each : Geometry.values()) {
            UInt value =
                    out(uint(Geometry.BITS)).named("geometry_" + each.name().toLowerCase(Locale.ROOT));
            value.assign(geometryUnit.value.get(each.ordinal()));
            geometry.add(value);
        }

        UInt code = check(config);
        Bool fence = opcodeIs(Opcode.FENCE);
        Bool finished = Bool.lit(true);
        for (Engine engine : Engine.values()) {
            Bool pulse = out(bool()).named("start_" + engine.name());
            Bool engineIsBusy = in(bool()).named("busy_" + engine.name());
            start.add(pulse);
            engineBusy.add(engineIsBusy);
            pulse.assign(state.is(State.RUN).and(opcodeIs(opcodeOf(engine))));
            finished = finished.and(engineIsBusy.not());
        }
        Bool fenceNow = state.is(State.RUN).and(fence);
        Bool done = state.is(State.WAIT).and(finished);
        fenceDone.assign(fenceNow);
        failed.assign(state.is(State.FAILED));
        busy.assign(fifo.popValid
                .or(state.is(State.CHECK))
                .or(state.is(State.MEASURE))
                .or(state.is(State.RUN))
                .or(state.is(State.WAIT)));
        Bool legal = code.eq(ErrorCode.NONE.code());
        geometryUnit.start.assign(state.is(State.CHECK).and(legal).and(onPoints()));
        when(state.is(State.CHECK), () -> {
            errorCode.assign(code);
            state.assign(mux(
                    legal,
                    mux(
                            onPoints(),
                            state.type().lit(State.MEASURE),
                            state.type().lit(State.RUN)),
                    state.type().lit(State.FAILED)));
        });
        when(state.is(State.MEASURE).and(geometryUnit.done), () -> {
            state.assign(State.RUN);
            when(geometryUnit.tooLarge, () -> {
                errorCode.assign(ErrorCode.POINTS.code());
                state.assign(State.FAILED);
            });
        });
        when(
                state.is(State.RUN),
                () -> state.assign(
                        mux(fence, state.type().lit(State.IDLE), state.type().lit(State.WAIT))));
        Bool transfers = opcodeIs(Opcode.LOAD).or(opcodeIs(Opcode.STORE));
        Bool transferStops = done.and(transfers).and(transferFailed);
        when(done, () -> state.assign(State.IDLE));
        when(transferStops, () -> {
            errorCode.assign(transferError);
            state.assign(State.FAILED);
        });
        when(done.and(transferStops.not()).or(fenceNow), () -> completed.assign(completed.add(1)));
    }

    /** The error code of the command in hand, 0 when it is legal. */
    private UInt check(AcceleratorConfig config) {
        UInt samples = field(CommandField.SAMPLES);
        UInt steps = field(CommandField.STEPS);
        UInt planes = field(CommandField.PLANES);
        AcceleratorConfig.Limits limits = config.limits();
        Bool onSamples = onPoints();
        Bool onPlanes = opcodeIs(Opcode.FORWARD).or(opcodeIs(Opcode.WEIGHT_GRADIENT));
        Bool noExtent = Bool.lit(false);
        for (CommandField field : GEOMETRY) {
            noExtent = noExtent.or(field(field).eq(0));
        }
        Bool known = Bool.lit(false);
        for (Opcode opcode : Opcode.values()) {
            known = known.or(opcodeIs(opcode));
        }
        UInt code = UInt.lit(ErrorCode.NONE.code(), 8);
        code = refuse(code, onSamples.and(noExtent), ErrorCode.GEOMETRY);
        UInt outputPlanes = field(CommandField.OUTPUT_PLANES);
        Bool pools = opcodeIs(Opcode.POOL).or(opcodeIs(Opcode.POOL_BACKWARD));
        Bool noSquare = isSquare(CommandField.KERNEL_HEIGHT)
                .and(isSquare(CommandField.KERNEL_WIDTH))
                .not();
        code = refuse(code, pools.and(noSquare), ErrorCode.GEOMETRY);
        code = refuse(code, pools.and(outputPlanes.eq(0).or(outputPlanes.gt(POOL_PLANES))), ErrorCode.PLANES);
        code = refuse(code, onPlanes.and(planes.eq(0).or(planes.gt(limits.inputPlanes()))), ErrorCode.PLANES);
        code = refuse(code, onSamples.and(steps.eq(0).or(steps.gt(limits.steps()))), ErrorCode.STEPS);
        code = refuse(code, onSamples.and(samples.eq(0).or(samples.gt(limits.samples()))), ErrorCode.SAMPLES);
        return refuse(code, known.not(), ErrorCode.UNKNOWN_OPCODE);
    }

    /** Whether a pool may have squares of this height or width. */
    private Bool isSquare(CommandField kernel) {
        return field(kernel).eq(2).or(field(kernel).eq(3));
    }

    /** Whether the command works on the points of a layer. */
    private Bool onPoints() {
        return opcodeIs(Opcode.UPDATE)
                .or(opcodeIs(Opcode.FENCE))
                .or(opcodeIs(Opcode.LOAD))
                .or(opcodeIs(Opcode.STORE))
                .not();
    }

    private static UInt refuse(UInt code, Bool condition, ErrorCode error) {
        return mux(condition, UInt.lit(error.code(), 8), code);
    }

    private static Opcode opcodeOf(Engine engine) {
        for (Opcode opcode : Opcode.values()) {
            if (opcode != Opcode.FENCE && Engine.of(opcode) == engine) {
                return opcode;
            }
        }
        throw new IllegalStateException("no opcode for " + engine);
    }

    private Bool opcodeIs(Opcode opcode) {
        return field(CommandField.OPCODE).eq(opcode.code());
    }

    private UInt field(CommandField field) {
        return CommandPorts.slice(field, command);
    }
}
