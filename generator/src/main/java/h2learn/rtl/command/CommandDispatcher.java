package h2learn.rtl.command;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.Queue;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes commands from the registers and the ring in the order in which they come, numbers them and hands each to its
 * queue. A full queue holds up all that come behind; a FENCE does until every queue is idle. Stops at an unknown opcode.
 */
public final class CommandDispatcher extends Circuit {
    private static final int COMMAND_BITS = 32 * CommandField.WORDS;

    public final Bool pushValid = in(bool());
    public final Bool pushReady = out(bool());
    public final Bits pushCommand = in(bits(COMMAND_BITS));

    /** A command of the ring, which cannot wait: there is always room for those that {@code ringUnderWay} counts. */
    public final Bool ringValid = in(bool());

    public final Bits ringCommand = in(bits(COMMAND_BITS));
    public final UInt ringUnderWay;
    /** The ring may ask for one more command. */
    public final Bool ringRoom = out(bool());

    /** One a queue. */
    public final List<Bool> queueValid = new ArrayList<>();

    public final List<Bool> queueReady = new ArrayList<>();
    /** The command and its index, as {@link EngineQueue} takes it. */
    public final Bits entry = out(bits(EngineQueue.ENTRY_BITS));

    public final Bool queuesBusy = in(bool());
    public final Bool hold = in(bool());

    public final UInt level;
    public final Bool busy = out(bool());
    public final Bool fenceDone = out(bool());
    public final Bool dispatched = out(bool());
    /** An unknown opcode comes next. */
    public final Bool unknown = out(bool());

    public final UInt opcode = out(uint(CommandField.OPCODE.bits()));
    /** Index of the command that comes next. */
    public final UInt index = outReg(uint(32)).init(0);

    final Queue fifo;

    public CommandDispatcher(AcceleratorConfig config) {
        moduleName("CommandDispatcher");
        int levelBits = AcceleratorConfig.ceilLog2(Register.FIFO_DEPTH) + 1;
        level = out(uint(levelBits));
        ringUnderWay = in(uint(levelBits));
        fifo = inst("fifo", new Queue("CommandFifo", COMMAND_BITS, Register.FIFO_DEPTH, config.target()));
        level.assign(fifo.level);
        UInt claimed = fifo.level.resize(levelBits + 1).add(ringUnderWay.resize(levelBits + 1));
        Bool room = claimed.lt(Register.FIFO_DEPTH);
        pushReady.assign(room.and(ringValid.not()));
        ringRoom.assign(claimed.lt(Register.FIFO_DEPTH - 1));
        fifo.pushValid.assign(ringValid.or(pushValid.and(pushReady)));
        fifo.pushData.assign(mux(ringValid, ringCommand, pushCommand));

        UInt next = fifo.popData.slice(CommandField.OPCODE.bits() - 1, 0).asUInt();
        opcode.assign(next);
        Bool offers = fifo.popValid.and(hold.not());
        entry.assign(index.asBits().cat(fifo.popData));
        Bool fence = next.eq(Opcode.FENCE.code());
        Bool known = fence;
        Bool taken = Bool.lit(false);
        for (CommandQueue queue : CommandQueue.values()) {
            Bool mine = Bool.lit(false);
            for (Opcode each : EngineQueue.opcodes(queue)) {
                mine = mine.or(next.eq(each.code()));
            }
            Bool valid = out(bool()).named("valid_" + queue.name());
            Bool ready = in(bool()).named("ready_" + queue.name());
            valid.assign(offers.and(mine));
            queueValid.add(valid);
            queueReady.add(ready);
            taken = taken.or(mine.and(ready));
            known = known.or(mine);
        }
        fenceDone.assign(offers.and(fence, queuesBusy.not()));
        dispatched.assign(offers.and(taken).or(fenceDone));
        fifo.popReady.assign(dispatched);
        when(dispatched, () -> index.assign(index.add(1)));
        unknown.assign(fifo.popValid.and(known.not()));
        busy.assign(fifo.popValid);
    }
}
