package h2learn.model.machine;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;

/** LOAD and STORE: rows of words between external memory, where they lie as in the scratchpad's window, and a scratchpad. */
final class TransferUnit {
    private final Memories memories;
    private AccessListener listener = AccessListener.NONE;

    TransferUnit(Memories memories) {
        this.memories = memories;
    }

    void listener(AccessListener heard) {
        listener = heard;
    }

    void run(Command command) {
        Scratchpad scratchpad = Scratchpad.values()[(int) command.get(CommandField.SCRATCHPAD)];
        WordMemory memory = memories.of(scratchpad);
        MemoryMap.Window window = memories.map.window(scratchpad);
        long address = command.get(CommandField.MEMORY_HIGH) << Integer.SIZE | command.get(CommandField.MEMORY_LOW);
        int word = (int) command.get(CommandField.SCRATCHPAD_WORD);
        int words = (int) command.get(CommandField.ROW_WORDS);
        for (long row = 0; row < command.get(CommandField.ROWS); row++) {
            if (!memories.external.holds(address, (long) words * window.layout().beats())) {
                throw new IllegalCommandException(ErrorCode.DECERR, command);
            }
            if (command.opcode() == Opcode.LOAD) {
                load(window, memory, word, words, address);
            } else {
                store(window, memory, word, words, address);
            }
            word += (int) command.get(CommandField.SCRATCHPAD_STRIDE);
            address += command.get(CommandField.MEMORY_STRIDE);
        }
    }

    private void load(MemoryMap.Window window, WordMemory memory, int first, int words, long address) {
        int beats = window.layout().beats();
        int[] row = memories.external.read(address, words * beats);
        for (int word = 0; word < words; word++) {
            int at = memory.write(first + word);
            for (int element = 0; element < window.layout().elements(); element++) {
                memory.data[at + element] = window.layout()
                        .unpack(row, word * beats, element, window.scratchpad().signed());
            }
        }
        for (int beat = 0; beat < row.length; beat++) {
            listener.read(Space.MEMORY, address / 4 + beat);
        }
    }

    private void store(MemoryMap.Window window, WordMemory memory, int first, int words, long address) {
        int beats = window.layout().beats();
        int[] row = new int[words * beats];
        for (int word = 0; word < words; word++) {
            window.layout().pack(memory.data, memory.read(first + word), row, word * beats);
        }
        memories.external.write(address, row);
        for (int beat = 0; beat < row.length; beat++) {
            listener.write(Space.MEMORY, address / 4 + beat);
        }
    }
}
