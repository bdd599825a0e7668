package h2learn.cosim.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes into a build, without running one. */
class BuildInputsTest {
    @Test
    void theCacheIsWhereTheEnvironmentSays() {
        Map<String, String> all = Map.of("H2LEARN_CACHE", "/a", "XDG_CACHE_HOME", "/b");
        assertEquals(Path.of("/a"), BuildCache.location(all));
        assertEquals(Path.of("/b/h2learn"), BuildCache.location(Map.of("H2LEARN_CACHE", "", "XDG_CACHE_HOME", "/b")));
        assertEquals(Path.of(System.getProperty("user.home"), ".cache", "h2learn"), BuildCache.location(Map.of()));
    }

    @Test
    void backdoorLinesAreSorted() {
        List<BackdoorVariable> variables =
                List.of(new BackdoorVariable("ram", "mem"), new BackdoorVariable("engine", "state"));
        assertEquals(
                "public_flat_rd -module \"engine\" -var \"state\"\npublic_flat_rd -module \"ram\" -var \"mem\"\n",
                BackdoorVariable.lines(variables));
        assertEquals("", BackdoorVariable.lines(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new BackdoorVariable("a\"b", "c"));
    }

    @Test
    void portsComeFromTheHeader() {
        String header =
                """
                    VL_IN8(&clk,0,0);
                    VL_OUT16(&__SYM__interrupt,11,2);
                    VL_INW(&a___05Fb,99,0,4);
                    VL_INOUT64(&both,40,0);
                    CData/*0:0*/ other;
                """;
        assertEquals(
                "H2_PORT(clk, \"clk\", 1, H2_INPUT)\n"
                        + "H2_PORT(__SYM__interrupt, \"interrupt\", 10, H2_OUTPUT)\n"
                        + "H2_PORT(a___05Fb, \"a__b\", 100, H2_INPUT)\n"
                        + "H2_PORT(both, \"both\", 41, H2_INOUT)\n",
                PortHeader.macroLines(header));
    }

    @Test
    void sourcesAreChecked() {
        Map<String, String> files = Map.of("a.v", "module a; endmodule");
        assertThrows(IllegalArgumentException.class, () -> ModelSource.of("a b", files));
        assertThrows(IllegalArgumentException.class, () -> ModelSource.of("a", Map.of("../a.v", "")));
        assertThrows(IllegalArgumentException.class, () -> ModelSource.of("a", Map.of("a.txt", "")));
        ModelSource source = ModelSource.of("a", files);
        assertEquals(source, ModelSource.of("a", files));
        assertNotEquals(source, source.withTrace(Trace.FST));
        assertEquals(
                "x\ny\n", source.withConfiguration("x").withConfiguration("y\n").configuration());
    }

    @Test
    void theFirstErrorsAreShown() {
        StringBuilder log = new StringBuilder("g++ -O2 -c x.cpp\n");
        for (int i = 0; i < 20; i++) {
            log.append("x.cpp:").append(i).append(": error: no\nnote\n");
        }
        String errors = VerilatorBuild.firstErrors(log.toString());
        assertEquals(8, errors.lines().count());
        assertTrue(errors.startsWith("x.cpp:0: error: no\nx.cpp:1"), errors);
        assertEquals("killed", VerilatorBuild.firstErrors("killed\n"));
    }
}
