package h2learn.hdl;

import java.util.List;
import java.util.SortedMap;

/**
 * An emitted circuit: its Verilog, and what tools want to know of it without parsing that.
 *
 * @param top name of the top module
 * @param files file names and texts, sorted by name
 * @param ports the top module's ports, in the order of its Verilog
 * @param memories the memories of all modules, by module and name
 */
public record Design(String top, SortedMap<String, String> files, List<Port> ports, List<Memory> memories) {
    public enum Direction {
        INPUT,
        OUTPUT
    }

    /** @param width bits */
    public record Port(String name, Direction direction, int width) {}

    /**
     * @param module the module that declares it
     * @param words depth
     * @param bits width of a word
     * @param asynchronousReads read ports that give the word in the same cycle, which block RAM cannot do
     * @param synchronousReads read ports that give the word one cycle later
     * @param writes write ports
     * @param instances how often the module occurs in the whole design
     */
    public record Memory(
            String module,
            String name,
            int words,
            int bits,
            int asynchronousReads,
            int synchronousReads,
            int writes,
            int instances) {}
}
