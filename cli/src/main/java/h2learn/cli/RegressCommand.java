package h2learn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Cases of the regression. */
@Command(
        name = "regress",
        description = "Runs cases of the regression: an accelerator, a network and how it is trained, in lock-step.",
        subcommands = {RegressReplayCommand.class, RegressMinimiseCommand.class},
        footer = {"", "Examples:", "  h2learn regress replay case.yaml", "  h2learn regress minimise case.yaml"})
final class RegressCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    RegressCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: replay or minimise");
    }
}
