package h2learn.cosim.mutate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules with their mutants as Yosys writes them, changed so as to tell which mutants a run of the original activates:
 * those whose bit would have had another value at some rising edge. A run that does not activate a mutant is the same, cycle
 * by cycle, with it. Or changed so as to tell which bits are read.
 */
final class Activation {
    private static final String MARK = "h2_active ";
    private static final Pattern SELECTED =
            Pattern.compile("(?m)^  assign (\\w+) = " + MutantDesign.SELECT + " == 16'h([0-9a-f]+);$");
    private static final Pattern CHOSEN = Pattern.compile("(?m)^  assign \\w+ = (\\w+) \\? (.+) : (.+);$");
    private static final Pattern CONSTANT = Pattern.compile("1'h[01]");
    private static final Pattern PRINTED = Pattern.compile(MARK + "(\\d+)");

    private Activation() {}

    /**
     * A module in the form in which Yosys writes it, made to print each of its mutants' numbers when it is activated first
     * while none is selected.
     *
     * @throws IllegalArgumentException when a mutant is not found
     */
    static String watched(String text, String top) {
        Map<String, Integer> selected = selected(text);
        StringBuilder watch = new StringBuilder();
        int index = 0;
        Matcher choice = CHOSEN.matcher(text);
        while (choice.find()) {
            Integer number = selected.get(choice.group(1));
            if (number != null) {
                watch.append("      if (!h2_seen[")
                        .append(index)
                        .append("] && (")
                        .append(choice.group(2));
                watch.append(") != (")
                        .append(choice.group(3))
                        .append(")) begin h2_seen[")
                        .append(index);
                watch.append("] <= 1'b1; $display(\"" + MARK).append(number).append("\"); end\n");
                index++;
            }
        }
        if (index != selected.size()) {
            throw new IllegalArgumentException("of " + selected.size() + " mutants " + index + " were found");
        }
        if (index == 0) {
            return text;
        }
        String always = "  reg [" + (index - 1) + ":0] h2_seen = 0;\n  always @(posedge " + top
                + ".clk) begin\n    if (" + MutantDesign.SELECT + " == 0) begin\n" + watch + "    end\n  end\n";
        return text.replaceFirst("(?m)^endmodule$", Matcher.quoteReplacement(always + "endmodule"));
    }

    /** Mutants' numbers by the wire that selects them. */
    private static Map<String, Integer> selected(String text) {
        Map<String, Integer> selected = new LinkedHashMap<>();
        Matcher matcher = SELECTED.matcher(text);
        while (matcher.find()) {
            selected.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
        }
        return selected;
    }

    /**
     * The module in which every mutant that mixes another bit in inverts its bit instead: whether anything depends on a bit
     * must not depend on the bits that other mutants, of which none is selected, would mix.
     */
    static String inverted(String text) {
        Set<String> selecting = selected(text).keySet();
        return CHOSEN.matcher(text).replaceAll(choice -> {
            boolean mixes = selecting.contains(choice.group(1))
                    && !CONSTANT.matcher(choice.group(2)).matches();
            String inverting = " = " + choice.group(1) + " ^ (" + choice.group(3) + ");";
            String line = choice.group();
            return Matcher.quoteReplacement(mixes ? line.substring(0, line.indexOf(" = ")) + inverting : line);
        });
    }

    /** The numbers that a model printed. */
    static Set<Integer> numbers(String output) {
        Set<Integer> numbers = new TreeSet<>();
        Matcher matcher = PRINTED.matcher(output);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        return numbers;
    }
}
