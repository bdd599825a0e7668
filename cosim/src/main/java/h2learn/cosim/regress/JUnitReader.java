package h2learn.cosim.regress;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads what {@link JUnitWriter} wrote. */
public final class JUnitReader {
    private final Path file;

    private JUnitReader(Path file) {
        this.file = file;
    }

    /** @throws InvalidInputException when the file cannot be read or is none of a regression */
    public static Report read(Path file) {
        JUnitReader reader = new JUnitReader(file);
        try {
            return reader.report(reader.parse());
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + IoReason.of(e));
        } catch (SAXException e) {
            throw reader.foreign("it is no XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException e) {
            throw reader.foreign(String.valueOf(e.getMessage()));
        }
    }

    private Document parse() throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        try (InputStream in = Files.newInputStream(file)) {
            return builder.parse(in);
        }
    }

    private Report report(Document document) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Element property : elements(document.getDocumentElement(), "property")) {
            properties.put(property.getAttribute("name"), property.getAttribute("value"));
        }
        Selection selection = new Selection(
                number(properties, JUnitWriter.SEED),
                Math.toIntExact(number(properties, JUnitWriter.COUNT)),
                Math.toIntExact(number(properties, JUnitWriter.PER_ACCELERATOR)),
                new Shard(
                        Math.toIntExact(number(properties, JUnitWriter.SHARD)),
                        Math.toIntExact(number(properties, JUnitWriter.SHARDS))));
        List<CaseReport> cases = new ArrayList<>();
        for (Element testcase : elements(document.getDocumentElement(), "testcase")) {
            cases.add(testcase(testcase));
        }
        return new Report(selection, cases);
    }

    private long number(Map<String, String> properties, String name) {
        String value = properties.getOrDefault(name, "");
        if (!value.matches("\\d{1,18}")) {
            throw foreign("its property " + name + " is missing");
        }
        return Long.parseLong(value);
    }

    private CaseReport testcase(Element testcase) {
        Outcome outcome = Outcome.PASSED;
        String message = "";
        for (String kind : List.of("failure", "error")) {
            for (Element fault : elements(testcase, kind)) {
                outcome = Outcome.valueOf(
                        fault.getAttribute("type").toUpperCase(Locale.ROOT).replace(' ', '_'));
                message = fault.getTextContent();
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        SortedMap<Rejection, Integer> rejections = new TreeMap<>();
        for (Element out : elements(testcase, "system-out")) {
            out.getTextContent()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> line(line, values, rejections));
        }
        return new CaseReport(
                CaseId.parse(testcase.getAttribute("name")),
                outcome,
                message,
                count(values, JUnitWriter.WORDS),
                count(values, JUnitWriter.CYCLES),
                Double.parseDouble(testcase.getAttribute("time")),
                values,
                rejections);
    }

    private void line(String line, Map<String, String> values, SortedMap<Rejection, Integer> rejections) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw foreign("'" + line + "' is no line of a case");
        }
        String name = line.substring(0, colon);
        String value = line.substring(colon + 2);
        if (!name.equals(JUnitWriter.REJECTED)) {
            values.put(name, value);
            return;
        }
        String[] parts = value.split("\t", 4);
        if (parts.length < 4) {
            throw foreign("'" + line + "' is no line of a case");
        }
        rejections.put(new Rejection(parts[1], parts[2], parts[3]), Integer.parseInt(parts[0]));
    }

    private long count(Map<String, String> values, String name) {
        String value = values.remove(name);
        if (value == null) {
            throw foreign("a case's line '" + name + "' is missing");
        }
        return Long.parseLong(value);
    }

    private InvalidInputException foreign(String reason) {
        return new InvalidInputException(file + ": is no report of h2learn regress: " + reason);
    }

    private static List<Element> elements(Element above, String name) {
        NodeList nodes = above.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }
}
