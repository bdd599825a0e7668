package h2learn.emit;

import h2learn.config.AcceleratorConfig.Target;
import h2learn.contract.CommandQueue;
import h2learn.hdl.Circuit;
import h2learn.hdl.Verilog;
import h2learn.rtl.bus.AxiLiteSlave;
import h2learn.rtl.command.TokenCounters;
import h2learn.rtl.lut.TableFill;
import h2learn.rtl.lut.Transposer;
import h2learn.rtl.memory.Queue;
import h2learn.rtl.memory.WordBuffer;
import h2learn.rtl.transfer.BurstSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes the Verilog of the small blocks that {@code ci/formal-check} proves, each with its parts in one file. A block to be
 * proved gets a line here, a file of properties in {@code ci/formal} and a line in that script.
 */
public final class ProofBlocks {
    private record Block(String name, Supplier<? extends Circuit> circuit) {}

    private ProofBlocks() {}

    private static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int depth : new int[] {2, 8}) {
            String name = "Queue_D" + depth;
            blocks.add(new Block(name, () -> new Queue(name, 8, depth, Target.GENERIC)));
        }
        for (int lanes : new int[] {4, 8}) {
            blocks.add(new Block("Transposer_N" + lanes, () -> new Transposer(lanes)));
        }
        for (int inputs : new int[] {3, 4, 8}) {
            blocks.add(new Block("TableFill_G" + inputs, () -> new TableFill(inputs)));
        }
        blocks.add(new Block("AxiLiteSlave", () -> new AxiLiteSlave(12, Target.GENERIC)));
        for (int maximum : new int[] {3, CommandQueue.MAXIMUM_TOKENS}) {
            String name = "TokenCounters_M" + maximum;
            blocks.add(new Block(name, () -> new TokenCounters(name, maximum)));
        }
        for (int[] burst : new int[][] {{4, 16}, {16, 256}, {16, 16}}) {
            String name = "BurstSplitter_" + burst[0] + "x" + burst[1];
            blocks.add(new Block(name, () -> new BurstSplitter(name, 32, 16, burst[0], burst[1])));
        }
        for (int depth : new int[] {2, 8}) {
            String name = "WordBuffer_D" + depth;
            blocks.add(new Block(name, () -> new WordBuffer(name, 8, depth, Target.GENERIC)));
        }
        return blocks;
    }

    /** @param arguments the folder to write to, which is made where missing */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: ProofBlocks FOLDER");
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Block block : blocks()) {
            String text = String.join(
                    "\n",
                    Verilog.inMemory().singleFile().generate(block.circuit()).values());
            Files.writeString(folder.resolve(block.name() + ".v"), text);
        }
    }
}
