package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a whole minibatch in external memory: scratchpad words as [sample][row][point of the row][block].
 *
 * @param layer whose tensor it is, for reports
 * @param scratchpad that holds parts of it
 * @param address of the first byte
 * @param rows of an image
 * @param rowPoints words of a row and block: columns times steps times bit-planes
 * @param blocks channels / N, rounded up
 * @param wordBytes of a scratchpad word in memory
 */
record MemoryTensor(
        int layer, Scratchpad scratchpad, long address, int rows, int rowPoints, int blocks, int wordBytes) {

    long sampleBytes() {
        return (long) rows * rowPoints * blocks * wordBytes;
    }

    /** Scratchpad words that some rows of one sample take. */
    int words(int tileRows, int tileBlocks) {
        return tileRows * rowPoints * tileBlocks;
    }

    /**
     * LOAD or STORE of some samples, rows and blocks, which lie in the scratchpad as [sample][row][point][block].
     *
     * @param word scratchpad word of the first block that is moved
     * @param pitch blocks from one point to the next in the scratchpad
     */
    List<Command> move(Opcode opcode, Range samples, Range tileRows, Range tileBlocks, int word, int pitch) {
        long first = address
                + samples.from() * sampleBytes()
                + ((long) tileRows.from() * rowPoints * blocks + tileBlocks.from()) * wordBytes;
        Transfer transfer = new Transfer(opcode, layer, scratchpad);
        boolean allRows = tileRows.count() == rows;
        if (tileBlocks.count() == blocks && pitch == blocks) {
            int run = words(tileRows.count(), blocks);
            return List.of(
                    allRows
                            ? transfer.run(word, samples.count() * run, first)
                            : transfer.rows(word, run, run, samples.count(), first, sampleBytes()));
        }
        long pointBytes = (long) blocks * wordBytes;
        int count = tileBlocks.count();
        int points = tileRows.count() * rowPoints;
        if (allRows) {
            return List.of(transfer.rows(word, pitch, count, samples.count() * points, first, pointBytes));
        }
        List<Command> commands = new ArrayList<>();
        for (int sample = 0; sample < samples.count(); sample++) {
            int at = word + sample * points * pitch;
            commands.add(transfer.rows(at, pitch, count, points, first + sample * sampleBytes(), pointBytes));
        }
        return commands;
    }
}
