package h2learn.cosim.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.CommandPort;
import h2learn.host.predict.TransferCycles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The predicted cycles of LOAD and STORE against the counted ones, over sizes, starts and latencies. */
class TransferCyclesTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final MemoryMap MAP = new MemoryMap(TINY);
    private static final int BYTES = 1 << 20;
    /** A STORE whose bursts follow each other at a fraction of a bus word is off by that. */
    private static final double CYCLES = 1;
    /** Fewer and more rows than bursts can be under way. */
    private static final int[] ROWS = {1, 2, 8, 20};

    private static final int[] WORDS = {1, 4, 16, 30};

    /** One-beat words, and words of a bus word and of two. */
    private static final List<Scratchpad> SCRATCHPADS =
            List.of(Scratchpad.SPIKE, Scratchpad.POTENTIAL, Scratchpad.WEIGHT_GRADIENT);

    @ParameterizedTest(name = "latency {0}")
    @ValueSource(ints = {1, 30})
    void transfersTakeWhatIsPredicted(int latency) {
        ModelSource source = ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(TINY));
        ModelOptions options =
                ModelOptions.defaults().withBus("s_axi_").withMemory(new MemoryPlace("m_axi_", 0, BYTES));
        TransferCycles predictor = new TransferCycles(TINY, latency);
        try (Model model = Model.open(VerilatorBuild.standard(), source, options)) {
            MemoryTiming.Latency each = new MemoryTiming.Latency(latency, 0);
            model.memory().timing(new MemoryTiming(0, MemoryTiming.Chances.NEVER, each, each, 16, 16));
            model.reset(4);
            CommandPort port = new CommandPort(new CosimTransport(model.bus()));
            for (Command command : commands()) {
                port.clearCounters();
                port.run(List.of(command));
                assertEquals(
                        Objects.requireNonNull(port.counters().get(Engine.of(command.opcode())))
                                .busy(),
                        predictor.of(command),
                        CYCLES,
                        command.toString());
            }
        }
    }

    private static List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (Opcode opcode : List.of(Opcode.LOAD, Opcode.STORE)) {
            for (Scratchpad scratchpad : SCRATCHPADS) {
                int wordBytes = 4 * MAP.window(scratchpad).layout().beats();
                for (int rows : ROWS) {
                    for (int words : WORDS) {
                        for (int start = 0; start < 8; start += 4) {
                            if (rows * words <= MAP.window(scratchpad).words()) {
                                commands.add(Command.of(opcode)
                                        .with(CommandField.ROWS, rows)
                                        .with(CommandField.ROW_WORDS, words)
                                        .with(CommandField.MEMORY_LOW, 4096 + start)
                                        .with(CommandField.MEMORY_STRIDE, 2 * words * wordBytes)
                                        .with(CommandField.SCRATCHPAD, scratchpad.ordinal())
                                        .with(CommandField.SCRATCHPAD_STRIDE, words)
                                        .build());
                            }
                        }
                    }
                }
            }
        }
        return commands;
    }
}
