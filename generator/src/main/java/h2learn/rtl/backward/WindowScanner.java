package h2learn.rtl.backward;

import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.ArrayList;
import java.util.List;

/** Reads h of a listed point, one word at a time, and shows the wanted channels of each group until the word is taken. */
final class WindowScanner extends Circuit {
    /** A listed point waits; it is the one described by the following ports. */
    final Bool pointValid = in(bool());

    final UInt pointBelow;
    /** The point's last word is handed over. */
    final Bool pointTaken = out(bool());

    final UInt inputBlocks = in(uint(16));
    final UInt inputChannels = in(uint(16));
    final UInt traceBelow;
    final ReadPort window;

    /** A word is shown; whether nothing of it is left after this cycle. */
    final Bool wordValid = out(bool());

    final Bool wordTaken = in(bool());
    /** By group: the channels to compute ds of. */
    final List<Bits> groupMask = new ArrayList<>();
    /** Which of the mask's channels have an open window: all, where closed ones are skipped. */
    final List<Bits> groupOpen = new ArrayList<>();

    /** Trace word that the channels' ds goes to. */
    final UInt word;

    final UInt block;
    final Bool holding = reg(bool()).init(false);
    final UInt nextAddress;
    final UInt firstChannel = reg(uint(17));

    WindowScanner(BackwardShape shape) {
        moduleName("WindowScanner");
        WordLayout layout = shape.map().window(Scratchpad.WINDOW).layout();
        int blockBits = shape.weightBlockBits();
        pointBelow = in(uint(shape.traceBits()));
        traceBelow = in(uint(shape.traceBits()));
        window = master(
                ReadPort.type(layout, shape.map().window(Scratchpad.WINDOW).words()));
        word = outReg(uint(shape.traceBits()));
        block = outReg(uint(blockBits));
        nextAddress = reg(uint(shape.traceBits()));

        boolean skips = shape.config().backward().sparsity().skipsOutputs();
        Bits open = Words.flat(window.data);
        Bool lastWord = block.eq(inputBlocks.sub(1).resize(blockBits));
        for (int group = 0; group < shape.backwardLanes(); group++) {
            Bits mask = out(bits(shape.owned()));
            Bits openMask = out(bits(shape.owned()));
            groupMask.add(mask);
            groupOpen.add(openMask);
            List<Bits> wanted = new ArrayList<>();
            List<Bits> opened = new ArrayList<>();
            for (int owned = 0; owned < shape.owned(); owned++) {
                int channel = owned * shape.backwardLanes() + group;
                Bool real = firstChannel.add(channel).lt(inputChannels.resize(17));
                wanted.add((skips ? open.bit(channel) : real).asBits());
                opened.add(open.bit(channel).asBits());
            }
            mask.assign(Bits.concat(wanted));
            openMask.assign(Bits.concat(opened));
        }
        wordValid.assign(holding);
        Bool taken = holding.and(wordTaken);
        pointTaken.assign(taken.and(lastWord));
        Bool begin = holding.not().and(pointValid);
        Bool nextWord = taken.and(lastWord.not());
        UInt first = traceBelow.add(pointBelow);
        UInt address = mux(begin, first, nextAddress);
        window.read(begin.or(nextWord), address);
        when(begin.or(nextWord), () -> {
            holding.assign(true);
            word.assign(address);
            nextAddress.assign(address.add(1));
        });
        when(begin, () -> {
            block.assign(0);
            firstChannel.assign(0);
        });
        when(nextWord, () -> {
            block.assign(block.add(1));
            firstChannel.assign(firstChannel.add(shape.lanes()));
        });
        when(pointTaken, () -> holding.assign(false));
    }
}
