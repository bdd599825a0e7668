package h2learn.cosim.cases;

import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.Trace;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.cases.Case.Edit;
import h2learn.emit.AcceleratorVerilog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Verilog of cases, with their edits, and its simulation. Keeps what it made last: elaboration takes seconds. */
final class CaseVerilog {
    private static final int KEPT = 16;

    /** What decides about a simulation. */
    private record Key(AcceleratorConfig config, List<Edit> edits, Trace trace) {}

    private static final Map<Key, Path> LIBRARIES = new LinkedHashMap<>();
    private static final Map<AcceleratorConfig, SortedMap<String, String>> GENERATED = new LinkedHashMap<>();

    private CaseVerilog() {}

    /** The case's simulation, built unless that was done before. Throws as {@link VerilatorBuild#model} and {@link #files} do. */
    static synchronized Path library(Case built, VerilatorBuild build, Trace trace) {
        Key key = new Key(built.config(), built.edits(), trace);
        Path known = LIBRARIES.get(key);
        // the cache may have been emptied meanwhile
        if (known != null && Files.exists(known)) {
            return known;
        }
        Path library =
                build.model(ModelSource.of(AcceleratorVerilog.TOP, files(built)).withTrace(trace));
        keep(LIBRARIES, key, library);
        return library;
    }

    /**
     * The generated files with the case's edits made in their order.
     *
     * @throws InvalidInputException when the text that an edit is to change does not occur
     */
    static synchronized SortedMap<String, String> files(Case built) {
        SortedMap<String, String> generated = GENERATED.get(built.config());
        if (generated == null) {
            generated = AcceleratorVerilog.of(built.config());
            keep(GENERATED, built.config(), generated);
        }
        SortedMap<String, String> files = new TreeMap<>(generated);
        for (int index = 0; index < built.edits().size(); index++) {
            Edit edit = built.edits().get(index);
            String file = edit.module() + ".v";
            String text = files.get(file);
            if (text == null) {
                throw new InvalidInputException("case " + built.id() + ": edits[" + index + "].module: "
                        + built.config().name() + " has no module " + edit.module() + "; give one of "
                        + String.join(
                                ", ",
                                generated.keySet().stream()
                                        .map(name -> name.replaceFirst("\\.v$", ""))
                                        .toList()));
            }
            if (!text.contains(edit.find())) {
                throw new InvalidInputException("case " + built.id() + ": edits[" + index + "].find: its text does not"
                        + " occur in " + file + "; 'h2learn generate' writes the file to look it up in");
            }
            files.put(file, text.replace(edit.find(), edit.replace()));
        }
        return files;
    }

    /** The oldest goes when there are too many. */
    private static <K, V> void keep(Map<K, V> kept, K key, V value) {
        kept.put(key, value);
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }
}
