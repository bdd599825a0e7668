package h2learn.cosim.failure;

import h2learn.config.ConfigWriter;
import h2learn.contract.ErrorCode;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.build.Trace;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseProbe;
import h2learn.cosim.cases.CaseResult;
import h2learn.cosim.cases.CaseResult.Failed;
import h2learn.cosim.cases.CaseResult.Kind;
import h2learn.cosim.cases.CaseRun;
import h2learn.cosim.cases.CaseSamples;
import h2learn.cosim.lockstep.LockStepException;
import h2learn.cosim.lockstep.LockStepListener;
import h2learn.cosim.lockstep.ProgramMismatchException;
import h2learn.cosim.lockstep.TensorDifference;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.emit.ToolVersions;
import h2learn.network.NetworkWriter;
import h2learn.tensor.ElementType;
import h2learn.tensor.Npy;
import h2learn.tensor.NpyArray;
import h2learn.tensor.WholeFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a case, and keeps everything about a failure in a folder: the case's file and the command that runs it again,
 * config and network apart, inputs, commands, the tensor that differs from both sides, both sides' words as texts, the
 * versions of the tools, and waves of the cycles before the failure.
 */
public final class FailureFolder {
    /** Cycles before a failure that a designer looks through, and that any viewer opens at once. */
    public static final int WAVE_CYCLES = 2000;

    private static final String WAVES = "waves.fst";
    private static final int CYCLES_AFTER = 50;

    private FailureFolder() {}

    /**
     * Runs the case; when it fails, runs it a second time and writes the folder, whole or not at all.
     *
     * @param folder new, empty, or written by an earlier run
     * @param waveCycles how many cycles before the failure to write waves of, which needs another build of the model; 0 for
     *     none
     * @return of the first run
     * @throws h2learn.config.InvalidInputException as {@link CaseRun#run(Case, Path)} does, and when the folder cannot be
     *     written
     */
    public static CaseResult run(Case run, Path folder, int waveCycles) {
        Failure first = new Failure();
        CaseResult result = CaseRun.run(run, first, repeat());
        if (result instanceof Failed failed) {
            WholeFolder.write(folder, CaseRun.FILE, partial -> write(partial, run, failed, first, waveCycles));
        }
        return result;
    }

    private static String repeat() {
        return "h2learn regress replay " + CaseRun.FILE;
    }

    /** Remembers how a run failed. */
    private static final class Failure implements CaseProbe {
        private long cycle;
        private @Nullable TensorDifference difference;

        @Override
        public void failed(Model model, RuntimeException failure) {
            cycle = model.cycle();
            if (failure instanceof LockStepException differs) {
                difference = differs.difference().orElse(null);
                cycle = differs.ended();
            } else if (failure instanceof ProgramMismatchException differs) {
                difference = differs.difference().orElse(null);
                cycle = differs.ended();
            }
        }
    }

    /** The second run: both sides' words, the commands, and waves. */
    private static final class Closely implements CaseProbe {
        private final TextTrace text;
        private final @Nullable Path waves;
        private final long from;
        private final long to;

        Closely(TextTrace text, @Nullable Path waves, long from, long to) {
            this.text = text;
            this.waves = waves;
            this.from = from;
            this.to = to;
        }

        @Override
        public Trace trace() {
            return waves == null ? Trace.NONE : Trace.FST;
        }

        @Override
        public LockStepListener listener() {
            return text;
        }

        @Override
        public void opened(Model model) {
            if (waves != null) {
                model.trace(waves, from, to);
            }
        }
    }

    private static void write(Path folder, Case run, Failed failed, Failure failure, int waveCycles)
            throws IOException {
        CaseFile.write(folder.resolve(CaseRun.FILE), run);
        Files.writeString(folder.resolve("config.yaml"), ConfigWriter.toYaml(run.config()));
        Files.writeString(folder.resolve("network.yaml"), NetworkWriter.toYaml(run.network()));
        Files.writeString(folder.resolve("versions.txt"), versions(), StandardCharsets.UTF_8);
        inputs(folder, run);
        MismatchFile.write(folder, failed, Optional.ofNullable(failure.difference));
        if (failure.difference != null) {
            FailureView.draw(folder, folder.resolve("heatmap.svg"));
        }
        Path script = folder.resolve("replay.sh");
        Files.writeString(script, replay());
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        if (failed.kind() != Kind.BUILD) {
            again(folder, run, failed, failure, waveCycles);
        }
    }

    private static void again(Path folder, Case run, Failed failed, Failure failure, int waveCycles)
            throws IOException {
        long at = failure.cycle - silence(failed);
        Path waves = waveCycles > 0 ? folder.resolve(WAVES) : null;
        CaseResult second;
        try (TextTrace text = new TextTrace(folder)) {
            Closely probe = new Closely(text, waves, Math.max(0, at - waveCycles), at + CYCLES_AFTER);
            second = CaseRun.run(run, probe, repeat());
        }
        if (!second.equals(failed)) {
            Files.writeString(
                    folder.resolve("second-run.txt"),
                    "The second run ended otherwise, which no run of a case may:\n" + second + "\n",
                    StandardCharsets.UTF_8);
        }
    }

    /** How long nothing moved before the failure was noticed. */
    private static long silence(Failed failed) {
        boolean hung = failed.message().contains(ErrorCode.WATCHDOG.meaning());
        return hung ? CaseRun.WATCHDOG_CYCLES : 0;
    }

    /** As [update][sample][value], and the classes as [update][sample]. */
    private static void inputs(Path folder, Case run) {
        List<Sample> all = new ArrayList<>();
        for (int update = 0; update < run.updates(); update++) {
            all.addAll(CaseSamples.minibatch(run.network(), run.seed(), update, run.samples()));
        }
        long[] values = all.stream()
                .flatMapToLong(sample -> Arrays.stream(sample.values()).asLongStream())
                .toArray();
        long[] labels = all.stream().mapToLong(Sample::label).toArray();
        int width = all.get(0).values().length;
        Npy.write(
                folder.resolve("inputs.npy"),
                NpyArray.integers(ElementType.INT32, values, run.updates(), run.samples(), width));
        Npy.write(
                folder.resolve("labels.npy"),
                NpyArray.integers(ElementType.INT32, labels, run.updates(), run.samples()));
    }

    private static String versions() {
        Toolchain tools = Toolchain.standard();
        return "h2learn " + ToolVersions.current().h2learn() + "\njava "
                + System.getProperty("java.version") + "\n" + tools.versionLine("verilator") + "\n"
                + tools.versionLine("g++") + "\n";
    }

    private static String replay() {
        return "#!/bin/sh\n"
                + "# Runs the case of this folder again: exit code 1 while it fails, 0 when it passes.\n"
                + "cd \"$(dirname \"$0\")\" || exit 2\n"
                + "exec \"${H2LEARN:-h2learn}\" regress replay " + CaseRun.FILE + " \"$@\"\n";
    }
}
