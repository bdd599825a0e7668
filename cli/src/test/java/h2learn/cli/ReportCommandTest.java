package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.cosim.report.LockStepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final String MEASURED = "../docs/measured";

    @TempDir
    private Path folder;

    private Outcome report(String... more) throws IOException {
        String[] all = new String[more.length + 5];
        all[0] = "report";
        all[1] = "--results";
        all[2] = Files.createDirectories(folder.resolve("results")).toString();
        all[3] = "--out";
        all[4] = page().toString();
        System.arraycopy(more, 0, all, 5, more.length);
        return Outcome.of(all);
    }

    private Path page() {
        return folder.resolve("made/report.html");
    }

    private void result(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("results")).resolve(name), text);
    }

    @Test
    void withoutResultsEverythingIsNotRun() throws IOException {
        assertEquals(
                page() + System.lineSeparator(),
                report("--measured", folder.toString()).good());
        String html = Files.readString(page());
        assertTrue(html.contains("not run, type: <code>h2learn bench contract"), html);
        for (String config : new ConfigReader().names()) {
            assertTrue(html.contains("<td>" + config + "</td>"), config);
        }
        assertFalse(html.contains(folder.toString()), "no place of this machine");
    }

    @Test
    void whatTheCommandsWriteIsShown() throws IOException {
        String hash = ConfigHash.of(new ConfigReader().read("tiny")).toString();
        result("lockstep-tiny.json", new LockStepResult("tiny", hash, "tiny-mlp", 1, 77, 5, "").json());
        report("--measured", MEASURED).good();
        String html = Files.readString(page());
        assertTrue(html.contains("<td class=\"green\">proved</td><td>tiny-mlp in lock-step: 77 words equal"), html);
        assertTrue(html.contains("fashion-mlp on base"), "the contract that is kept in the docs");
        assertTrue(html.contains("<figcaption><code>" + MEASURED + "/scaling-lanes.svg"), "and its plots");
        Path first = Files.copy(page(), folder.resolve("first.html"));
        report("--measured", MEASURED).good();
        assertEquals(Files.readString(first), Files.readString(page()));
    }

    @Test
    void aBrokenFileIsOneSentenceAndNoPage() throws IOException {
        for (String name : new String[] {"lockstep-a.json", "regress.xml", "coverage.json", "mutants.json"}) {
            result(name, "{\"config\"");
            Outcome outcome = report();
            outcome.refused(name);
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            Files.delete(folder.resolve("results").resolve(name));
        }
        result("contract.md", "nothing\n");
        report().refused("contract.md", "'h2learn bench contract --out'");
        assertFalse(Files.exists(page()));
    }

    @Test
    void whatIsNamedMustBeThere() throws IOException {
        String absent = folder.resolve("absent").toString();
        for (String option : new String[] {
            "--lock-step", "--regression", "--coverage", "--mutants", "--contract", "--speed", "--scaling"
        }) {
            report(option, absent).refused(absent);
        }
        Outcome.of("report").refused("--out");
        Outcome.of("report", "--out", "/dev/null/x.html").refused("/dev/null/x.html");
    }
}
