package h2learn.cosim.build;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model is built from. Equal sources give the same library.
 *
 * @param top the top module's name
 * @param files texts by plain file name; those ending in .v or .sv are compiled, others can be included
 * @param trace the wave format to compile in
 * @param assertions whether assertions are compiled in
 * @param coverage whether lines, branches and toggles are counted, which makes a model many times slower
 * @param configuration lines of a Verilator configuration file without {@code `verilator_config}: waivers, and the
 *     variables of {@link BackdoorVariable#lines}
 */
public record ModelSource(
        String top,
        SortedMap<String, String> files,
        Trace trace,
        boolean assertions,
        boolean coverage,
        String configuration) {
    public ModelSource {
        if (!top.matches("[A-Za-z_]\\w*")) {
            throw new IllegalArgumentException("not a module name: " + top);
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        for (String name : files.keySet()) {
            if (!name.matches("\\w[\\w.-]*")) {
                throw new IllegalArgumentException("not a plain file name: " + name);
            }
        }
        if (files.keySet().stream().noneMatch(ModelSource::isCompiled)) {
            throw new IllegalArgumentException("no file ends in .v or .sv");
        }
    }

    /** Assertions on, no waves, no coverage, nothing else. */
    public static ModelSource of(String top, Map<String, String> files) {
        return new ModelSource(top, new TreeMap<>(files), Trace.NONE, true, false, "");
    }

    public ModelSource withTrace(Trace value) {
        return new ModelSource(top, files, value, assertions, coverage, configuration);
    }

    public ModelSource withAssertions(boolean value) {
        return new ModelSource(top, files, trace, value, coverage, configuration);
    }

    public ModelSource withCoverage(boolean value) {
        return new ModelSource(top, files, trace, assertions, value, configuration);
    }

    /** Adds lines to the Verilator configuration file. */
    public ModelSource withConfiguration(String lines) {
        String end = lines.isEmpty() || lines.endsWith("\n") ? "" : "\n";
        return new ModelSource(top, files, trace, assertions, coverage, configuration + lines + end);
    }

    /** Makes variables readable by the back door. */
    public ModelSource withBackdoor(Collection<BackdoorVariable> variables) {
        return withConfiguration(BackdoorVariable.lines(variables));
    }

    static boolean isCompiled(String fileName) {
        return fileName.endsWith(".v") || fileName.endsWith(".sv");
    }
}
