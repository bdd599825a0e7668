package h2learn.cosim.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.synth.SynthTarget.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SynthesisTest {
    private final AcceleratorConfig config = new ConfigReader().read("tiny");
    private final Synthesis synthesis = new Synthesis(Toolchain.standard());

    @TempDir
    private Path folder;

    /**
     * A queue has a memory, pointers, and nothing to multiply. The library of OSU018 is no part of what the gate installs:
     * ci/nightly/area needs it.
     */
    @ParameterizedTest
    @EnumSource(value = SynthTarget.class, mode = EnumSource.Mode.EXCLUDE, names = "OSU018")
    void countsTheCellsOfEveryTarget(SynthTarget target) throws IOException {
        SynthReport report = synthesis.run(config, target, "PointBlockQueue");
        assertTrue(report.count(Resource.REGISTER) > 0, report.markdown());
        assertEquals(0, report.count(Resource.MULTIPLIER));
        assertEquals(0, report.areaUm2());
        // iCE40 has no memory that is read in the same cycle.
        assertEquals(target == SynthTarget.ICE40 ? List.of("PointBlockQueue.word") : List.of(), report.dissolved());
        assertEquals(
                report.json(), synthesis.run(config, target, "PointBlockQueue").json());
    }

    @Test
    void sumsOverAllInstances() throws IOException {
        SynthReport report = synthesis.run(config, SynthTarget.ECP5, "LoadBursts");
        assertTrue(report.modules().containsKey("LoadBurstsSplitter"), report.markdown());
        long registers = report.modules().values().stream()
                .mapToLong(cells -> cells.getOrDefault("TRELLIS_FF", 0L))
                .sum();
        assertEquals(registers, report.count(Resource.REGISTER));
    }

    @Test
    void namesTheModulesWhenOneIsNotThere() {
        InvalidInputException wrong =
                assertThrows(InvalidInputException.class, () -> synthesis.run(config, SynthTarget.ECP5, "Nothing"));
        assertTrue(wrong.getMessage().contains("there is no module Nothing"), wrong.getMessage());
        assertTrue(wrong.getMessage().contains("ForwardEngine"), wrong.getMessage());
    }

    @Test
    void holdsAReportAgainstABaseline() throws IOException {
        SynthReport report = report(100, 50);
        Path file = Files.writeString(folder.resolve("baseline.json"), report.json());
        SynthBaseline baseline = SynthBaseline.read(file);
        assertEquals(List.of(), baseline.differences(report, 0));
        assertEquals(List.of(), baseline.differences(report(102, 50), 0.02));
        assertEquals(List.of("lut: 103, the baseline has 100 (+3.0 %)"), baseline.differences(report(103, 50), 0.02));
        assertEquals(
                List.of("register: 0, the baseline has 50 (-100.0 %)"), baseline.differences(report(100, 0), 0.02));
        SynthReport other =
                new SynthReport(config, SynthTarget.ICE40, "Top", "", new TreeMap<>(), new TreeMap<>(), 0, List.of());
        assertThrows(InvalidInputException.class, () -> baseline.differences(other, 0.02));
    }

    @Test
    void refusesWhatIsNoBaseline() throws IOException {
        Path file = folder.resolve("x.json");
        assertThrows(InvalidInputException.class, () -> SynthBaseline.read(file));
        for (String text : List.of("", "{", "[]", "{\"resources\": 1}")) {
            Files.writeString(file, text);
            assertTrue(assertThrows(InvalidInputException.class, () -> SynthBaseline.read(file))
                    .getMessage()
                    .contains("is no report"));
        }
    }

    private SynthReport report(long luts, long registers) {
        TreeMap<String, Long> cells = new TreeMap<>();
        cells.put("LUT4", luts);
        if (registers > 0) {
            cells.put("TRELLIS_FF", registers);
        }
        return new SynthReport(config, SynthTarget.ECP5, "Top", "", new TreeMap<>(), cells, 0, List.of());
    }
}
