package h2learn.emit;

import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import java.util.Comparator;
import java.util.List;

/** What the writers of the register map share. */
final class RegisterMap {
    private RegisterMap() {}

    /** All memory windows by address. */
    static List<Window> windows(MemoryMap map) {
        return map.scratchpads().stream()
                .map(map::window)
                .sorted(Comparator.comparingLong(Window::base))
                .toList();
    }

    static String access(Register register) {
        return switch (register.access()) {
            case READ -> "read only";
            case WRITE -> "write only";
            case READ_WRITE -> "read and write";
        };
    }

    static String access(Scratchpad scratchpad) {
        return scratchpad.writable() ? "read and write" : "read only";
    }
}
