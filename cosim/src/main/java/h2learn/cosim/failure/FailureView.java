package h2learn.cosim.failure;

import h2learn.config.InvalidInputException;
import h2learn.tensor.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows the folder of a failure. */
public final class FailureView {
    private FailureView() {}

    /**
     * Lines for a terminal: the message, and a map of what differs.
     *
     * @param folder that {@link FailureFolder} wrote
     * @throws InvalidInputException when it is none
     */
    public static List<String> lines(Path folder) {
        MismatchFile.Record failure = MismatchFile.read(folder);
        List<String> lines = new ArrayList<>(failure.message().lines().toList());
        if (failure.difference() != null) {
            lines.addAll(new HeatMap(failure.difference()).lines());
        }
        return lines;
    }

    /** Draws the map as an SVG picture. Throws {@link InvalidInputException} when there is nothing to draw. */
    public static void draw(Path folder, Path picture) {
        MismatchFile.Record failure = MismatchFile.read(folder);
        if (failure.difference() == null) {
            throw new InvalidInputException(
                    folder + ": the failure is none of a tensor's values, there is nothing to draw; leave out --svg");
        }
        String title = failure.message().lines().findFirst().orElse("");
        byte[] svg = new HeatMap(failure.difference()).svg(title).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(picture, stream -> stream.write(svg));
    }
}
