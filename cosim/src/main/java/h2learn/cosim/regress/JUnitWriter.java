package h2learn.cosim.regress;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a report as JUnit XML: one test suite, a test case each. What readers of such files do not know of stands in the
 * suite's properties and in each case's {@code system-out}, a line each, where {@link JUnitReader} finds it.
 */
public final class JUnitWriter {
    static final String SEED = "seed";
    static final String COUNT = "count";
    static final String PER_ACCELERATOR = "casesPerAccelerator";
    static final String SHARD = "shard";
    static final String SHARDS = "shards";
    static final String WORDS = "words compared";
    static final String CYCLES = "clock cycles";
    static final String REJECTED = "rejected";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitWriter() throws XMLStreamException {
        xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    }

    /** The whole file. */
    public static String of(Report report) {
        try {
            JUnitWriter writer = new JUnitWriter();
            writer.suites(report);
            return writer.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void suites(Report report) throws XMLStreamException {
        Selection selection = report.selection();
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        totals("h2learn regress", report.cases());
        line(1);
        xml.writeStartElement("testsuite");
        totals("seed " + selection.seed() + ", shard " + selection.shard(), report.cases());
        line(2);
        xml.writeStartElement("properties");
        property(SEED, selection.seed());
        property(COUNT, selection.count());
        property(PER_ACCELERATOR, selection.casesPerAccelerator());
        property(SHARD, selection.shard().index());
        property(SHARDS, selection.shard().of());
        line(2);
        xml.writeEndElement();
        for (CaseReport one : report.cases()) {
            testcase(one);
        }
        line(1);
        xml.writeEndElement();
        line(0);
        xml.writeEndElement();
        line(0);
        xml.writeEndDocument();
    }

    private void totals(String name, List<CaseReport> cases) throws XMLStreamException {
        long failures =
                cases.stream().filter(one -> one.outcome() == Outcome.FAILED).count();
        long passed = cases.stream().filter(CaseReport::passed).count();
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", String.valueOf(cases.size()));
        xml.writeAttribute("failures", String.valueOf(failures));
        xml.writeAttribute("errors", String.valueOf(cases.size() - failures - passed));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute(
                "time", seconds(cases.stream().mapToDouble(CaseReport::seconds).sum()));
    }

    private void property(String name, long value) throws XMLStreamException {
        line(3);
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", String.valueOf(value));
    }

    private void testcase(CaseReport one) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "h2learn.regress.accelerator" + one.id().accelerator());
        xml.writeAttribute("name", one.id().toString());
        xml.writeAttribute("time", seconds(one.seconds()));
        if (!one.passed()) {
            line(3);
            xml.writeStartElement(one.outcome() == Outcome.FAILED ? "failure" : "error");
            xml.writeAttribute("type", one.outcome().text());
            xml.writeAttribute(
                    "message", legal(one.message().lines().findFirst().orElse("")));
            xml.writeCharacters(legal(one.message()));
            xml.writeEndElement();
        }
        line(3);
        xml.writeStartElement("system-out");
        StringBuilder lines = new StringBuilder("\n");
        one.values().forEach((dimension, value) -> lines.append(dimension + ": " + value + "\n"));
        lines.append(WORDS + ": " + one.words() + "\n");
        lines.append(CYCLES + ": " + one.cycles() + "\n");
        one.rejections()
                .forEach((rejection, times) -> lines.append(REJECTED + ": " + times + "\t" + rejection.dimension()
                        + "\t" + rejection.value() + "\t" + rejection.reason() + "\n"));
        xml.writeCharacters(legal(lines.toString()));
        xml.writeEndElement();
        line(2);
        xml.writeEndElement();
    }

    private void line(int indentation) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(indentation));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** XML 1.0 has no place for most control characters and lone surrogates, which a message of a crash may hold. */
    private static String legal(String text) {
        return text.codePoints()
                .map(character -> isLegal(character) ? character : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLegal(int character) {
        boolean control = character < ' ' && character != '\n' && character != '\t';
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return !control && !surrogate && character != 0xFFFE && character != 0xFFFF;
    }
}
