package h2learn.rtl.update;

import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_CHANNELS;
import static h2learn.contract.CommandField.LAYER_WEIGHTS;
import static h2learn.contract.CommandField.NOISE_KEY;
import static h2learn.contract.CommandField.ROW_WEIGHTS;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.OptionFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The random bits of UPDATE's stochastic rounding: walks over the words of a layer, [output block][tap][input
 * block][column] and then the biases, and gives each lane the bits of its weight's index, which is the index in the
 * row-major weights without padding. What it gives for padding means nothing: a gradient of 0 is not rounded up.
 */
final class NoiseUnit extends Circuit {
    /** Cycles from {@code advance} to the noise of that word. */
    static final int LATENCY = NoiseLane.LATENCY + 1;

    private static final int BITS = Integer.SIZE;

    final Bool start = in(bool());
    /** A word is visited. */
    final Bool advance = in(bool());
    /** It holds biases. */
    final Bool bias = in(bool());

    final Map<CommandField, UInt> option = CommandPorts.inputs(OptionFields.noise());
    final List<UInt> noise = new ArrayList<>();

    /** Index of lane 0 in this word, in the tap's first word and in the output block's first word. */
    final UInt index = reg(uint(BITS));

    final UInt tapIndex = reg(uint(BITS));
    final UInt blockIndex = reg(uint(BITS));
    /** First weight of the tap in the weights of one output channel. */
    final UInt tapOffset = reg(uint(ROW_WEIGHTS.bits()));

    final UInt wordsLeft;
    final UInt biasIndex = reg(uint(BITS));
    final List<NoiseLane> lane = new ArrayList<>();

    NoiseUnit(AcceleratorConfig config) {
        moduleName("NoiseUnit");
        int lanes = config.lanes();
        int columnBits = AcceleratorConfig.ceilLog2(lanes);
        wordsLeft = reg(uint(INPUT_BLOCKS.bits() + columnBits));
        UInt channels = port(INPUT_CHANNELS);
        UInt row = port(ROW_WEIGHTS);
        UInt tapWords = port(INPUT_BLOCKS).shl(columnBits);
        UInt nextOffset = tapOffset.add(channels.resize(tapOffset.width()));
        UInt nextTap = tapIndex.add(channels.resize(BITS));
        UInt nextBlock = blockIndex.add(row.shl(columnBits).resize(BITS));

        when(advance, () -> {
            index.assign(index.add(1));
            wordsLeft.assign(wordsLeft.sub(1));
            when(wordsLeft.eq(1), () -> {
                wordsLeft.assign(tapWords);
                tapOffset.assign(nextOffset);
                tapIndex.assign(nextTap);
                index.assign(nextTap);
                when(nextOffset.eq(row), () -> {
                    tapOffset.assign(0);
                    tapIndex.assign(nextBlock);
                    blockIndex.assign(nextBlock);
                    index.assign(nextBlock);
                });
            });
        });
        when(advance.and(bias), () -> biasIndex.assign(biasIndex.add(lanes)));
        when(start, () -> {
            index.assign(0);
            tapIndex.assign(0);
            blockIndex.assign(0);
            tapOffset.assign(0);
            wordsLeft.assign(tapWords);
            biasIndex.assign(port(LAYER_WEIGHTS));
        });

        UInt offsetKey = regNext(port(NOISE_KEY).add(UInt.lit(NoiseLane.ADDEND, BITS)));
        for (int number = 0; number < lanes; number++) {
            NoiseLane child = inst("lane_" + number, new NoiseLane());
            lane.add(child);
            UInt rows = regNext(row.mul(UInt.lit(number, columnBits)).resize(BITS));
            child.index.assign(regNext(mux(bias, biasIndex.add(number), index.add(rows))));
            child.offsetKey.assign(offsetKey);
            UInt bits = out(uint(BITS));
            bits.assign(child.noise);
            noise.add(bits);
        }
    }

    private UInt port(CommandField field) {
        return CommandPorts.of(option, field);
    }
}
