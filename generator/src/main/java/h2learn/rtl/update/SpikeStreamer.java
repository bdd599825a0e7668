package h2learn.rtl.update;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.layer.CommandPorts;
import h2learn.rtl.layer.Geometry;
import h2learn.rtl.layer.GeometryPorts;
import h2learn.rtl.layer.PassWalker;
import h2learn.rtl.layer.PointState;
import h2learn.rtl.layer.PointWalker;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.lut.Transposer;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;
import java.util.Map;

/**
 * For each block of N points reads the spike words of every tap, input block and bit-plane, transposes them, and streams
 * one index of N points an input channel; at the end one index of all ones for the bias. Reading runs ahead of streaming.
 */
final class SpikeStreamer extends Circuit {
    final Bool start = in(bool());
    final Bool busy = out(bool());
    final Bool blockValid = in(bool());
    final UInt blockPoint = in(uint(16));
    final PointState blockState = in(PointState.bundle());
    final Bool blockTaken = out(bool());

    final UInt points = in(uint(16));
    final UInt planes = in(uint(8));
    /** Weight blocks of the output block: taps times input blocks. */
    final UInt weightBlocks = in(uint(Geometry.BITS));

    final UInt steps = in(uint(8));
    final Map<CommandField, UInt> command = CommandPorts.inputs(
            CommandField.PLANES,
            CommandField.INPUT_BLOCKS,
            CommandField.KERNEL_WIDTH,
            CommandField.KERNEL_HEIGHT,
            CommandField.PADDING,
            CommandField.TOP_PADDING,
            CommandField.INPUT_WIDTH,
            CommandField.INPUT_HEIGHT,
            CommandField.OUTPUT_WIDTH,
            CommandField.OUTPUT_HEIGHT,
            CommandField.STRIDE,
            CommandField.SPIKE_INPUT);
    final Map<Geometry, UInt> geometry = GeometryPorts.inputs(
            Geometry.STEP_PITCH,
            Geometry.PITCH,
            Geometry.ROW_PITCH,
            Geometry.SAMPLE_PITCH,
            Geometry.COLUMN_STRIDE,
            Geometry.ROW_STRIDE,
            Geometry.COLUMN_ORIGIN,
            Geometry.ROW_ORIGIN);
    final Bool bias = in(bool());
    final UInt firstWord;
    final UInt biasWord;
    final UInt inputFraction = in(uint(5));
    final Bool signedInput = in(bool());
    final ReadPort spike;

    final Bool tablesReady = in(bool());
    final Bool read = out(bool());
    final Bool readLast = out(bool());
    /** Spikes of one input channel at the block's points, with {@code read}. */
    final Bits index;

    final UInt word;
    final UInt shift = out(uint(5));
    final Bool negative = out(bool());

    final Transposer transposer;
    // Reader: block, pass, point.
    final Bool reading = reg(bool()).init(false);
    final UInt readColumn;
    final UInt readPoint = reg(uint(16));
    final PointState firstState = reg(PointState.bundle());
    final PassWalker passes;
    final PointWalker walker;
    // Streamer: the same order, one word behind the other.
    final UInt streamsLeft = reg(uint(2)).init(0);
    final UInt outBlock = reg(uint(Geometry.BITS));
    final UInt outPlane = reg(uint(8));
    final UInt outColumn;
    final Bool outBias = reg(bool()).init(false);
    final UInt blockWord;

