package h2learn.rtl.update;

import static h2learn.contract.CommandField.BLOCKS;
import static h2learn.contract.CommandField.MULTIPLIER;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;
import static h2learn.contract.CommandField.WEIGHT_BLOCKS;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.OptionFields;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import h2learn.rtl.memory.WritePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE: one word of N master weights a cycle over all weight and bias blocks of a layer: takes dW off the master,
 * clears dW, and writes the rounded copies of the forward and the backward engine. With a multiplier of 0 it only makes
 * the copies, which is how a host loads weights. Momentum, weight decay and stochastic rounding are options.
 */
public final class UpdateUnit extends Circuit {
    public final Bool start = in(bool());
    public final Bool busy = out(bool());
    public final Bool useful = out(bool());

    public final Map<CommandField, UInt> command = CommandPorts.inputs(WEIGHT_BLOCK, BLOCKS, MULTIPLIER, SHIFT);

    public final ReadPort master;
    public final WritePort masterOut;
    public final Bool gradientRead = out(bool());
    public final UInt gradientWord;
    public final List<SInt> gradient = new ArrayList<>();
    public final Bool gradientClear = out(bool());
    public final UInt gradientClearWord;

    /** A word of N output channels for the backward engine. */
    public final WritePort backwardWeight;
    /** A row of N input channels for each lane of the forward engine. */
    public final Bool forwardWrite = out(bool());

    public final UInt forwardBlock;
    public final List<Bits> forwardRow = new ArrayList<>();

    /** What options read of the command. */
    public final Map<CommandField, UInt> option;
    /** The momentum v; without that option there are no such ports. */
    public final @Nullable ReadPort momentum;

    public final @Nullable WritePort momentumOut;

    final Bool active = reg(bool()).init(false);
    final UInt word;
    final UInt wordsLeft;
    final UInt drain;
    /** Words before the biases; absent where no option has to tell them from weights. */
    final @Nullable UInt weightsLeft;

    final @Nullable NoiseUnit noise;
    final List<UpdateLane> lane = new ArrayList<>();

