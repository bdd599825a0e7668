package h2learn.cosim.mutate;

import h2learn.cosim.netlist.Instances;
import h2learn.cosim.netlist.Yosys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proves by SAT that mutants compute what the original computes: every register, memory and instance is cut out of the
 * module, and the logic between them is the same function. That is enough, and not necessary: a mutant that could differ
 * in a state that is never reached is not proved equal.
 */
final class Equivalence {
    /** What a proof found. */
    enum Result {
        EQUAL,
        /** No output of the accelerator, and no memory or register that one depends on, depends on the changed bit. */
        UNREAD,
        /** Other outputs for some state, which need not be one that is reached. */
        DIFFERENT,
        /** The solver did not end in time, or Yosys could not do it. */
        UNKNOWN;

        /** Whether the mutant is the original. */
        boolean isProof() {
            return this == EQUAL || this == UNREAD;
        }
    }

    private static final int SOLVER_SECONDS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Pattern DECLARED =
            Pattern.compile("(?m)^ *input \\[\\d+:0\\] " + MutantDesign.SELECT + ";\\n");
    private static final Pattern LISTED = Pattern.compile("(?m)^(module [^;]*), " + MutantDesign.SELECT + "\\);$");
    private static final Pattern PIN = Pattern.compile(",\\s*\\." + MutantDesign.SELECT + "\\(" + MutantDesign.SELECT
            + "\\)|\\." + MutantDesign.SELECT + "\\(" + MutantDesign.SELECT + "\\),\\s*");
    private static final Pattern STEP =
            Pattern.compile("h2_begin (\\d+)|no model found: SUCCESS|model found: FAIL|TIMEOUT|h2_end");

    private final Yosys yosys;
    private final MutantDesign design;
    private final Map<String, String> original;
    private final Path folder;

    /**
     * @param original texts by file name
     * @param folder to work in
     */
    Equivalence(Yosys yosys, MutantDesign design, Map<String, String> original, Path folder) {
        this.yosys = yosys;
        this.design = design;
        this.original = original;
        this.folder = folder;
    }

    /** The results of one module's mutants, by number. */
    Map<Integer, Result> ofModule(String module, List<Integer> mutants) {
        Map<Integer, Result> results = new TreeMap<>();
        mutants.forEach(number -> results.put(number, Result.UNKNOWN));
        try {
            String text = design.plain().getOrDefault(module + ".v", "");
            Set<String> children = new TreeSet<>(Instances.of(text, modules()).values());
            Files.writeString(folder.resolve(module + ".selected.v"), selected(text));
            StringBuilder script = new StringBuilder("read_verilog " + module + ".selected.v\n");
            for (String child : children) {
                Files.writeString(folder.resolve(child + ".v"), original.getOrDefault(child + ".v", ""));
                script.append("read_verilog -sv -lib ").append(child).append(".v\n");
            }
            script.append("hierarchy -top ").append(module).append("\nproc\nmemory_collect\n");
            script.append("rename -enumerate -pattern h2_register_% t:$dff\nexpose -evert t:$mem_v2 t:$dff");
            children.forEach(child -> script.append(" t:").append(child));
            script.append("\nrename ").append(module).append(" gold\ncopy gold gate\ndesign -save both\n");
            mutants.forEach(number -> prove(script, number));
            Yosys.Result run = yosys.run(folder, module + ".equivalence", "", script.toString(), LIMIT);
            read(run.output(), results);
            return results;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> modules() {
        Set<String> modules = new TreeSet<>();
        original.keySet().forEach(file -> modules.add(file.replaceFirst("\\.v$", "")));
        return modules;
    }

    /** The module with the selection as a wire that nothing drives, so that it can be given a value. */
    static String selected(String text) {
        String alone = LISTED.matcher(text).replaceFirst("$1);");
        alone = DECLARED.matcher(alone).replaceFirst("");
        return PIN.matcher(alone).replaceAll("");
    }

    private static void prove(StringBuilder script, int number) {
        script.append("design -load both\nlog h2_begin ").append(number).append('\n');
        script.append("cd gold\nconnect -set " + MutantDesign.SELECT + " " + MutantDesign.SELECT_BITS + "'d0\ncd\n");
        script.append("cd gate\nconnect -set " + MutantDesign.SELECT + " " + MutantDesign.SELECT_BITS + "'d")
                .append(number)
                .append("\ncd\n");
        // Both sides share their inputs: joining equal cells leaves what the mutant changes.
        script.append("miter -equiv -flatten gold gate both\nhierarchy -top both\ncd both\n");
        script.append("opt_expr\nopt_merge\nopt_clean\nsat -timeout " + SOLVER_SECONDS + " -prove trigger 0\ncd\n");
        script.append("log h2_end\n");
    }

    private static void read(String output, Map<Integer, Result> results) {
        Matcher matcher = STEP.matcher(output);
        int number = 0;
        while (matcher.find()) {
            String text = matcher.group();
            if (matcher.group(1) != null) {
                number = Integer.parseInt(matcher.group(1));
            } else if (number > 0 && text.startsWith("no model")) {
                results.put(number, Result.EQUAL);
            } else if (number > 0 && text.startsWith("model found")) {
                results.put(number, Result.DIFFERENT);
            }
        }
    }
}
