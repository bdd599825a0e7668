package h2learn.cli;

import h2learn.cosim.failure.FailureView;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where both sides differ. */
@Command(
        name = "show",
        description =
                "Shows the folder of a failure: what went wrong, and which samples, steps and channels (or words and"
                        + " lanes) differ.",
        footer = {
            "",
            "Examples:",
            "  h2learn cosim show build/failure",
            "  h2learn cosim show build/failure --svg difference.svg"
        })
final class CosimShowCommand implements Runnable {
    @Parameters(paramLabel = "DIR", description = "A folder that 'h2learn regress replay --folder' wrote.")
    private Path folder = Path.of("");

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the difference as a picture too.")
    private @Nullable Path picture;

    @Spec
    private CommandSpec spec;

    CosimShowCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        FailureView.lines(folder).forEach(out::println);
        if (picture != null) {
            FailureView.draw(folder, picture);
        }
    }
}
