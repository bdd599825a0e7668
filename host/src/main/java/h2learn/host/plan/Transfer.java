package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;

/**
 * Makes LOAD or STORE commands.
 *
 * @param opcode LOAD or STORE
 * @param layer for reports
 * @param scratchpad from or to which words move
 */
record Transfer(Opcode opcode, int layer, Scratchpad scratchpad) {
    /** Words that lie behind each other in both memories. */
    Command run(int word, int words, long address) {
        return rows(word, words, words, 1, address, 0);
    }

    /**
     * Rows of words.
     *
     * @param word first scratchpad word
     * @param scratchpadStride words from one row to the next in the scratchpad
     * @param rowWords words of a row
     * @param address of the first byte in external memory
     * @param memoryStride bytes from one row to the next in external memory
     */
    Command rows(int word, int scratchpadStride, int rowWords, int rows, long address, long memoryStride) {
        return Command.of(opcode)
                .with(CommandField.LAYER, layer)
                .with(CommandField.SCRATCHPAD, scratchpad.ordinal())
                .with(CommandField.SCRATCHPAD_WORD, word)
                .with(CommandField.SCRATCHPAD_STRIDE, rows == 1 ? 0 : scratchpadStride)
                .with(CommandField.ROW_WORDS, rowWords)
                .with(CommandField.ROWS, rows)
                .with(CommandField.MEMORY_LOW, address & 0xFFFF_FFFFL)
                .with(CommandField.MEMORY_HIGH, address >>> 32)
                .with(CommandField.MEMORY_STRIDE, rows == 1 ? 0 : memoryStride)
                .build();
    }
}
