package h2learn.cosim.fourstate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.fourstate.FourState.Memories;
import h2learn.cosim.fourstate.FourState.Result;
import h2learn.cosim.scenario.Scenarios;
import h2learn.cosim.scenario.Stage;
import h2learn.emit.AcceleratorVerilog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two kinds of simulator agree in every cycle, and no output is ever unknown: with registers that nobody initialises. */
class FourStateTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final SortedMap<String, String> VERILOG = AcceleratorVerilog.of(TINY);
    /** A short run for what must be found. */
    private static final String SHORT = "single";

    @TempDir
    private Path folder;

    private PortRecord record(String scenario) {
        VerilatorBuild build = VerilatorBuild.standard();
        Path library = build.model(ModelSource.of(AcceleratorVerilog.TOP, VERILOG));
        Path file = folder.resolve("ports.bin");
        List<PortRecord.Signal> signals = new ArrayList<>();
        Stage stage = new Stage(
                TINY,
                build,
                library,
                true,
                model -> {
                    signals.addAll(PortRecord.signals(model));
                    model.record();
                },
                model -> model.replayPorts(file, Long.MAX_VALUE));
        Scenarios.named(TINY, scenario).run(stage);
        return PortRecord.read(signals, file);
    }

    private static Result replay(Map<String, String> verilog, PortRecord record, Memories memories) {
        return new FourState(Toolchain.standard()).replay(verilog, AcceleratorVerilog.TOP, record, memories);
    }

    /** Through the scratchpads, and through external memory with the ring. */
    @ParameterizedTest
    @ValueSource(strings = {"signed", "pipelined dense"})
    void aTrainingStepHasNoUnknownValues(String scenario) {
        PortRecord record = record(scenario);
        Result result = replay(VERILOG, record, Memories.ZERO);
        assertEquals(record.cycles(), result.cycles());
        assertTrue(result.cycles() > 10_000, result.cycles() + " cycles");
        assertEquals(List.of(), result.first());
        assertEquals(0, result.differences());
    }

    @Test
    void anUnknownResetValueIsSeen() {
        String file = "AxiLiteSlave.v";
        String right = VERILOG.getOrDefault(file, "");
        String wrong = right.replaceFirst("(if\\(reset\\) begin\\s+\\w+ <= )[^;]+;", "$1'bx;");
        assertNotEquals(right, wrong, file + " has no reset to damage");
        SortedMap<String, String> damaged = new TreeMap<>(VERILOG);
        damaged.put(file, wrong);
        Result result = replay(damaged, record(SHORT), Memories.ZERO);
        assertTrue(result.differences() > 0);
        assertTrue(result.first().get(0).contains("x"), result.first().get(0));
    }

    @Test
    void anotherValueIsSeenWhereItIs() {
        PortRecord record = record(SHORT);
        int cycle = record.cycles() / 2;
        Result result = replay(VERILOG, record.flipped("s_axi_awready", cycle), Memories.ZERO);
        assertEquals(1, result.differences());
        assertTrue(result.first().get(0).startsWith("cycle " + cycle + ": s_axi_awready is "));
    }

    /** What the zeros stand for: UPDATE multiplies what dW holds at power-up by 0, and X times 0 is X. */
    @Test
    void memoriesThatNobodyInitialisesAreUnknown() {
        Result result = replay(VERILOG, record(SHORT), Memories.UNKNOWN);
        assertTrue(result.differences() > 0);
        assertTrue(result.first().stream().allMatch(line -> line.contains("s_axi_rdata is")), result.first()::toString);
    }
}
