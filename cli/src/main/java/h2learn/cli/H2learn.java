package h2learn.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The one command; wires its subcommands, the exit codes and the handling of errors together. */
@Command(
        name = "h2learn",
        versionProvider = Version.class,
        description = {
            "Generates the Verilog of accelerators that train spiking neural networks, and proves it right against a"
                    + " bit-exact golden model.",
            "Results go to standard output, everything else to standard error."
        },
        subcommands = {
            DoctorCommand.class,
            ConfigCommand.class,
            NetworkCommand.class,
            GenerateCommand.class,
            ImageCommand.class,
            SelfTestCommand.class,
            TrainCommand.class,
            CosimCommand.class,
            RegressCommand.class,
            BenchCommand.class,
            MutateCommand.class,
            CoverageCommand.class,
            SynthCommand.class,
            ReportCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            InspectCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  h2learn doctor",
            "  h2learn generate --config base --out build/base",
            "  h2learn train --network fashion-mlp --engine fixed --samples 6000 --epochs 2",
            "  h2learn cosim --network tiny-mlp --config tiny --seeds 10",
            "",
            "Help on one command: h2learn COMMAND --help"
        })
public final class H2learn implements Runnable {
    private static final int HELP_WIDTH = 100;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print the version and exit.")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "On an error, print the stack trace too.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    H2learn() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.watch(Thread.currentThread());
        int code = run(out, err, arguments);
        interruption.over();
        System.exit(code);
    }

    /** Runs one command line and gives its exit code; never throws. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        H2learn command = new H2learn();
        CommandLine line = new CommandLine(command);
        ErrorReport report = new ErrorReport(() -> command.debug);
        line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report);
        describeAll(line);
        int code;
        try {
            code = line.execute(arguments);
        } catch (Throwable failure) {
            code = report.report(failure, line);
        }
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: doctor, config, network, generate, image, selftest, train, cosim, regress, bench,"
                        + " mutate, coverage, synth, report, import, export or inspect");
    }

    /** What every command's help and version have in common. */
    private static void describeAll(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
        for (Map.Entry<String, CommandLine> sub : line.getSubcommands().entrySet()) {
            describeAll(sub.getValue());
        }
    }
}
