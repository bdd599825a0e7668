package h2learn.cosim.mutate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change of the Verilog: a bit of a port of a cell is inverted, stuck, or mixed with another bit of that port.
 *
 * @param number from 1: the value of the port {@link MutantDesign#SELECT} that turns it on
 * @param part of the accelerator
 * @param mode inv, const0, const1, cnot0 or cnot1 (inverted while the other bit is 0 or 1)
 * @param module of the Verilog
 * @param cell as Yosys names it: its kind, and the line that it comes from
 * @param port of the cell
 * @param bit of the port
 * @param otherBit of the port, or -1
 * @param wire that the bit belongs to, with its bit, or empty
 * @param sources places in the Verilog: FILE:LINE.COLUMN-LINE.COLUMN
 */
public record Mutant(
        int number,
        Part part,
        String mode,
        String module,
        String cell,
        String port,
        int bit,
        int otherBit,
        String wire,
        List<String> sources) {
    private static final Pattern OPTION = Pattern.compile(" -(\\w+) (\\S+)");
    /** Ports at which a mutant is no circuit any more: Yosys cannot write it as Verilog. */
    private static final Pattern MEMORY_READ_ENABLE = Pattern.compile("EN|CLK|ARST|SRST");

    /** Reads a line that Yosys' {@code mutate -list} writes. */
    static Mutant of(int number, Part part, String line) {
        String mode = "";
        String module = "";
        String cell = "";
        String port = "";
        int bit = -1;
        int otherBit = -1;
        String wire = "";
        String wireBit = "";
        List<String> sources = new ArrayList<>();
        Matcher options = OPTION.matcher(line);
        while (options.find()) {
            String value = options.group(2);
            switch (options.group(1)) {
                case "mode" -> mode = value;
                case "module" -> module = value;
                case "cell" -> cell = value;
                case "port" -> port = value;
                case "portbit" -> bit = Integer.parseInt(value);
                case "ctrlbit" -> otherBit = Integer.parseInt(value);
                case "wire" -> wire = value;
                case "wirebit" -> wireBit = value;
                case "src" -> sources.add(value);
                default -> throw new IllegalArgumentException("not a mutant of Yosys: " + line);
            }
        }
        if (mode.isEmpty() || module.isEmpty() || cell.isEmpty() || port.isEmpty()) {
            throw new IllegalArgumentException("not a mutant of Yosys: " + line);
        }
        String named = wire.isEmpty() ? "" : wire + "[" + wireBit + "]";
        return new Mutant(number, part, mode, module, cell, port, bit, otherBit, named, List.copyOf(sources));
    }

    /** Whether it changes a clock, or what Yosys cannot write as Verilog: no fault of a synchronous circuit. */
    boolean isClocking() {
        return port.equals("CLK")
                || port.equals("clk")
                || cell.startsWith("$memrd") && MEMORY_READ_ENABLE.matcher(port).matches();
    }

    /** The changed bit: the wire's, or the port's where it has no wire of a name. */
    int wireBit() {
        int open = wire.lastIndexOf('[');
        return open < 0 ? bit : Integer.parseInt(wire.substring(open + 1, wire.length() - 1));
    }

    /** Where the cell's statement stands, FILE:LINE, or the module's name. */
    public String place() {
        return sources.isEmpty() ? module : sources.get(sources.size() - 1).replaceAll("\\..*-.*|\\.\\d.*$", "");
    }

    /** One line that tells what is changed where. */
    public String describe() {
        StringBuilder text = new StringBuilder(module).append(": ").append(mode);
        text.append(" of ").append(port).append('[').append(bit).append(']');
        if (otherBit >= 0) {
            text.append(" by [").append(otherBit).append(']');
        }
        text.append(" of ").append(cell);
        if (!wire.isEmpty()) {
            text.append(", ").append(wire);
        }
        if (!sources.isEmpty()) {
            text.append(", ").append(sources.get(sources.size() - 1));
        }
        return text.toString();
    }
}