    SpikeStreamer(AcceleratorConfig config, MemoryMap map) {
        moduleName("SpikeStreamer");
        int lanes = config.lanes();
        int columnBits = AcceleratorConfig.ceilLog2(lanes);
        int wordBits = Words.addressBits(config.masterWords());
        MemoryMap.Window spikes = map.window(Scratchpad.SPIKE);
        firstWord = in(uint(wordBits));
        biasWord = in(uint(wordBits));
        spike = master(ReadPort.type(spikes.layout(), spikes.words()));
        index = out(bits(lanes));
        word = out(uint(wordBits));
        readColumn = reg(uint(columnBits)).init(0);
        outColumn = reg(uint(columnBits)).init(0);
        blockWord = reg(uint(wordBits));
        transposer = inst("transposer", new Transposer(lanes));

        // Reader.
        Bool begin = blockValid.and(reading.not()).and(streamsLeft.ne(2));
        blockTaken.assign(begin);
        Bool beginColumns = readColumn.eq(0);
        Bool issue = reading.and(beginColumns.not().or(transposer.room));
        transposer.reserve.assign(issue.and(beginColumns));
        Bool lastColumn = readColumn.eq(lanes - 1);
        int spikeBits = Words.addressBits(spikes.words());
        passes = inst(new PassWalker("SpikePasses", spikeBits));
        walker = inst(new PointWalker("SpikePoints"));
        CommandPorts.connect(passes.command, command);
        GeometryPorts.connect(passes.geometry, geometry);
        passes.start.assign(begin);
        passes.advance.assign(issue.and(lastColumn));
        walker.connect(command, geometry);
        walker.steps.assign(steps);
        walker.advance.assign(issue);
        walker.load.assign(begin.or(issue.and(lastColumn)));
        walker.loaded.assignFromBits(mux(begin, blockState.asBits(), firstState.asBits()));
        passes.inputColumn.assign(walker.state.inputColumn);
        passes.inputRow.assign(walker.state.inputRow);
        // Points behind the last one have no gradient: their spikes are masked so that no stray word is looked up.
        Bool within = readPoint.lt(points).and(passes.isInside);
        spike.read(issue, passes.address.add(walker.state.address.resize(spikeBits)));
        when(issue, () -> {
            readColumn.assign(readColumn.add(1));
            readPoint.assign(readPoint.add(1));
        });
        when(issue.and(lastColumn), () -> {
            readPoint.assign(readPoint.sub(lanes - 1));
            when(passes.lastPass, () -> reading.assign(false));
        });
        when(begin, () -> {
            reading.assign(true);
            readPoint.assign(blockPoint);
            firstState.assign(blockState);
        });
        transposer.inputValid.assign(Pipeline.valid(issue, 1));
        Bits arrived = Words.flat(spike.data);
        transposer.inputWord.assign(mux(delay(within, 1), arrived, Bits.lit(0, lanes)));

        // Streamer.
        Bool spikesThere = outBias.or(transposer.outputValid);
        Bool stream = tablesReady.and(spikesThere);
        Bool outLastColumn = outColumn.eq(lanes - 1);
        Bool outLastPlane = outPlane.eq(planes.sub(1));
        Bool outLastBlock = outBlock.eq(weightBlocks.sub(1));
        Bool lastSpikes = outLastColumn.and(outLastPlane).and(outLastBlock).and(outBias.not());
        Bool last = mux(bias, outBias, lastSpikes);
        transposer.outputTaken.assign(stream.and(outBias.not()));
        read.assign(stream);
        readLast.assign(last);
        index.assign(mux(
                outBias,
                Bits.lit((java.math.BigInteger.ONE.shiftLeft(lanes)).subtract(java.math.BigInteger.ONE), lanes),
                transposer.outputWord));
        UInt offset = outColumn.resize(wordBits);
        word.assign(mux(outBias, biasWord, blockWord.add(offset)));
        shift.assign(mux(outBias, inputFraction, outPlane.resize(5)));
        negative.assign(signedInput.and(outLastPlane).and(outBias.not()));
        when(stream.and(outBias.not()), () -> {
            outColumn.assign(outColumn.add(1));
            when(outLastColumn, () -> {
                outPlane.assign(outPlane.add(1));
                when(outLastPlane, () -> {
                    outPlane.assign(0);
                    outBlock.assign(outBlock.add(1));
                    blockWord.assign(blockWord.add(lanes));
                });
            });
        });
        when(stream.and(lastSpikes).and(bias), () -> outBias.assign(true));
        when(stream.and(last), () -> {
            outBias.assign(false);
            outBlock.assign(0);
            blockWord.assign(firstWord);
        });
        Bool done = stream.and(last);
        when(begin.and(done.not()), () -> streamsLeft.assign(streamsLeft.add(1)));
        when(done.and(begin.not()), () -> streamsLeft.assign(streamsLeft.sub(1)));
        busy.assign(streamsLeft.ne(0));
        when(start, () -> {
            blockWord.assign(firstWord);
            outBlock.assign(0);
            outPlane.assign(0);
        });
    }
}
