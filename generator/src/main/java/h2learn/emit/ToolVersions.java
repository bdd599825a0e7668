package h2learn.emit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The versions that stand in every product.
 *
 * @param h2learn this program's
 * @param spinalHdl the library's that writes the Verilog
 */
public record ToolVersions(String h2learn, String spinalHdl) {
    private static final String RESOURCE = "versions.properties";

    /** The versions that this program was built with. */
    public static ToolVersions current() {
        try (InputStream resource = ToolVersions.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the program was built without " + RESOURCE);
            }
            Properties properties = new Properties();
            properties.load(resource);
            return new ToolVersions(value(properties, "h2learn"), value(properties, "spinalHdl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank() || value.contains("${")) {
            throw new IllegalStateException(RESOURCE + " was built without the version of " + name);
        }
        return value;
    }
}
