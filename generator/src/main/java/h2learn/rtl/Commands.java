package h2learn.rtl;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.hdl.Area;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.bus.RegisterFile;
import h2learn.rtl.command.CommandDispatcher;
import h2learn.rtl.command.CommandRing;
import h2learn.rtl.command.Completion;
import h2learn.rtl.command.EngineQueue;
import h2learn.rtl.command.FirstError;
import h2learn.rtl.command.TokenCounters;
import h2learn.rtl.command.Watchdog;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.transfer.ReadMaster;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How commands come from registers and ring to the engines: ring, dispatcher, a queue an engine group, tokens, errors. */
final class Commands extends Area {
    private static final CommandQueue[] QUEUES = CommandQueue.values();
    /** Behind the queues' own errors. */
    private static final int UNKNOWN = QUEUES.length;

    private static final int TOKENS = UNKNOWN + 1;
    private static final int RING = TOKENS + 1;
    private static final int WATCHDOG = RING + 1;

    final CommandRing ring;
    final CommandDispatcher dispatcher;
    final TokenCounters tokens;
    final Watchdog watchdog;
    final FirstError error;
    final Completion completion;
    final Bool queuesBusy = Circuit.wire(Circuit.bool());
    final Bool pending = Circuit.wire(Circuit.bool());
    final Bool busy = Circuit.wire(Circuit.bool());
    final Bool running = Circuit.wire(Circuit.bool());
    final Bool overlap = Circuit.wire(Circuit.bool());
    /** A command is dispatched, started or done. */
    final Bool moved = Circuit.wire(Circuit.bool());

    private final Map<CommandQueue, EngineQueue> queues = new EnumMap<>(CommandQueue.class);

    Commands(AcceleratorConfig config) {
        ring = Circuit.inst(new CommandRing(config));
        dispatcher = Circuit.inst(new CommandDispatcher(config));
        tokens = Circuit.inst(new TokenCounters());
        watchdog = Circuit.inst(new Watchdog());
        error = Circuit.inst(new FirstError(WATCHDOG + 1));
        completion = Circuit.inst(new Completion());
        for (CommandQueue each : QUEUES) {
            queues.put(each, Circuit.inst("queue_" + each.name(), new EngineQueue(config, each)));
        }
        connectSources();
        for (CommandQueue each : QUEUES) {
            connectQueue(each);
        }
        connectErrors();
        connectState();
    }

    EngineQueue queue(CommandQueue queue) {
        EngineQueue unit = queues.get(queue);
        if (unit == null) {
            throw new IllegalStateException("no queue " + queue);
        }
        return unit;
    }

    EngineQueue queueOf(Engine engine) {
        for (Opcode opcode : Opcode.values()) {
            if (opcode != Opcode.FENCE && Engine.of(opcode) == engine) {
                return queue(CommandQueue.of(opcode));
            }
        }
        throw new IllegalStateException("no opcode for " + engine);
    }

    private void connectSources() {
        ring.hold.assign(error.failed);
        ring.room.assign(dispatcher.ringRoom);
        dispatcher.ringValid.assign(ring.commandValid);
        dispatcher.ringCommand.assign(ring.command);
        dispatcher.ringUnderWay.assign(ring.underWay);
        dispatcher.hold.assign(error.failed);
        dispatcher.queuesBusy.assign(queuesBusy);
    }

    private void connectQueue(CommandQueue each) {
        EngineQueue unit = queue(each);
        int number = each.ordinal();
        unit.pushValid.assign(dispatcher.queueValid.get(number));
        unit.pushEntry.assign(dispatcher.entry);
        dispatcher.queueReady.get(number).assign(unit.pushReady);
        unit.hold.assign(error.failed);
        unit.available.assign(tokens.available.get(number));
        tokens.take.get(number).assign(unit.take);
        tokens.give.get(number).assign(unit.give);
        completion.completed.get(number).assign(unit.completed);
        raise(number, unit.failed, unit.errorCode, opcodeOf(unit), unit.index);
    }