    public UpdateUnit(AcceleratorConfig config, MemoryMap map) {
        moduleName("UpdateUnit");
        int lanes = config.lanes();
        int columnBits = AcceleratorConfig.ceilLog2(lanes);
        MemoryMap.Window masters = map.window(Scratchpad.MASTER);
        MemoryMap.Window copies = map.window(Scratchpad.BACKWARD_WEIGHT);
        WordLayout layout = masters.layout();
        int wordBits = Words.addressBits(masters.words());
        master = Circuit.master(ReadPort.type(layout, masters.words()));
        masterOut = Circuit.master(WritePort.type(layout, masters.words()));
        backwardWeight = Circuit.master(WritePort.type(copies.layout(), copies.words()));
        gradientWord = out(uint(wordBits));
        gradientClearWord = out(uint(wordBits));
        forwardBlock = out(uint(wordBits - columnBits));
        Options options = config.options();
        option = CommandPorts.inputs(OptionFields.update(options));
        momentum = options.momentum() ? Circuit.master(ReadPort.type(momentums(map), masters.words())) : null;
        momentumOut = options.momentum() ? Circuit.master(WritePort.type(momentums(map), masters.words())) : null;
        noise = options.stochasticRounding() ? inst("noise", new NoiseUnit(config)) : null;
        weightsLeft = option.containsKey(WEIGHT_BLOCKS) ? reg(uint(wordBits + 1)) : null;
        // The noise of a word begins before the word is read, so that it meets the word's product.
        int ahead = noise == null ? 0 : NoiseUnit.LATENCY - 1 - UpdateLane.directionLatency(options);
        int drainCycles = UpdateLane.weightLatency(options) + 3 + ahead;
        drain = reg(uint(Math.max(4, UInt.bitsFor(drainCycles + 1)))).init(0);
        word = reg(uint(wordBits));
        wordsLeft = reg(uint(wordBits + 1));

        Bool reading = Pipeline.valid(active, ahead);
        UInt readWord = delay(word, ahead);
        useful.assign(active);
        master.read(reading, readWord);
        gradientRead.assign(reading);
        gradientWord.assign(readWord);
        if (momentum != null) {
            momentum.read(reading, readWord);
        }
        when(active, () -> {
            word.assign(word.add(1));
            wordsLeft.assign(wordsLeft.sub(1));
            when(wordsLeft.eq(1), () -> active.assign(false));
        });
        when(active, () -> drain.assign(drainCycles));
        when(active.not().and(drain.ne(0)), () -> drain.assign(drain.sub(1)));
        busy.assign(active.or(drain.ne(0)));

        // The word's place follows it through the lanes.
        int masterDelay = UpdateLane.masterLatency(options) + 1;
        int weightDelay = UpdateLane.weightLatency(options) + 1;
        Bool write = Pipeline.valid(reading, masterDelay);
        UInt writeWord = delay(readWord, masterDelay);
        Bool weightWrite = Pipeline.valid(write, 1);
        UInt weightWord = delay(writeWord, 1);
        Bool lastColumn = weightWord.slice(columnBits - 1, 0).eq(lanes - 1);
        Bool bias = weightsLeft == null ? Bool.lit(false) : weightsLeft.eq(0);
        Bool readDecays = options.weightDecay() ? delay(bias.not(), ahead + 1) : Bool.lit(false);
        List<Bits> newMomentums = new ArrayList<>();
        List<Bits> newMasters = new ArrayList<>();
        List<Bits> weights = new ArrayList<>();
        for (int index = 0; index < lanes; index++) {
            SInt laneGradient = in(sint(Formats.WEIGHT_GRADIENT_BITS));
            gradient.add(laneGradient);
            UpdateLane child = inst("lane_" + index, new UpdateLane(config));
            lane.add(child);
            child.master.assign(Words.element(layout, master.data, index).asSInt());
            child.weightGradient.assign(laneGradient);
            child.multiplier.assign(port(MULTIPLIER));
            child.shift.assign(port(SHIFT));
            child.collect.assign(weightWrite);
            CommandPorts.connect(child.option, option);
            if (momentum != null && child.momentum != null && child.newMomentum != null) {
                child.momentum.assign(
                        Words.element(momentums(map), momentum.data, index).asSInt());
                newMomentums.add(child.newMomentum.asBits());
            }
            if (child.decays != null) {
                child.decays.assign(readDecays);
            }
            if (noise != null && child.noise != null) {
                child.noise.assign(noise.noise.get(index));
            }
            newMasters.add(child.newMaster.asBits());
            weights.add(child.weight.asBits());
            Bits row = out(bits(lanes * config.formats().weightBits()));
            row.assign(child.row);
            forwardRow.add(row);
        }
        masterOut.write(write, writeWord, newMasters);
        if (momentumOut != null) {
            int momentumDelay = UpdateLane.directionLatency(options) + 1;
            momentumOut.write(Pipeline.valid(reading, momentumDelay), delay(readWord, momentumDelay), newMomentums);
        }
        gradientClear.assign(write);
        gradientClearWord.assign(writeWord);
        backwardWeight.write(weightWrite, weightWord, weights);
        forwardWrite.assign(Pipeline.valid(weightWrite.and(lastColumn), 1));
        forwardBlock.assign(delay(weightWord.slice(wordBits - 1, columnBits), 1));
        if (weightDelay != masterDelay + 1) {
            throw new IllegalStateException("the weight must follow the master by one cycle");
        }
        when(start, () -> {
            active.assign(true);
            word.assign(port(WEIGHT_BLOCK)
                    .resize(wordBits - columnBits)
                    .cat(UInt.lit(0, columnBits))
                    .asUInt());
            wordsLeft.assign(port(BLOCKS)
                    .resize(wordBits - columnBits + 1)
                    .cat(UInt.lit(0, columnBits))
                    .asUInt());
        });
        connectOptions(bias, columnBits);
    }

    private void connectOptions(Bool bias, int columnBits) {
        if (weightsLeft != null) {
            UInt left = weightsLeft;
            when(active.and(bias.not()), () -> left.assign(left.sub(1)));
            UInt words = CommandPorts.of(option, WEIGHT_BLOCKS).shl(columnBits).resize(left.width());
            when(start, () -> left.assign(words));
        }
        if (noise != null) {
            noise.start.assign(start);
            noise.advance.assign(active);
            noise.bias.assign(bias);
            CommandPorts.connect(noise.option, option);
        }
    }

    private static WordLayout momentums(MemoryMap map) {
        return map.window(Scratchpad.MOMENTUM).layout();
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
