package h2learn.cosim.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class JUnitFilesTest {
    private static final Selection SELECTION = new Selection(5, 12, 3, new Shard(2, 2));
    private static final Report REPORT = Reports.of(
            SELECTION, Map.of(1, Outcome.FAILED, 2, Outcome.CRASHED, 3, Outcome.TIMED_OUT, 4, Outcome.BROKEN));

    @TempDir
    private Path folder;

    @Test
    void hasTheStructureThatReadersExpect() throws SAXException, IOException {
        validate(JUnitWriter.of(REPORT));
        String wrong = JUnitWriter.of(REPORT).replace("classname=", "class=");
        assertThrows(SAXException.class, () -> validate(wrong));
    }

    private static void validate(String xml) throws SAXException, IOException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Objects.requireNonNull(JUnitFilesTest.class.getResource("junit.xsd")))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }

    @Test
    void countsFailuresAndErrorsApart() {
        String xml = JUnitWriter.of(REPORT);
        assertTrue(xml.contains("tests=\"6\" failures=\"1\" errors=\"3\" skipped=\"0\" time=\"9.000\""), xml);
        assertTrue(xml.contains("<failure type=\"failed\" message=\"mismatch: &lt;u&gt;"), xml);
        assertTrue(xml.contains("<error type=\"timed out\""), xml);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        assertEquals(REPORT, JUnitReader.read(file(JUnitWriter.of(REPORT))));
    }

    @Test
    void whatXmlHasNoPlaceForIsReplaced() throws SAXException, IOException {
        CaseReport one = REPORT.cases().get(1);
        String dirty = "bell \u0007, \u001b[31mred\u001b[0m, half a pair \uD83D, nothing \uFFFF";
        CaseReport odd = new CaseReport(one.id(), Outcome.CRASHED, dirty, 0, 0, 1, one.values(), new TreeMap<>());
        String xml = JUnitWriter.of(new Report(SELECTION, List.of(odd)));
        validate(xml);
        assertEquals(
                "bell ?, ?[31mred?[0m, half a pair ?, nothing ?",
                JUnitReader.read(file(xml)).cases().get(0).message());
    }

    @Test
    void othersAreRefused() throws IOException {
        String xml = JUnitWriter.of(REPORT);
        refused("no XML at all", "is no report of h2learn regress: it is no XML");
        refused("<testsuites/>", "its property seed is missing");
        refused(xml.replace("name=\"count\"", "name=\"other\""), "its property count is missing");
        refused(xml.replace("lanes: ", "lanes "), "is no line of a case");
        refused(xml.replace("words compared: ", "words: "), "a case's line 'words compared' is missing");
        refused(xml.replace("type=\"failed\"", "type=\"odd\""), "is no report of h2learn regress");
        refused(
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><testsuites>&e;</testsuites>",
                "it is no XML: DOCTYPE is disallowed");
        InvalidInputException missing =
                assertThrows(InvalidInputException.class, () -> JUnitReader.read(folder.resolve("none.xml")));
        assertFalse(String.valueOf(missing.getMessage()).contains("Exception"));
    }

    private void refused(String xml, String part) throws IOException {
        Path file = file(xml);
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> JUnitReader.read(file));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(part) && message.startsWith(file + ": "), message);
    }

    private Path file(String xml) throws IOException {
        return Files.writeString(folder.resolve("report.xml"), xml);
    }
}
