package h2learn.hdl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import spinal.core.Component;
import spinal.core.SystemVerilog$;
import spinal.core.Verilog$;

/**
 * Turns a circuit into Verilog. The text depends on the circuit and the options only: no date, path or user. The default
 * clock is {@code clk} with a synchronous active-high {@code reset}; each module goes to a file of its own.
 */
public final class Verilog {
    private static final Pattern HEADER = Pattern.compile("\\A(?:\\s*//[^\\n]*\\n|\\s*\\n)+");
    /** SpinalHDL's note of an assertion's place, which changes with every edit of the source above it. */
    private static final Pattern PLACE = Pattern.compile(" *// \\w+\\.scala:L\\d+$", Pattern.MULTILINE);

    private final @Nullable Path directory;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private List<String> header = List.of();
    private boolean formal;

    private Verilog(@Nullable Path directory) {
        this.directory = directory;
        options.put("mode", Verilog$.MODULE$);
        options.put("defaultConfigForClockDomains", Clock.config(Clock.Reset.SYNC_HIGH));
        options.put("oneFilePerComponent", true);
        options.put("printFilelist", false);
        options.put("removePruned", true);
        options.put("inlineRom", true);
        options.put("withTimescale", false);
        options.put("headerWithDate", false);
        // would run git in the working directory
        options.put("headerWithRepoHash", false);
        // names such as when_File_l42 change with every edit
        options.put("nameWhenByFile", false);
        // registers that spell out enum values, of use in waveforms only
        options.put("_withEnumString", false);
    }

    /** Verilog in memory only. */
    public static Verilog inMemory() {
        return new Verilog(null);
    }

    /**
     * Verilog that is also written into a directory, which is made where missing. Nothing is written unless the whole
     * circuit is sound; files of other names stay.
     */
    public static Verilog to(Path directory) {
        return new Verilog(directory);
    }

    /** Lines to stand at the start of each file, without comment marks. */
    public Verilog header(List<String> lines) {
        header = List.copyOf(lines);
        return this;
    }

    /** SystemVerilog instead of Verilog 2001: files end in {@code .sv}. */
    public Verilog systemVerilog() {
        options.put("mode", SystemVerilog$.MODULE$);
        return this;
    }

    /** All modules in one file, children first. */
    public Verilog singleFile() {
        options.put("oneFilePerComponent", false);
        return this;
    }

    /** The kind of the default clock's reset. */
    public Verilog reset(Clock.Reset kind) {
        options.put("defaultConfigForClockDomains", Clock.config(kind));
        return this;
    }

    /** SystemVerilog with plain {@code assert}, {@code assume} and {@code cover} statements for formal tools. */
    public Verilog formal() {
        formal = true;
        return systemVerilog();
    }

    /**
     * Builds and emits a circuit. The supplier may be called twice when there is an error, so it must have no side
     * effects.
     *
     * @return file names and texts, sorted by name
     * @throws HdlException for a mistake in the circuit
     */
    public SortedMap<String, String> generate(Supplier<? extends Circuit> top) {
        return design(top).files();
    }

    /** As {@link #generate}, with what the circuit is made of. */
    public Design design(Supplier<? extends Circuit> top) {
        try {
            Path raw = Files.createTempDirectory("h2learn-verilog");
            try {
                options.put("targetDirectory", raw.toString());
                Component component = new Elaboration(options, formal).run(top);
                SortedMap<String, String> files = read(raw);
                if (directory != null) {
                    write(files, directory);
                }
                return DesignReader.read(component, files);
            } finally {
                delete(raw);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SortedMap<String, String> read(Path raw) throws IOException {
        String comment = header.stream()
                .map(line -> ("// " + line).stripTrailing() + "\n")
                .collect(Collectors.joining());
        SortedMap<String, String> files = new TreeMap<>();
        for (Path file : list(raw)) {
            String text = HEADER.matcher(Files.readString(file)).replaceFirst("");
            text = PLACE.matcher(text).replaceAll("");
            // SpinalHDL writes a file for enum definitions even where there are none
            if (!text.isBlank()) {
                files.put(file.getFileName().toString(), comment + (comment.isEmpty() ? "" : "\n") + text);
            }
        }
        return Collections.unmodifiableSortedMap(files);
    }

    /** Writes beside the target first and moves then, so that no reader meets half a file. */
    private static void write(SortedMap<String, String> files, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path staging = Files.createTempDirectory(directory, ".staging");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(staging.resolve(file.getKey()), file.getValue());
            }
            for (String name : files.keySet()) {
                Files.move(
                        staging.resolve(name),
                        directory.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            delete(staging);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        for (Path file : list(directory)) {
            Files.delete(file);
        }
        Files.delete(directory);
    }
}
