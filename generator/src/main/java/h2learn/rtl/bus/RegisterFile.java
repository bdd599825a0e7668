package h2learn.rtl.bus;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.ConfigHash;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.contract.Register;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.OneOf;
import h2learn.rtl.logic.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** The registers of {@link Register}: identity, control, status, the command to push, interrupts and counters. */
public final class RegisterFile extends Circuit {
    /** Value of WATCHDOG after a reset: no engine needs as long for anything. */
    private static final long WATCHDOG_CYCLES = 1 << 20;

    public final Bool access = in(bool());
    public final Bool accessWrite = in(bool());
    public final UInt address;
    public final Bits writeData = in(bits(32));
    public final Bits strobe = in(bits(4));
    public final Bits readData = outReg(bits(32));
    public final Bits answer = outReg(bits(2));

    public final Bool pushValid = out(bool());
    public final Bool pushReady = in(bool());
    public final Bits pushCommand;

    public final Bool restart = outReg(bool()).init(false);
    public final Bool clearCounters = outReg(bool()).init(false);
    public final Bool interrupt = out(bool());

    public final Bool busy = in(bool());
    public final Bool failed = in(bool());
    public final UInt fifoLevel;
    public final Bits engines;
    public final UInt completed = in(uint(32));
    public final UInt errorCode = in(uint(8));
    public final UInt errorOpcode = in(uint(8));
    public final UInt errorIndex = in(uint(32));
    public final Bool fenceDone = in(bool());
    public final Bool overlap = in(bool());
    public final UInt ringHead = in(uint(32));
    /** One a queue. */
    public final List<Bits> queueState = new ArrayList<>();

    public final List<UInt> queueIndex = new ArrayList<>();

    public final UInt ringBase;
    public final UInt ringEntries = outReg(uint(5)).init(0);
    public final UInt ringTail = outReg(uint(32)).init(0);
    public final UInt watchdog = outReg(uint(32)).init(WATCHDOG_CYCLES);

    /** Busy, useful, items and skipped of each engine. */
    public final List<UInt> counter = new ArrayList<>();
    /** Values clipped in this cycle, and the layer that they belong to. */
    public final UInt saturations;

    public final UInt layer = in(uint(CommandField.LAYER.bits()));

    final List<Bits> commandWord = new ArrayList<>();
    final Bits interruptEnable = reg(bits(2)).init(0);
    final Bits interruptPending = reg(bits(2)).init(0);
    final Bits scratch = reg(bits(32)).init(0);
    final UInt cycles = reg(uint(64)).init(0);
    final UInt overlapped = reg(uint(64)).init(0);
    final Bits ringBaseLow = reg(bits(32)).init(0);
    final Bits ringBaseHigh = reg(bits(32)).init(0);
    final List<UInt> saturation = new ArrayList<>();
    final Bits writeMask;

    public RegisterFile(AcceleratorConfig config, int saturationBits) {
        moduleName("RegisterFile");
        int wordBits = Integer.numberOfTrailingZeros(MemoryMap.REGISTER_BYTES);
        address = in(uint(wordBits - 2));
        pushCommand = out(bits(32 * CommandField.WORDS));
        fifoLevel = in(uint(AcceleratorConfig.ceilLog2(Register.FIFO_DEPTH) + 1));
        engines = in(bits(Engine.values().length));
        saturations = in(uint(saturationBits));
        for (int index = 0; index < 4 * Engine.values().length; index++) {
            counter.add(in(uint(64)));
        }
        ringBase = out(uint(config.memoryBus().addressBits()));
        for (CommandQueue queue : CommandQueue.values()) {
            queueState.add(in(bits(32)).named("state_" + queue.name()));
            queueIndex.add(in(uint(32)).named("index_" + queue.name()));
        }
        List<Bits> bytes = new ArrayList<>();
        for (int lane = 0; lane < 4; lane++) {
            bytes.add(mux(strobe.bit(lane), Bits.lit(0xFF, 8), Bits.lit(0, 8)));
        }
        writeMask = Bits.concat(bytes);

        Bits[] values = new Bits[1 << (wordBits - 2)];
        boolean[] writable = new boolean[values.length];
        boolean[] readable = new boolean[values.length];
        readOnly(config, values);
        readWrite(values);
        queues(values);
        counters(values);
        for (Register register : Register.values()) {
            for (int index = 0; index < register.count(); index++) {
                int word = register.offset(index) / 4;
                writable[word] = register.access() != Register.Access.READ;
                readable[word] = true;
            }
        }
        commandWords();

        int used = Register.SATURATIONS.offset() / 4 + Register.SATURATIONS.count();
        int usedBits = AcceleratorConfig.ceilLog2(used);
        List<Bits> table = new ArrayList<>();
        Bool isWritable = Bool.lit(false);
        Bool isReadable = Bool.lit(false);
        for (int word = 0; word < used; word++) {
            table.add(values[word] == null ? Bits.lit(0, 32) : values[word]);
            if (writable[word]) {
                isWritable = isWritable.or(address.eq(word));
            }
            if (readable[word]) {
                isReadable = isReadable.or(address.eq(word));
            }
        }
        readData.assign(OneOf.select(address.slice(usedBits - 1, 0), table));
        Bool full = last().and(pushReady.not());
        Bool good = mux(accessWrite, isWritable.and(full.not()), isReadable);
        answer.assign(mux(good, Bits.lit(AxiLite.OKAY, 2), Bits.lit(AxiLite.SLVERR, 2)));
    }

