package h2learn.rtl.update;

import static h2learn.contract.CommandField.BLOCKS;
import static h2learn.contract.CommandField.MULTIPLIER;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.WEIGHT_BLOCK;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.rtl.bus.CommandPorts;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import h2learn.rtl.memory.WritePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * UPDATE: one word of N master weights a cycle over all weight and bias blocks of a layer: takes dW off the master,
 * clears dW, and writes the rounded copies of the forward and the backward engine. With a multiplier of 0 it only makes
 * the copies, which is how a host loads weights.
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

    private static final int DRAIN = UpdateLane.WEIGHT_LATENCY + 3;

    final Bool active = reg(bool()).init(false);
    final UInt word;
    final UInt wordsLeft;
    final UInt drain = reg(uint(4)).init(0);
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
        word = reg(uint(wordBits));
        wordsLeft = reg(uint(wordBits + 1));

        useful.assign(active);
        master.read(active, word);
        gradientRead.assign(active);
        gradientWord.assign(word);
        when(active, () -> {
            word.assign(word.add(1));
            wordsLeft.assign(wordsLeft.sub(1));
            when(wordsLeft.eq(1), () -> active.assign(false));
        });
        when(active, () -> drain.assign(DRAIN));
        when(active.not().and(drain.ne(0)), () -> drain.assign(drain.sub(1)));
        busy.assign(active.or(drain.ne(0)));

        // The word's place follows it through the lanes.
        int masterDelay = UpdateLane.MASTER_LATENCY + 1;
        int weightDelay = UpdateLane.WEIGHT_LATENCY + 1;
        Bool write = Pipeline.valid(active, masterDelay);
        UInt writeWord = delay(word, masterDelay);
        Bool weightWrite = Pipeline.valid(write, 1);
        UInt weightWord = delay(writeWord, 1);
        Bool lastColumn = weightWord.slice(columnBits - 1, 0).eq(lanes - 1);
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
            newMasters.add(child.newMaster.asBits());
            weights.add(child.weight.asBits());
            Bits row = out(bits(lanes * config.formats().weightBits()));
            row.assign(child.row);
            forwardRow.add(row);
        }
        masterOut.write(write, writeWord, newMasters);
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
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(command, field);
    }
}
