package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.synth.SynthBaseline;
import h2learn.cosim.synth.SynthReport;
import h2learn.cosim.synth.SynthTarget;
import h2learn.cosim.synth.Synthesis;
import h2learn.emit.AcceleratorVerilog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an accelerator costs on a chip. */
@Command(
        name = "synth",
        description = {
            "Maps the Verilog with Yosys to the cells of an FPGA family or of a standard-cell library, and counts them: the"
                    + " whole, and each module.",
            "Prints a Markdown table. Exit code 1 when a memory has become registers, or a number differs from the"
                    + " baseline's by more than the tolerance."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn synth --config tiny --target ecp5",
            "  h2learn synth --config base --target osu018 --module ForwardEngine --out forward.json",
            "  h2learn synth --config tiny --target xc7 --baseline tiny-xc7.json"
        })
final class SynthCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "tiny",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            required = true,
            description = "ice40, ecp5, xc7 (Xilinx 7 series) or osu018 (standard cells of 0.18 um).")
    private SynthTarget target = SynthTarget.ECP5;

    @Option(
            names = "--module",
            paramLabel = "NAME",
            defaultValue = AcceleratorVerilog.TOP,
            description = "Map this module with all that it holds. Default: ${DEFAULT-VALUE}.")
    private String module = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Write all numbers as JSON.")
    private @Nullable Path file;

    @Option(names = "--baseline", paramLabel = "FILE", description = "What an earlier '--out' wrote, to compare with.")
    private @Nullable Path baseline;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "2",
            description = "How far a number may be from the baseline's. Default: ${DEFAULT-VALUE}.")
    private double tolerance;

    @Spec
    private CommandSpec spec;

    SynthCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!(tolerance >= 0 && tolerance <= 100)) {
            throw new InvalidInputException(List.of("--tolerance is " + tolerance + "; it is a percentage, 0 to 100"));
        }
        AcceleratorConfig config = new ConfigReader().read(configName);
        SynthBaseline earlier = baseline == null ? null : SynthBaseline.read(baseline);
        if (file != null) {
            OutputPlace.check(file);
        }
        SynthReport report = new Synthesis(Toolchain.standard()).run(config, target, module);
        PrintWriter out = spec.commandLine().getOut();
        out.print(report.markdown());
        if (file != null) {
            OutputPlace.write(file, report.json());
        }
        List<String> differences = earlier == null ? List.of() : earlier.differences(report, tolerance / 100);
        differences.forEach(line -> spec.commandLine().getErr().println(line));
        return differences.isEmpty() && report.dissolved().isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCE;
    }
}
