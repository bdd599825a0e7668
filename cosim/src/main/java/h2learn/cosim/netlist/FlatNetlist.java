package h2learn.cosim.netlist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole design without its modules' borders, bit by bit, after Yosys has replaced what is constant and removed what no
 * output, and no memory that an output depends on, depends on. Only the structure counts: a bit that is read, though to no
 * effect, is left.
 */
public final class FlatNetlist {
    /** What became of a bit that is neither left nor read. */
    public enum Fate {
        /** Has one value always. */
        CONSTANT,
        /** Reaches no output of the design. */
        UNREAD
    }

    private static final Duration LIMIT = Duration.ofMinutes(40);
    /** Cells of many bits, of which some may be needed and others not. */
    private static final String REDUCED =
            """
            proc
            flatten
            opt_expr
            opt_clean
            memory_collect
            opt_dff -nodffe -nosdff
            simplemap t:$dff t:$mux t:$and t:$or t:$xor t:$xnor t:$not
            techmap t:$add t:$sub t:$neg t:$sshl t:$sshr t:$shl t:$shr
            simplemap t:$mux t:$and t:$or t:$xor t:$xnor t:$not
            opt_expr
            opt_dff -nodffe -nosdff
            opt_clean
            opt_expr
            opt_dff -nodffe -nosdff
            opt_expr
            opt_clean
            """;

    private static final Pattern COMPARED = Pattern.compile("(?m)^ +connect \\\\[AB] 16'([01]+)$");

    private final Yosys yosys;
    private final String top;
    private final Map<String, String> verilog;
    private final Path folder;

    /**
     * @param top the top-level module's name
     * @param verilog one module a file, by file name; what is no Verilog is left out
     * @param folder to work in
     */
    public FlatNetlist(Yosys yosys, String top, Map<String, String> verilog, Path folder) {
        this.yosys = yosys;
        this.top = top;
        this.verilog = verilog;
        this.folder = folder;
    }

    /**
     * The numbers with which what is left compares a 16-bit input of the top-level module.
     *
     * @throws IllegalStateException when Yosys cannot do it, with its reason
     */
    public SortedSet<Integer> compared(String input) {
        try {
            yosys.mustRun(folder, "flat", script() + "dump -o left.il t:$eq\n", LIMIT);
            SortedSet<Integer> numbers = new TreeSet<>();
            String text = Files.readString(folder.resolve("left.il"), StandardCharsets.ISO_8859_1);
            for (String cell : text.split("(?m)^ *end$")) {
                Matcher number = COMPARED.matcher(cell);
                if (cell.contains("\\" + input + "\n") && number.find()) {
                    numbers.add(Integer.parseInt(number.group(1), 2));
                }
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What became of the bits that are not left, by module and by {@code signal[bit]}; of a module with several instances
     * those that are left in none.
     *
     * @throws IllegalStateException when Yosys cannot do it, with its reason
     */
    public SortedMap<String, SortedMap<String, Fate>> fates() {
        try {
            yosys.mustRun(
                    folder, "flat", script() + "setundef -undriven -undef\ndelete t:*\nwrite_json wires.json\n", LIMIT);
            JsonNode wires = new ObjectMapper()
                    .readTree(folder.resolve("wires.json").toFile())
                    .path("modules")
                    .path(top)
                    .path("netnames");
            Map<String, String> modules = Instances.modulesByPath(top, texts());
            SortedMap<String, SortedMap<String, Fate>> fates = new TreeMap<>();
            SortedMap<String, SortedSet<String>> left = new TreeMap<>();
            wires.fields().forEachRemaining(wire -> {
                int dot = wire.getKey().lastIndexOf('.');
                String module = modules.get(dot < 0 ? "" : wire.getKey().substring(0, dot));
                if (module != null && wire.getValue().path("hide_name").asInt() == 0) {
                    String signal = wire.getKey().substring(dot + 1);
                    bits(
                            signal,
                            wire.getValue(),
                            fates.computeIfAbsent(module, name -> new TreeMap<>()),
                            left.computeIfAbsent(module, name -> new TreeSet<>()));
                }
            });
            left.forEach((module, bits) ->
                    fates.getOrDefault(module, new TreeMap<>()).keySet().removeAll(bits));
            return fates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bits are the number of a net that is left, a constant, or x where nothing drives them any more. */
    private static void bits(String signal, JsonNode wire, Map<String, Fate> fates, SortedSet<String> left) {
        int lowest = wire.path("offset").asInt(0);
        List<JsonNode> bits = new ArrayList<>();
        wire.path("bits").forEach(bits::add);
        for (int bit = 0; bit < bits.size(); bit++) {
            String name = signal + "[" + (bit + lowest) + "]";
            if (bits.get(bit).isNumber()) {
                left.add(name);
            } else {
                // Constant in one instance and unread in another: neither matters.
                Fate fate = bits.get(bit).asText().equals("x") ? Fate.UNREAD : Fate.CONSTANT;
                fates.merge(name, fate, (one, other) -> one == other ? one : Fate.UNREAD);
            }
        }
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        verilog.forEach((file, text) -> {
            if (file.endsWith(".v")) {
                texts.put(file.substring(0, file.length() - 2), text);
            }
        });
        return texts;
    }

    private String script() throws IOException {
        StringBuilder script = new StringBuilder();
        for (Map.Entry<String, String> module : texts().entrySet()) {
            Files.writeString(folder.resolve(module.getKey() + ".v"), module.getValue());
            script.append("read_verilog ").append(module.getKey()).append(".v\n");
        }
        return script.append("hierarchy -top ")
                .append(top)
                .append('\n')
                .append(REDUCED)
                .toString();
    }
}
