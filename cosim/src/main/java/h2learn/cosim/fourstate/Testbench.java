package h2learn.cosim.fourstate;

import h2learn.cosim.fourstate.PortRecord.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Verilog that replays a record: drives the inputs and, when the reset is not active, compares each output at each
 * rising edge, X and Z being different from everything. What AXI calls payload is compared while its valid is 1, bytes of
 * write data where they are strobed.
 */
final class Testbench {
    static final String NAME = "h2_testbench";
    static final String INPUTS = "h2_inputs.hex";
    static final String OUTPUTS = "h2_outputs.hex";
    static final String DIFFERENCE = "h2_difference";
    static final String DONE = "h2_done";
    private static final int MOST_DIFFERENCES = 20;
    private static final Pattern PAYLOAD = Pattern.compile("(\\w+_axi_(?:aw|ar|w|b|r))(?!valid|ready)\\w+");
    private static final Pattern MEMORY =
            Pattern.compile("(?m)^.*\\breg +(?:\\[\\d+:\\d+\\] +)?(\\w+) +\\[0:(\\d+)\\];$");

    private Testbench() {}

    /** @param reset the active-high reset's name */
    static String of(String top, PortRecord record, String clock, String reset) {
        List<Signal> inputs = new ArrayList<>();
        List<Signal> outputs = new ArrayList<>();
        record.signals().forEach(signal -> (signal.input() ? inputs : outputs).add(signal));
        StringBuilder text = new StringBuilder("`timescale 1ns/1ns\nmodule " + NAME + ";\n");
        int cycles = record.cycles();
        text.append(row("h2_given", width(inputs), cycles)).append(row("h2_expected", width(outputs), cycles));
        text.append("  reg [").append(width(inputs) - 1).append(":0] h2_now;\n");
        text.append("  reg [").append(width(outputs) - 1).append(":0] h2_then;\n");
        text.append("  reg h2_clock = 0;\n  integer h2_cycle, h2_bad;\n");
        outputs.forEach(signal -> text.append("  wire [")
                .append(signal.width() - 1)
                .append(":0] ")
                .append(signal.name())
                .append(";\n"));
        text.append("  ").append(top).append(" dut (\n");
        List<String> pins = new ArrayList<>();
        int low = 0;
        String resetBit = "";
        for (Signal signal : inputs) {
            String bits = "h2_now[" + (low + signal.width() - 1) + ":" + low + "]";
            pins.add("    ." + signal.name() + "(" + (signal.name().equals(clock) ? "h2_clock" : bits) + ")");
            resetBit = signal.name().equals(reset) ? bits : resetBit;
            low += signal.width();
        }
        outputs.forEach(signal -> pins.add("    ." + signal.name() + "(" + signal.name() + ")"));
        text.append(String.join(",\n", pins)).append("\n  );\n  initial begin\n");
        text.append("    $readmemh(\"" + INPUTS + "\", h2_given);\n    $readmemh(\"" + OUTPUTS + "\", h2_expected);\n");
        text.append("    h2_bad = 0;\n    for (h2_cycle = 0; h2_cycle < ").append(cycles);
        text.append("; h2_cycle = h2_cycle + 1) begin\n      h2_now = h2_given[h2_cycle];\n");
        text.append("      h2_then = h2_expected[h2_cycle];\n      h2_clock = 0;\n      #5;\n");
        text.append("      if (").append(resetBit).append(" === 1'b0) begin\n");
        low = 0;
        for (Signal signal : outputs) {
            compare(text, signal, low, outputs);
            low += signal.width();
        }
        text.append("      end\n      h2_clock = 1;\n      #5;\n    end\n    $display(\"" + DONE);
        return text.append(" %0d %0d\", h2_cycle, h2_bad);\n    $finish;\n  end\nendmodule\n")
                .toString();
    }

    private static void compare(StringBuilder text, Signal signal, int low, List<Signal> outputs) {
        String expected = "h2_then[" + (low + signal.width() - 1) + ":" + low + "]";
        text.append("        if (((")
                .append(signal.name())
                .append(" ^ ")
                .append(expected)
                .append(") & ");
        text.append(mask(signal, outputs)).append(") !== 0) begin\n          h2_bad = h2_bad + 1;\n");
        text.append("          if (h2_bad <= " + MOST_DIFFERENCES + ") $display(\"" + DIFFERENCE);
        text.append(" %0d ")
                .append(signal.name())
                .append(" %h %h\", h2_cycle, ")
                .append(signal.name());
        text.append(", ").append(expected).append(");\n        end\n");
    }

    /** The bits that matter. */
    private static String mask(Signal signal, List<Signal> outputs) {
        String all = "{" + signal.width() + "{1'b1}}";
        Matcher payload = PAYLOAD.matcher(signal.name());
        if (!payload.matches()) {
            return all;
        }
        String channel = payload.group(1);
        if (outputs.stream().noneMatch(other -> other.name().equals(channel + "valid"))) {
            return all;
        }
        String valid = "{" + signal.width() + "{" + channel + "valid[0]}}";
        return signal.name().endsWith("_wdata") ? "(" + valid + " & " + strobed(signal) + ")" : valid;
    }

    private static String strobed(Signal data) {
        String strobes = data.name().replaceFirst("data$", "strb");
        List<String> bytes = new ArrayList<>();
        for (int lane = data.width() / 8 - 1; lane >= 0; lane--) {
            bytes.add("{8{" + strobes + "[" + lane + "]}}");
        }
        return "{" + String.join(", ", bytes) + "}";
    }

    private static String row(String name, int width, int cycles) {
        return "  reg [" + (width - 1) + ":0] " + name + " [0:" + (cycles - 1) + "];\n";
    }

    private static int width(List<Signal> signals) {
        return signals.stream().mapToInt(Signal::width).sum();
    }

    /** One line a cycle, in hexadecimal. */
    static String vectors(PortRecord record, boolean inputs) {
        StringBuilder text = new StringBuilder();
        for (int cycle = 0; cycle < record.cycles(); cycle++) {
            text.append(record.row(cycle, inputs).toString(16)).append('\n');
        }
        return text.toString();
    }

    /** The design with all memories at 0 when it begins; registers are left at X. */
    static SortedMap<String, String> withClearedMemories(Map<String, String> verilog) {
        SortedMap<String, String> cleared = new TreeMap<>();
        verilog.forEach((file, text) -> cleared.put(file, cleared(text)));
        return cleared;
    }

    private static String cleared(String text) {
        StringBuilder loops = new StringBuilder();
        Matcher memory = MEMORY.matcher(text);
        while (memory.find()) {
            loops.append("    for (h2_word = 0; h2_word <= ")
                    .append(memory.group(2))
                    .append("; h2_word = h2_word + 1) ");
            loops.append(memory.group(1)).append("[h2_word] = 0;\n");
        }
        return loops.length() == 0
                ? text
                : text.replaceFirst(
                        "(?m)^endmodule",
                        Matcher.quoteReplacement("  integer h2_word;\n  initial begin\n" + loops + "  end\nendmodule"));
    }
}
