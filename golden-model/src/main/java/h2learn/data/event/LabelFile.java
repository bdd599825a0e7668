package h2learn.data.event;

import h2learn.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which class is to be seen when, as beside the recordings of DVS128 Gesture: {@code NAME_labels.csv} beside
 * {@code NAME.aedat}, a heading, then lines of class (from 1), first and last microsecond.
 */
public final class LabelFile {
    private static final String ENDING = "_labels.csv";
    private static final long MAXIMUM_BYTES = 1 << 20;

    private LabelFile() {}

    /**
     * @param label class, from 0
     * @param start first microsecond
     * @param end microsecond after the last
     */
    public record Span(int label, long start, long end) {}

    /** The label file of a recording, whether or not there is one. */
    static Path of(Path recording) {
        String name = String.valueOf(recording.getFileName());
        int dot = name.lastIndexOf('.');
        return recording.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ENDING);
    }

    static boolean isBeside(List<Path> files) {
        return files.stream().anyMatch(file -> file.toString().endsWith(ENDING));
    }

    /**
     * The labels of a file.
     *
     * @throws InvalidInputException with all lines that are wrong
     */
    static List<Span> read(Path file) {
        List<Span> spans = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> lines;
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw new InvalidInputException(file + ": has more than " + MAXIMUM_BYTES + " bytes; it is damaged");
            }
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + e);
        }
        for (int number = 1; number < lines.size(); number++) {
            String line = lines.get(number).strip();
            if (line.matches("[1-9]\\d{0,4},\\d{1,15},\\d{1,15}")) {
                String[] fields = line.split(",", -1);
                spans.add(new Span(
                        Integer.parseInt(fields[0]) - 1, Long.parseLong(fields[1]), Long.parseLong(fields[2]) + 1));
            } else if (!line.isEmpty()) {
                problems.add(file + ": line " + (number + 1)
                        + ": is not a class from 1, a first and a last microsecond, separated by commas");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return spans;
    }
}
