package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.hdl.Circuit;
import h2learn.hdl.Verilog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verilog as the tests read it: runs of blanks and line ends count as one blank, so that indentation and alignment do
 * not matter.
 *
 * @param files file names and texts
 */
record Emitted(Map<String, String> files) {
    private static final Pattern PORT =
            Pattern.compile("(input|output) (?:wire|reg) (?:(?:signed )?\\[(\\d+):0] )?(\\w+)");

    static Emitted of(Supplier<? extends Circuit> circuit) {
        return of(Verilog.inMemory(), circuit);
    }

    static Emitted of(Verilog verilog, Supplier<? extends Circuit> circuit) {
        return new Emitted(verilog.generate(circuit));
    }

    /** The text of a module's file. */
    String module(String name) {
        String text = files.getOrDefault(name + ".v", files.get(name + ".sv"));
        assertTrue(text != null, () -> name + " is not among " + files.keySet());
        return text.replaceAll("\\s+", " ");
    }

    /** A module's ports in order, such as {@code "input 4 address"}; without {@code clk} and {@code reset}. */
    List<String> ports(String module) {
        String text = module(module);
        Matcher ports = PORT.matcher(text.substring(0, text.indexOf(");")));
        List<String> result = new ArrayList<>();
        while (ports.find()) {
            if (!List.of("clk", "reset").contains(ports.group(3))) {
                int width = ports.group(2) == null ? 1 : Integer.parseInt(ports.group(2)) + 1;
                result.add(ports.group(1) + " " + width + " " + ports.group(3));
            }
        }
        return result;
    }

    /** Fails unless the module's text contains each of the pieces. */
    Emitted has(String module, String... pieces) {
        String text = module(module);
        for (String piece : pieces) {
            assertTrue(text.contains(piece), () -> "no '" + piece + "' in\n" + files);
        }
        return this;
    }

    /** Fails if the module's text contains one of the pieces. */
    Emitted hasNot(String module, String... pieces) {
        String text = module(module);
        for (String piece : pieces) {
            assertTrue(!text.contains(piece), () -> "'" + piece + "' in\n" + files);
        }
        return this;
    }
}
