package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.synth.ForwardArea;
import h2learn.cosim.synth.SynthTarget;
import h2learn.cosim.synth.Synthesis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What tables save. */
@Command(
        name = "area",
        description = {
            "Maps the forward engine with Yosys, with tables of G = 2 to 8 inputs and with adders that do as many synapses a"
                    + " cycle, and counts LUTs, or the area of standard cells.",
            "Writes a Markdown table for each target. Takes minutes a target."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn bench area --config base --target ecp5,xc7,osu018 --out docs/measured/forward-area.md"
        })
final class BenchAreaCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator. Default: ${DEFAULT-VALUE}.")
    private String configName = "";

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            split = ",",
            defaultValue = "ecp5,xc7",
            description = "ice40, ecp5, xc7 or osu018, several with commas. Default: ${DEFAULT-VALUE}.")
    private List<SynthTarget> targets = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the tables there. Default: to standard output.")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec;

    BenchAreaCommand() {}

    @Override
    public Integer call() throws IOException {
        AcceleratorConfig config = new ConfigReader().read(configName);
        if (file != null) {
            OutputPlace.check(file);
        }
        ForwardArea area =
                ForwardArea.measure(config, targets, new Synthesis(Toolchain.standard()), started -> spec.commandLine()
                        .getErr()
                        .println(started));
        MeasuredText.write(area.markdown(), file, spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