    private void connectErrors() {
        raise(UNKNOWN, dispatcher.unknown, code(ErrorCode.UNKNOWN_OPCODE), dispatcher.opcode, dispatcher.index);
        // The last command to give a token may be any; the one that the dispatcher has next comes behind it.
        raise(TOKENS, tokens.overflow, code(ErrorCode.TOKENS), UInt.lit(0, 8), dispatcher.index);
        raise(RING, ring.failed, ring.errorCode, UInt.lit(0, 8), ring.errorIndex);
        UInt waiting = dispatcher.index;
        UInt opcode = dispatcher.opcode;
        for (int number = QUEUES.length - 1; number >= 0; number--) {
            EngineQueue unit = queue(QUEUES[number]);
            waiting = Circuit.mux(unit.busy, unit.index, waiting);
            opcode = Circuit.mux(unit.busy, opcodeOf(unit), opcode);
        }
        raise(WATCHDOG, watchdog.fired, code(ErrorCode.WATCHDOG), opcode, waiting);
    }

    private void connectState() {
        List<Bool> busyQueues = new ArrayList<>();
        List<Bool> runningQueues = new ArrayList<>();
        List<Bool> steps = new ArrayList<>(List.of(dispatcher.dispatched));
        for (CommandQueue each : QUEUES) {
            busyQueues.add(queue(each).busy);
            runningQueues.add(queue(each).running);
            steps.add(queue(each).started);
            steps.add(queue(each).completed);
        }
        queuesBusy.assign(Bool.any(busyQueues));
        running.assign(Bool.any(runningQueues));
        overlap.assign(queue(CommandQueue.FORWARD)
                .running
                .and(queue(CommandQueue.BACKWARD).running, queue(CommandQueue.GRADIENT).running));
        pending.assign(ring.busy.or(dispatcher.busy, queuesBusy));
        busy.assign(pending.and(error.failed.not()));
        watchdog.busy.assign(busy);
        completion.fenceDone.assign(dispatcher.fenceDone);
        moved.assign(Bool.any(steps));
    }

    /** Commands fetched from external memory. */
    void connectMemory(ReadMaster reader) {
        reader.ringValid.assign(ring.requestValid);
        reader.ringAddress.assign(ring.requestAddress);
        ring.requestReady.assign(reader.ringReady);
        ring.beatValid.assign(reader.ringWordValid);
        ring.beatData.assign(reader.ringWord);
        ring.beatError.assign(reader.ringWordError.resize(8));
    }

    /**
     * Connects the registers.
     *
     * @param enginesMove an engine moves something in this cycle
     * @param draining the external memory still finishes what a RESTART aborted
     */
    void connectRegisters(RegisterFile registers, Bool enginesMove, Bool draining) {
        watchdog.limit.assign(registers.watchdog);
        watchdog.progress.assign(moved.or(enginesMove));
        ring.base.assign(registers.ringBase);
        ring.entriesLog2.assign(registers.ringEntries);
        ring.tail.assign(registers.ringTail);
        registers.ringHead.assign(ring.head);
        dispatcher.pushValid.assign(registers.pushValid);
        dispatcher.pushCommand.assign(registers.pushCommand);
        registers.pushReady.assign(dispatcher.pushReady);
        registers.busy.assign(busy.or(draining));
        registers.failed.assign(error.failed);
        registers.fifoLevel.assign(dispatcher.level);
        registers.completed.assign(completion.count);
        registers.errorCode.assign(error.code);
        registers.errorOpcode.assign(error.opcode);
        registers.errorIndex.assign(error.index);
        registers.fenceDone.assign(dispatcher.fenceDone);
        registers.overlap.assign(overlap);
        for (CommandQueue each : QUEUES) {
            registers.queueState.get(each.ordinal()).assign(queue(each).status);
            registers.queueIndex.get(each.ordinal()).assign(queue(each).index);
        }
    }

    private void raise(int source, Bool raised, UInt code, UInt opcode, UInt index) {
        error.raised.get(source).assign(raised);
        error.sourceCode.get(source).assign(code);
        error.sourceOpcode.get(source).assign(opcode);
        error.sourceIndex.get(source).assign(index);
    }

    private static UInt opcodeOf(EngineQueue unit) {
        return CommandPorts.slice(CommandField.OPCODE, unit.command);
    }

    private static UInt code(ErrorCode code) {
        return UInt.lit(code.code(), 8);
    }
}
