package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.cosim.train.Through;
import h2learn.host.driver.SelfTest;
import h2learn.host.driver.SelfTest.Result;
import h2learn.host.image.ImageReader;
import h2learn.host.image.NetworkImage;
import h2learn.model.Parameters;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out whether an accelerator and its board are sound. */
@Command(
        name = "selftest",
        description = {
            "Tests an accelerator on its board: identity, registers, every bit of its memory, and a training whose every"
                    + " result is known. Says what is wrong in words; exit code 1 when something is.",
            "What the memory holds is lost."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn selftest --config tiny",
            "  h2learn selftest --config base --transport mmap:/dev/uio0 --memory 0x10000000:/dev/udmabuf0",
            "  h2learn selftest --config base --image fashion-mlp.h2image --transport mmap:0x43C00000"
                    + " --memory 0x10000000"
        })
final class SelfTestCommand implements Callable<Integer> {
    private static final int SAMPLES = 4;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator that must be there. Default: ${DEFAULT-VALUE}.")
    private String configName = "base";

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "The image whose steps are run. Default: one step of 4 samples of --network.")
    private @Nullable Path imageFile;

    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            defaultValue = "tiny-mlp",
            description = "Without --image: what is trained. Default: ${DEFAULT-VALUE}.")
    private String networkName = "tiny-mlp";

    @Mixin
    private TransportOption transport = new TransportOption();

    @Mixin
    private DataOptions data = new DataOptions();

    @Spec
    private CommandSpec spec;

    SelfTestCommand() {}

    @Override
    public Integer call() {
        AcceleratorConfig config = new ConfigReader().read(configName);
        NetworkImage image = imageFile == null ? make(config) : ImageReader.read(imageFile);
        List<Result> results =
                transport.open(config, image.memoryBytes(), board -> new SelfTest(board, config, image).run());
        PrintWriter out = spec.commandLine().getOut();
        out.println("config: " + config.name() + ", hash " + ConfigHash.of(config));
        for (Result result : results) {
            String outcome = result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.println(result.test() + ": " + outcome + ": " + result.detail());
        }
        boolean passed = SelfTest.passed(results);
        out.println(passed ? "PASS" : "FAIL");
        return passed ? ExitCode.OK : ExitCode.DIFFERENCE;
    }

    private NetworkImage make(AcceleratorConfig config) {
        Network network = new NetworkReader().read(networkName);
        PrintWriter err = spec.commandLine().getErr();
        Fit.warnings(network, config, Through.MEMORY).forEach(warning -> err.println("warning: " + warning));
        Parameters initial = Parameters.initial(network, data.seed());
        return TrainingImage.make(network, config, initial, data.open(network), data.seed(), 1, SAMPLES, done -> {});
    }
}
