package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.hdl.Circuit;
import h2learn.hdl.Verilog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs a circuit in Icarus Verilog against a table: each row gives the inputs of one clock cycle and the outputs that are
 * expected before its clock edge. The first row follows two cycles of reset.
 */
public final class Simulation {
    private static final Pattern PORT =
            Pattern.compile("^\\s*(input|output) +(?:wire|reg) +(?:\\[(\\d+):0] +)?(\\w+),?$", Pattern.MULTILINE);

    private record Port(String name, int width) {}

    private final Map<String, String> files;
    private final String top;
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private boolean clocked;

    /** A top module that is named after its class. */
    public Simulation(Class<? extends Circuit> top, Supplier<? extends Circuit> circuit) {
        this(top.getSimpleName(), circuit);
    }

    public Simulation(String top, Supplier<? extends Circuit> circuit) {
        this.files = Verilog.inMemory().generate(circuit);
        this.top = top;
        String text = files.get(this.top + ".v");
        Matcher ports = PORT.matcher(text.substring(0, text.indexOf(");")));
        while (ports.find()) {
            Port port = new Port(ports.group(3), ports.group(2) == null ? 1 : Integer.parseInt(ports.group(2)) + 1);
            if (port.name.equals("clk")) {
                clocked = true;
            } else if (!port.name.equals("reset")) {
                (ports.group(1).equals("input") ? inputs : outputs).add(port);
            }
        }
    }

    /** Numbers may be negative; truth values count as 0 and 1. All inputs must be given; outputs left out are not checked. */
    public Simulation row(Map<String, ?> in, Map<String, ?> out) {
        assertEquals(inputs.stream().map(Port::name).collect(Collectors.toSet()), in.keySet());
        assertTrue(outputs.stream().map(Port::name).toList().containsAll(out.keySet()), () -> "unknown port: " + out);
        BigInteger word = BigInteger.ZERO;
        for (Port port : inputs) {
            word = append(word, port, in.get(port.name));
        }
        for (Port port : outputs) {
            word = append(word, port, out.containsKey(port.name) ? out.get(port.name) : 0);
        }
        for (Port port : outputs) {
            word = append(word, port, out.containsKey(port.name) ? -1 : 0);
        }
        rows.add(word.toString(16));
        return this;
    }

    private static BigInteger append(BigInteger word, Port port, Object value) {
        BigInteger number = value instanceof Boolean truth
                ? BigInteger.valueOf(truth ? 1 : 0)
                : value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
        BigInteger mask = BigInteger.ONE.shiftLeft(port.width).subtract(BigInteger.ONE);
        return word.shiftLeft(port.width).or(number.and(mask));
    }

    public void run() {
        assertTrue(!rows.isEmpty(), "no rows");
        try {
            Path directory = Files.createTempDirectory("h2learn-simulation");
            try {
                simulate(directory);
            } finally {
                try (var entries = Files.list(directory)) {
                    for (Path entry : entries.toList()) {
                        Files.delete(entry);
                    }
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void simulate(Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of("iverilog", "-g2005", "-o", "sim", "-s", "bench", "bench.v"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
            command.add(file.getKey());
        }
        Files.writeString(directory.resolve("bench.v"), bench());
        Files.write(directory.resolve("rows.hex"), rows);
        Tools.Result compiled = Tools.run(directory, command);
        assertEquals(0, compiled.status(), compiled.output());
        Tools.Result run = Tools.run(directory, List.of("vvp", "-n", "sim"));
        assertTrue(run.output().contains("rows=" + rows.size() + " bad=0\n"), run.output());
    }

    private String bench() {
        int in = Math.max(1, width(inputs));
        int out = width(outputs);
        Map<String, String> names = new LinkedHashMap<>();
        names.putAll(connections("in", inputs));
        names.putAll(connections("out", outputs));
        if (clocked) {
            names.put("clk", "clk");
            names.put("reset", "reset");
        }
        String connections = names.entrySet().stream()
                .map(port -> "." + port.getKey() + "(" + port.getValue() + ")")
                .collect(Collectors.joining(",\n    "));
        String checks = connections("out", outputs).entrySet().stream()
                .map(port -> {
                    String actual = port.getValue();
                    String wanted = actual.replace("out", "wanted");
                    String mask = actual.replace("out", "mask");
                    return "      if (" + mask + " != 0 && " + actual + " !== " + wanted
                            + ") begin bad = bad + 1; if (bad < 20) "
                            + "$display(\"row %0d in %h: " + port.getKey() + " is %h, wanted %h\", i, in, " + actual
                            + ", "
                            + wanted + "); end\n";
                })
                .collect(Collectors.joining());
        return """
                module bench;
                  reg clk, reset;
                  reg [IN-1:0] in;
                  wire [OUT-1:0] out;
                  reg [OUT-1:0] wanted, mask;
                  reg [ROW-1:0] rows [0:COUNT-1];
                  reg [ROW-1:0] row;
                  integer i, bad;
                  TOP dut (
                    PORTS);
                  initial begin
                    $readmemh("rows.hex", rows);
                    clk = 0; reset = 1; bad = 0; in = 0;
                    repeat (2) begin #5 clk = 1; #5 clk = 0; end
                    reset = 0;
                    for (i = 0; i < COUNT; i = i + 1) begin
                      row = rows[i];
                      {in, wanted, mask} = row;
                      #4;
                CHECKS
                      #1 clk = 1; #5 clk = 0;
                    end
                    $display("rows=%0d bad=%0d", i, bad);
                    $finish;
                  end
                endmodule
                """
                .replace("ROW", Integer.toString(width(inputs) + 2 * out + (inputs.isEmpty() ? 1 : 0)))
                .replace("COUNT", Integer.toString(rows.size()))
                .replace("IN-1", Integer.toString(in - 1))
                .replace("OUT-1", Integer.toString(out - 1))
                .replace("TOP", top)
                .replace("PORTS", connections)
                .replace("CHECKS", checks);
    }

    private static int width(List<Port> ports) {
        return ports.stream().mapToInt(Port::width).sum();
    }

    /** Each port's slice of the vector, the first port in the highest bits. */
    private static Map<String, String> connections(String vector, List<Port> ports) {
        Map<String, String> result = new LinkedHashMap<>();
        int high = width(ports) - 1;
        for (Port port : ports) {
            result.put(port.name, vector + "[" + high + ":" + (high - port.width + 1) + "]");
            high -= port.width;
        }
        return result;
    }
}