    private void readOnly(AcceleratorConfig config, Bits[] values) {
        put(values, Register.ID, Bits.lit(Register.IDENTIFIER, 32));
        put(values, Register.VERSION, Bits.lit(Register.MAP_VERSION, 32));
        put(
                values,
                Register.HASH_LOW,
                Bits.lit(Integer.toUnsignedLong(ConfigHash.of(config).lowWord()), 32));
        put(
                values,
                Register.HASH_HIGH,
                Bits.lit(Integer.toUnsignedLong(ConfigHash.of(config).highWord()), 32));
        long capabilities = config.lanes()
                | (long) config.lut().inputs()
                        << Register.CAPABILITIES.field("LUT_INPUTS").low()
                | (long) config.backward().lanes()
                        << Register.CAPABILITIES.field("BACKWARD_LANES").low()
                | (long) Register.FIFO_DEPTH
                        << Register.CAPABILITIES.field("FIFO_DEPTH").low();
        put(values, Register.CAPABILITIES, Bits.lit(capabilities, 32));
        put(values, Register.OPTIONS, Bits.lit(options(config.options()), 32));
        put(
                values,
                Register.STATUS,
                Bits.concat(List.of(
                        busy.asBits(),
                        failed.asBits(),
                        Bits.lit(0, 6),
                        fifoLevel.resize(8).asBits(),
                        engines,
                        Bits.lit(0, 16 - engines.width()))));
        put(values, Register.COMPLETED, completed.asBits());
        put(
                values,
                Register.ERROR,
                Bits.concat(List.of(
                        mux(failed, errorCode, UInt.lit(0, 8)).asBits(),
                        mux(failed, errorOpcode, UInt.lit(0, 8)).asBits(),
                        Bits.lit(0, 16))));
        put(
                values,
                Register.ERROR_INDEX,
                mux(failed, errorIndex, UInt.lit(0, 32)).asBits());
    }

    private void queues(Bits[] values) {
        put(values, Register.RING_HEAD, ringHead.asBits());
        for (CommandQueue queue : CommandQueue.values()) {
            values[Register.QUEUE_STATE.offset(queue.ordinal()) / 4] = queueState.get(queue.ordinal());
            values[Register.QUEUE_INDEX.offset(queue.ordinal()) / 4] =
                    queueIndex.get(queue.ordinal()).asBits();
        }
        ringBase.assign(
                ringBaseHigh.cat(ringBaseLow).slice(ringBase.width() - 1, 0).asUInt());
        writable(values, Register.RING_BASE, 0, ringBaseLow);
        writable(values, Register.RING_BASE, 1, ringBaseHigh);
        put(values, Register.RING_ENTRIES, ringEntries.asBits().resize(32));
        put(values, Register.RING_TAIL, ringTail.asBits());
        put(values, Register.WATCHDOG, watchdog.asBits());
        Bool write = access.and(accessWrite);
        when(
                write.and(isAt(Register.RING_ENTRIES, 0)),
                () -> ringEntries.assign(
                        merge(ringEntries.asBits().resize(32)).slice(4, 0).asUInt()));
        when(
                write.and(isAt(Register.RING_TAIL, 0)),
                () -> ringTail.assign(merge(ringTail.asBits()).asUInt()));
        when(
                write.and(isAt(Register.WATCHDOG, 0)),
                () -> watchdog.assign(merge(watchdog.asBits()).asUInt()));
        when(restart, () -> ringTail.assign(0));
    }

