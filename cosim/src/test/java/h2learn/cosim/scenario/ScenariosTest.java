package h2learn.cosim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.emit.AcceleratorVerilog;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What mutants are caught by, on the design as it is; the score shows that the scenarios can fail. */
class ScenariosTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final VerilatorBuild BUILD = VerilatorBuild.standard();
    private static final Path LIBRARY =
            BUILD.model(ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(TINY)));

    static Stream<String> names() {
        return Scenarios.of(TINY).stream().map(Scenario::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void passes(String name) {
        Scenarios.named(TINY, name).run(Stage.of(TINY, BUILD, LIBRARY));
    }

    @Test
    void namesAreUnique() {
        assertEquals(names().count(), names().distinct().count());
        assertThrows(IllegalArgumentException.class, () -> Scenarios.named(TINY, "no such"));
    }
}
