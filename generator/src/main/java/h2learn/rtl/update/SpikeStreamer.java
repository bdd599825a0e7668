package h2learn.rtl.update;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;
import h2learn.rtl.logic.Pipeline;
import h2learn.rtl.lut.Transposer;
import h2learn.rtl.memory.ReadPort;
import h2learn.rtl.memory.Words;

/**
 * For each block of N points reads the spike words of every input block and bit-plane, transposes them, and streams one
 * index of N points an input channel; at the end one index of all ones for the bias. Reading runs ahead of streaming.
 */
final class SpikeStreamer extends Circuit {
    final Bool start = in(bool());
    final Bool busy = out(bool());
    final Bool blockValid = in(bool());
    final UInt blockPoint = in(uint(16));
    final Bool blockTaken = out(bool());

    final UInt points = in(uint(16));
    final UInt planes = in(uint(8));
    final UInt inputBlocks = in(uint(16));
    final UInt spikeInput = in(uint(24));
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
    // Reader: block, input block, plane, point.
    final Bool reading = reg(bool()).init(false);
    final UInt readBlock = reg(uint(16));
    final UInt readPlane = reg(uint(8));
    final UInt readColumn;
    final UInt readPoint = reg(uint(16));
    final UInt address = reg(uint(24));
    final UInt planeAddress = reg(uint(24));
    final UInt blockAddress = reg(uint(24));
    final UInt pointStride = reg(uint(24));
    // Streamer: the same order, one word behind the other.
    final UInt streamsLeft = reg(uint(2)).init(0);
    final UInt outBlock = reg(uint(16));
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
        Bool lastPlane = readPlane.eq(planes.sub(1));
        Bool lastBlock = readBlock.eq(inputBlocks.sub(1));
        UInt pitch = inputBlocks.resize(24);
        // Points behind the last one have no gradient: their spikes are masked so that no stray word is looked up.
        Bool within = readPoint.lt(points);
        spike.read(issue, address);
        when(issue, () -> {
            readColumn.assign(readColumn.add(1));
            readPoint.assign(readPoint.add(1));
            address.assign(address.add(pointStride));
            when(lastColumn, () -> {
                readPoint.assign(readPoint.sub(lanes - 1));
                readPlane.assign(readPlane.add(1));
                planeAddress.assign(planeAddress.add(pitch));
                address.assign(planeAddress.add(pitch));
                when(lastPlane, () -> {
                    readPlane.assign(0);
                    readBlock.assign(readBlock.add(1));
                    UInt next = blockAddress.add(1);
                    blockAddress.assign(next);
                    planeAddress.assign(next);
                    address.assign(next);
                    when(lastBlock, () -> reading.assign(false));
                });
            });
        });
        when(begin, () -> {
            reading.assign(true);
            readBlock.assign(0);
            readPlane.assign(0);
            readPoint.assign(blockPoint);
            UInt first = spikeInput.add(blockPoint.mul(pointStride).resize(24));
            blockAddress.assign(first);
            planeAddress.assign(first);
            address.assign(first);
        });
        transposer.inputValid.assign(Pipeline.valid(issue, 1));
        Bits arrived = Words.flat(spike.data);
        transposer.inputWord.assign(mux(delay(within, 1), arrived, Bits.lit(0, lanes)));

        // Streamer.
        Bool spikesThere = outBias.or(transposer.outputValid);
        Bool stream = tablesReady.and(spikesThere);
        Bool outLastColumn = outColumn.eq(lanes - 1);
        Bool outLastPlane = outPlane.eq(planes.sub(1));
        Bool outLastBlock = outBlock.eq(inputBlocks.sub(1));
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
            pointStride.assign(inputBlocks.mul(planes));
            blockWord.assign(firstWord);
            outBlock.assign(0);
            outPlane.assign(0);
        });
    }
}
