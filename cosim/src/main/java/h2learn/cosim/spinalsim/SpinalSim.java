package h2learn.cosim.spinalsim;

import h2learn.cosim.build.TemporaryFolder;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.worker.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeoutException;

/** A design in SpinalHDL's own simulation, with stimuli that were recorded here; where that cannot run, why. */
public final class SpinalSim implements AutoCloseable {
    private static final String CLOCK = "clk";
    private static final String RESET = "reset";
    private static final String HEAP = "1500m";
    private static final Duration BUILD = Duration.ofMinutes(30);
    private static final Duration ROUND = Duration.ofMinutes(10);

    private final TemporaryFolder folder;
    private final WorkerProcess process;
    private String reason = "";

    private SpinalSim(TemporaryFolder folder, WorkerProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Builds, which takes about as long as a build of the model does, and runs once, comparing all one-bit outputs that end in
     * {@code valid} or {@code ready} in each cycle outside of a reset. Clock and active-high reset are {@code clk} and {@code reset}.
     *
     * @param recorded a model that {@link Model#record} was called for
     * @param top its top module
     * @param verilog texts by file name
     * @param cycles how many of those recorded to run, at least 1
     */
    public static SpinalSim of(Model recorded, String top, Map<String, String> verilog, long cycles) {
        try {
            TemporaryFolder temporary = new TemporaryFolder("h2learn-spinalsim");
            Path folder = temporary.path();
            Path rtl = Files.createDirectory(folder.resolve("rtl"));
            for (Map.Entry<String, String> file : verilog.entrySet()) {
                Files.writeString(rtl.resolve(file.getKey()), file.getValue());
            }
            Stimuli.write(recorded, cycles, folder);
            List<String> command = new ArrayList<>();
            if (Toolchain.standard().find("ccache").isPresent()) {
                // the makefile that Verilator writes asks for it; most of what is compiled is always the same
                command.addAll(List.of("env", "OBJCACHE=ccache"));
            }
            command.addAll(WorkerProcess.java(SpinalSimWorker.class, HEAP));
            command.addAll(List.of(folder.toString(), top, CLOCK, RESET));
            SpinalSim simulation = new SpinalSim(
                    temporary, WorkerProcess.start(command, line -> line.startsWith(SpinalSimWorker.ANSWER)));
            simulation.begin();
            return simulation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin() {
        answer(BUILD).flatMap(built -> ask("check")).ifPresent(answer -> {
            if (differences(answer) > 0) {
                reason = "its handshakes differ from those recorded, " + differences(answer) + " times";
            }
        });
    }

    /** Empty as long as it runs; else why it does not, in one line. */
    public String reason() {
        return reason;
    }

    /** Seconds for all cycles, from power-up in a new instance; empty when it does not run. */
    public OptionalDouble round() {
        return ask("run").map(SpinalSim::seconds).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static double seconds(String answer) {
        return Long.parseLong(answer.split(" ")[0]) / 1e9;
    }

    private static long differences(String answer) {
        return Long.parseLong(answer.split(" ")[1]);
    }

    private Optional<String> ask(String what) {
        if (!reason.isEmpty()) {
            return Optional.empty();
        }
        process.tell(what);
        return answer(ROUND);
    }

    private Optional<String> answer(Duration limit) {
        try {
            Optional<String> answer =
                    process.answer(limit).map(line -> line.substring(SpinalSimWorker.ANSWER.length()));
            if (answer.isEmpty()) {
                reason = why(process.end());
            }
            return answer;
        } catch (TimeoutException slow) {
            reason = "it took more than " + limit.toSeconds() + " s";
            return Optional.empty();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while SpinalSim ran", e);
        }
    }

    /** How it ended, and the first of its last lines that looks like an error. */
    static String why(String end) {
        List<String> lines = end.lines().map(String::strip).toList();
        return "its process " + lines.get(0)
                + lines.stream()
                        .skip(1)
                        .filter(line -> line.matches(".*(Error|error|Exception).*") && !line.startsWith("at "))
                        .findFirst()
                        .map(line -> ": " + line)
                        .orElse("");
    }

    /** Ends its process and removes its files. */
    @Override
    public void close() {
        process.close();
        try {
            folder.close();
        } catch (IOException | UncheckedIOException stillWritten) {
            // in the folder for temporary files, which the system clears
            return;
        }
    }
}
