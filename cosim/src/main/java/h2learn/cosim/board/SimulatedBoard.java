package h2learn.cosim.board;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.CosimMemory;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.train.Simulated;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.driver.Board;

/** Verilog of an accelerator in Verilator, and memory behind it; belongs to the thread that opened it. */
public final class SimulatedBoard implements AutoCloseable {
    private static final long PAGE = 4096;

    private final Model model;
    private final Board board;

    private SimulatedBoard(Model model, Board board) {
        this.model = model;
        this.board = board;
    }

    /**
     * Builds the accelerator's simulation unless the cache has it, and resets it.
     *
     * @param memoryBase address of the memory's first byte, a multiple of 4096
     * @param memoryBytes at least so many
     * @param seed for what memories hold at power-up, at least 1; 0 for zeros
     * @throws h2learn.cosim.build.ToolMissingException when there is no Verilator or compiler
     */
    public static SimulatedBoard open(AcceleratorConfig config, long memoryBase, long memoryBytes, int seed) {
        long bytes = Math.max(1, (memoryBytes + PAGE - 1) / PAGE) * PAGE;
        Model model = Model.open(
                VerilatorBuild.standard(),
                ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)),
                ModelOptions.defaults()
                        .withBus("s_axi_")
                        .withMemory(new MemoryPlace("m_axi_", memoryBase, bytes))
                        .withSeed(seed));
        Simulated.reset(model);
        Board board = new Board(new CosimTransport(model.bus()), new CosimMemory(model.memory()), memoryBase, bytes);
        return new SimulatedBoard(model, board);
    }

    /** What a driver is given. */
    public Board board() {
        return board;
    }

    public Model model() {
        return model;
    }

    /** Ends the simulation. */
    @Override
    public void close() {
        model.close();
    }
}