    private void writable(Bits[] values, Register register, int index, Bits value) {
        values[register.offset(index) / 4] = value;
        when(access.and(accessWrite, isAt(register, index)), () -> value.assign(merge(value)));
    }

    private static long options(Options options) {
        return bit("SOFT_RESET", options.softReset())
                | bit("NO_RESET", options.noReset())
                | bit("DETACH_RESET", options.detachReset())
                | bit("TRIANGLE", options.triangle())
                | bit("ALPHA_SHIFT", options.alpha() == Leak.SHIFT)
                | bit("MOMENTUM", options.momentum())
                | bit("WEIGHT_DECAY", options.weightDecay())
                | bit("STOCHASTIC_ROUNDING", options.stochasticRounding());
    }

    private static long bit(String field, boolean there) {
        return there ? 1L << Register.OPTIONS.field(field).low() : 0;
    }

    private void readWrite(Bits[] values) {
        Bool write = access.and(accessWrite);
        Bits control = writeData.and(writeMask);
        Bool controlled = write.and(isAt(Register.CONTROL, 0));
        clearCounters.assign(controlled.and(control.bit(0)));
        restart.assign(controlled.and(control.bit(1)));

        put(values, Register.INTERRUPT_ENABLE, interruptEnable.resize(32));
        put(values, Register.INTERRUPT_PENDING, interruptPending.resize(32));
        put(values, Register.SCRATCH, scratch);
        when(
                write.and(isAt(Register.INTERRUPT_ENABLE, 0)),
                () -> interruptEnable.assign(merge(interruptEnable.resize(32)).slice(1, 0)));
        when(write.and(isAt(Register.SCRATCH, 0)), () -> scratch.assign(merge(scratch)));
        Bits cleared = mux(write.and(isAt(Register.INTERRUPT_PENDING, 0)), control.slice(1, 0), Bits.lit(0, 2));
        Bool failing = failed.and(Pipeline.valid(failed, 1).not());
        Bits raised = failing.asBits().cat(fenceDone);
        interruptPending.assign(interruptPending.and(cleared.not()).or(raised));
        interrupt.assign(interruptPending.and(interruptEnable).orR());
    }

    private void counters(Bits[] values) {
        cycles.assign(cycles.add(1));
        when(overlap, () -> overlapped.assign(overlapped.add(1)));
        when(clearCounters, () -> {
            cycles.assign(0);
            overlapped.assign(0);
        });
        put64(values, Register.CYCLES, 0, cycles);
        put64(values, Register.OVERLAP, 0, overlapped);
        for (int index = 0; index < counter.size(); index++) {
            put64(values, Register.COUNTERS, 2 * index, counter.get(index));
        }
        for (int index = 0; index < Register.SATURATIONS.count(); index++) {
            UInt total = reg(uint(32)).init(0);
            saturation.add(total);
            when(layer.eq(index), () -> total.assign(total.add(saturations.resize(32))));
            when(clearCounters, () -> total.assign(0));
            values[Register.SATURATIONS.offset(index) / 4] = total.asBits();
        }
    }

    private void commandWords() {
        Bool write = access.and(accessWrite);
        for (int index = 0; index < CommandField.WORDS; index++) {
            Bits word = reg(bits(32)).init(0);
            commandWord.add(word);
            when(write.and(isAt(Register.COMMAND, index)), () -> word.assign(merge(word)));
        }
        // The write of the last word pushes; its data come straight from the bus.
        List<Bits> words = new ArrayList<>(commandWord);
        words.set(CommandField.WORDS - 1, merge(commandWord.get(CommandField.WORDS - 1)));
        pushCommand.assign(Bits.concat(words));
        pushValid.assign(write.and(last()).and(pushReady));
    }

    private Bool last() {
        return isAt(Register.COMMAND, CommandField.WORDS - 1);
    }

    private Bits merge(Bits old) {
        return old.and(writeMask.not()).or(writeData.and(writeMask));
    }

    private Bool isAt(Register register, int index) {
        return address.eq(register.offset(index) / 4);
    }

    private static void put(Bits[] values, Register register, Bits value) {
        values[register.offset() / 4] = value;
    }

    private static void put64(Bits[] values, Register register, int index, UInt value) {
        values[register.offset(index) / 4] = value.slice(31, 0).asBits();
        values[register.offset(index + 1) / 4] = value.slice(63, 32).asBits();
    }
}
