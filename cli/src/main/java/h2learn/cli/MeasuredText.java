package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.tensor.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Brings the text of a measurement to a file or to the standard output. */
final class MeasuredText {
    private MeasuredText() {}

    /** @param file to write whole or not at all; null for {@code out} */
    static void write(String text, @Nullable Path file, PrintWriter out) {
        if (file == null) {
            out.print(text);
            out.flush();
            return;
        }
        try {
            OutputPlace.makeParent(file);
            WholeFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + IoReason.of(e));
        }
        out.println(file);
    }
}
