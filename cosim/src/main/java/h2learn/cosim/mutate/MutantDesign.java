package h2learn.cosim.mutate;

import h2learn.cosim.netlist.Yosys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A design that holds many mutants at once: a further input of the top-level module, {@value #SELECT}, turns one of them
 * on, and none when it is 0.
 *
 * @param top the top-level module's name
 * @param files texts by file name, of which those of modules without mutants are the original's
 * @param plain the same, without what prints which mutants a run activates: it is no part of what is proved equal
 * @param mutants in the order of their numbers, which begin with 1
 * @param changed modules that have the input
 */
public record MutantDesign(
        String top,
        SortedMap<String, String> files,
        SortedMap<String, String> plain,
        List<Mutant> mutants,
        Set<String> changed) {
    /** The input that selects a mutant. */
    public static final String SELECT = "h2_mutant";

    static final int SELECT_BITS = 16;
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Pattern INPUT = Pattern.compile("(?m)^  input \\[\\d+:0\\] " + SELECT + ";$");

    /**
     * Draws mutants evenly over the parts, within a part evenly over modules, cells and modes.
     *
     * @param verilog one module a file, by file name
     * @param perPart how many of each part at most; those of clocks are left out
     * @param folder to work in
     */
    static MutantDesign draw(
            Yosys yosys, String top, Map<String, String> verilog, Map<Part, Integer> perPart, int seed, Path folder) {
        SortedMap<String, String> modules = new TreeMap<>();
        verilog.forEach((file, text) -> {
            if (file.endsWith(".v")) {
                modules.put(file.substring(0, file.length() - 2), text);
            }
        });
        Map<Part, Set<String>> parts = Part.modules(top, modules);
        try {
            for (Map.Entry<String, String> module : modules.entrySet()) {
                Files.writeString(folder.resolve(module.getKey() + ".v"), module.getValue());
            }
            StringBuilder script = new StringBuilder();
            modules.keySet()
                    .forEach(module ->
                            script.append("read_verilog -sv ").append(module).append(".v\n"));
            // opt_reduce joins the write enables of a word's bits again, which simulates ten times faster.
            script.append("hierarchy -top ").append(top).append("\nproc\nopt_reduce\nopt_clean\nwrite_rtlil all.il\n");
            perPart.forEach((part, count) -> {
                script.append("select ").append(String.join(" ", parts.getOrDefault(part, Set.of())));
                script.append("\nmutate -list ").append(count);
                script.append(" -seed ")
                        .append(seed)
                        .append(" -o ")
                        .append(part.label())
                        .append(".list\n");
                script.append("select -clear\n");
            });
            yosys.mustRun(folder, "list", script.toString(), LIMIT);
            List<Mutant> mutants = new ArrayList<>();
            StringBuilder apply = new StringBuilder("read_rtlil all.il\n");
            for (Part part : perPart.keySet()) {
                Path list = folder.resolve(part.label() + ".list");
                for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                    Mutant mutant = Mutant.of(mutants.size() + 1, part, line);
                    if (!mutant.isClocking()) {
                        mutants.add(mutant);
                        apply.append(applied(mutant, line)).append('\n');
                    }
                }
            }
            if (mutants.size() >= 1 << (SELECT_BITS - 1)) {
                throw new IllegalArgumentException(
                        "no more than " + ((1 << (SELECT_BITS - 1)) - 1) + " mutants at once");
            }
            modules.keySet().forEach(module -> apply.append("select ")
                    .append(module)
                    .append("\nwrite_verilog -noattr -selected ")
                    .append(module)
                    .append(".mutants.v\nselect -clear\n"));
            yosys.mustRun(folder, "apply", apply.toString(), LIMIT);
            return read(top, verilog, modules.keySet(), mutants, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String applied(Mutant mutant, String line) {
        String control = "mutate -ctrl " + SELECT + " " + SELECT_BITS + " " + mutant.number();
        return control + line.substring("mutate".length());
    }

    private static MutantDesign read(
            String top, Map<String, String> verilog, Set<String> modules, List<Mutant> mutants, Path folder)
            throws IOException {
        SortedMap<String, String> files = new TreeMap<>(verilog);
        SortedMap<String, String> plain = new TreeMap<>(verilog);
        Set<String> changed = new TreeSet<>();
        for (String module : modules) {
            String text = Files.readString(folder.resolve(module + ".mutants.v"), StandardCharsets.UTF_8);
            if (INPUT.matcher(text).find()) {
                changed.add(module);
                plain.put(module + ".v", text);
                files.put(module + ".v", Activation.watched(text, top));
            }
        }
        return new MutantDesign(top, files, plain, List.copyOf(mutants), changed);
    }
}
