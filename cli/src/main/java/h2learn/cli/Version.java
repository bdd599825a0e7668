package h2learn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the build. */
final class Version implements IVersionProvider {
    private static final String RESOURCE = "/h2learn/cli/version.properties";

    @Override
    public String[] getVersion() {
        try (InputStream stream = Version.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the program's own file " + RESOURCE + " is missing");
            }
            Properties properties = new Properties();
            properties.load(stream);
            return new String[] {"h2learn " + properties.getProperty("version")};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
