package h2learn.cosim.failure;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Passed;
import h2learn.cosim.cases.CaseRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases that failed once, and must not again: each file of the folder {@code crashers} is one. A case with edits of the
 * Verilog is a planted bug and must go on to be found.
 */
class CrashersTest {
    static List<Path> crashers() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(CrashersTest.class.getResource("/crashers"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("crashers")
    void passesUnlessABugIsPlanted(Path file) {
        Case crasher = new CaseFile().read(file);
        CaseResult result = CaseRun.run(crasher, null);
        if (crasher.edits().isEmpty()) {
            assertInstanceOf(Passed.class, result, result::toString);
        } else {
            assertInstanceOf(Failed.class, result, "the planted bug is not found");
        }
    }

    @Test
    void thereAreCases() throws IOException, URISyntaxException {
        assertFalse(crashers().isEmpty());
        assertTrue(crashers().size() >= 3, "cases: " + crashers());
    }
}
