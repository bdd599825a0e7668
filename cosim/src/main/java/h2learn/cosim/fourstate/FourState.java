package h2learn.cosim.fourstate;

import h2learn.cosim.build.TemporaryFolder;
import h2learn.cosim.build.Toolchain;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Replays a record of Verilator in Icarus Verilog, where a register that nobody set is X. */
public final class FourState {
    private final Toolchain tools;

    public FourState(Toolchain tools) {
        this.tools = tools;
    }

    /** How the memories begin. */
    public enum Memories {
        /** As Verilator's without a seed. */
        ZERO,
        /** As registers. */
        UNKNOWN
    }

    /**
     * What was seen.
     *
     * @param cycles replayed
     * @param differences outputs and cycles in which they were X, Z or another value
     * @param first of them: cycle, output, value, expected value
     */
    public record Result(int cycles, int differences, List<String> first) {}

    /**
     * Replays a record.
     *
     * @param verilog texts by file name
     * @param top name of the module whose ports were recorded, with clock {@code clk} and active-high {@code reset}
     * @throws h2learn.cosim.build.ToolMissingException when there is no Icarus Verilog
     * @throws IllegalStateException when it refuses the design
     */
    public Result replay(Map<String, String> verilog, String top, PortRecord record, Memories memories) {
        SortedMap<String, String> design =
                memories == Memories.ZERO ? Testbench.withClearedMemories(verilog) : new TreeMap<>(verilog);
        try (TemporaryFolder temporary = new TemporaryFolder("h2learn-fourstate")) {
            Path folder = temporary.path();
            List<String> compile =
                    new ArrayList<>(List.of("iverilog", "-g2012", "-s", Testbench.NAME, "-o", "replay.vvp"));
            for (Map.Entry<String, String> file : design.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
                compile.add(file.getKey());
            }
            String bench = Testbench.NAME + ".v";
            Files.writeString(folder.resolve(bench), Testbench.of(top, record, "clk", "reset"));
            Files.writeString(folder.resolve(Testbench.INPUTS), Testbench.vectors(record, true));
            Files.writeString(folder.resolve(Testbench.OUTPUTS), Testbench.vectors(record, false));
            compile.add(bench);
            run(folder, compile);
            return result(run(folder, List.of("vvp", "-n", "replay.vvp")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result result(String output) {
        List<String> first = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (line.startsWith(Testbench.DIFFERENCE)) {
                String[] words = line.split(" ");
                first.add("cycle " + words[1] + ": " + words[2] + " is " + words[3] + ", not " + words[4]);
            } else if (line.startsWith(Testbench.DONE)) {
                String[] words = line.split(" ");
                return new Result(Integer.parseInt(words[1]), Integer.parseInt(words[2]), List.copyOf(first));
            }
        }
        throw new IllegalStateException("Icarus Verilog did not come to the end: " + output);
    }

    private String run(Path folder, List<String> command) throws IOException {
        List<String> full = new ArrayList<>(command);
        full.set(0, tools.require(command.get(0)).toString());
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(full)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int code = process.waitFor();
            String output = Files.readString(log, StandardCharsets.ISO_8859_1);
            if (code != 0) {
                throw new IllegalStateException(command.get(0) + " ended with exit code " + code + ": "
                        + output.lines().limit(3).toList());
            }
            return output;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        }
    }
}
