package h2learn.cosim.report;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A plot that may stand in a page as it is, as it draws and does nothing else: no script, no link, nothing loaded.
 *
 * @param svg the whole element
 */
public record Plot(String svg) {
    private static final Set<String> DRAWING = Set.of(
            "svg",
            "g",
            "title",
            "desc",
            "rect",
            "path",
            "line",
            "polyline",
            "polygon",
            "circle",
            "ellipse",
            "text",
            "tspan");

    /** @throws InvalidInputException when the file cannot be read, is no SVG, or does more than draw */
    public static Plot read(Path path) {
        ResultFile file = new ResultFile(path, "h2learn bench scaling --out");
        String text = file.read();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Document document = builder.parse(new InputSource(new StringReader(text)));
            if (!document.getDocumentElement().getTagName().equals("svg")) {
                throw file.broken("it is no SVG");
            }
            StringBuilder svg = new StringBuilder();
            write(document.getDocumentElement(), svg, file);
            return new Plot(svg.append('\n').toString());
        } catch (SAXException e) {
            throw file.broken("it is no SVG: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Written anew, so that nothing but what is looked at here gets into the page. */
    private static void write(Element element, StringBuilder svg, ResultFile file) {
        String tag = element.getTagName();
        if (!DRAWING.contains(tag)) {
            throw file.broken("<" + tag + "> may not stand in a report");
        }
        svg.append('<').append(tag);
        NamedNodeMap attributes = element.getAttributes();
        for (int index = 0; index < attributes.getLength(); index++) {
            String name = attributes.item(index).getNodeName();
            String value = attributes.item(index).getNodeValue();
            if (!name.matches("xmlns|[a-zA-Z][a-zA-Z0-9-]*")
                    || name.matches("(?i)on.*|href|src|style|class|id")
                    || value.contains("url(")) {
                throw file.broken("the attribute " + name + " of <" + tag + "> may not stand in a report");
            }
            svg.append(' ').append(name).append("=\"").append(Html.text(value)).append('"');
        }
        svg.append('>');
        NodeList children = element.getChildNodes();
        for (int index = 0; index < children.getLength(); index++) {
            if (children.item(index) instanceof Element child) {
                write(child, svg, file);
            } else if (children.item(index) instanceof Text text) {
                svg.append(Html.text(text.getData()));
            }
        }
        svg.append("</").append(tag).append('>');
    }
}
