package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.exchange.checkpoint.Checkpoint;
import h2learn.exchange.checkpoint.CheckpointMapping;
import h2learn.exchange.checkpoint.CheckpointWeights;
import h2learn.exchange.graph.Discretisation;
import h2learn.exchange.graph.GraphExport;
import h2learn.exchange.nir.NirWriter;
import h2learn.model.exchange.WeightFile;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a trained network back to other frameworks. */
@Command(
        name = "export",
        description = {
            "Writes a network and its weights as a NIR file, or its weights as a framework's checkpoint.",
            "What is exported and imported again has the same bits."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn export trained.nir --network mine.yaml --weights weights.npz --dt 1e-4",
            "  h2learn export trained.safetensors --network mine.yaml --weights weights.npz --mapping map.yaml"
        })
final class ExportCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The .nir, .npz or .safetensors file to write.")
    private Path file = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            required = true,
            description = "A network that 'h2learn network list' names, or a YAML file.")
    private String networkName = "";

    @Option(
            names = "--weights",
            paramLabel = "FILE.npz",
            required = true,
            description = "Its weights (layerK.weight, layerK.bias), as 'h2learn train --save' writes them.")
    private Path weights = Path.of("");

    @Option(
            names = "--dt",
            paramLabel = "SECONDS",
            defaultValue = "1e-4",
            description =
                    "For NIR: length of a time step. Default: ${DEFAULT-VALUE}, as snnTorch and SpikingJelly take.")
    private double dt = 1e-4;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "euler",
            description = "For NIR: from the leak to tau, euler (1 - dt/tau) or exact (exp(-dt/tau)). Default:"
                    + " ${DEFAULT-VALUE}.")
    private Discretisation.Method method = Discretisation.Method.EULER;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "For checkpoints: the tensors' names (docs/08-exchange.md).")
    private @Nullable String mappingFile;

    @Spec
    private CommandSpec spec;

    ExportCommand() {}

    @Override
    public void run() {
        checkOptions();
        Network network = new NetworkReader().read(networkName);
        h2learn.model.Parameters parameters = WeightFile.read(weights, network);
        if (!Checkpoint.isOne(file)) {
            NirWriter.write(file, GraphExport.of(network, parameters, dt, method));
        } else if (mappingFile == null) {
            throw new InvalidInputException(
                    file + ": a checkpoint needs names for its tensors; give them with --mapping");
        } else {
            CheckpointWeights.write(file, CheckpointMapping.read(mappingFile), network, parameters);
        }
        spec.commandLine().getOut().println("written: " + file);
    }

    private void checkOptions() {
        boolean checkpoint = Checkpoint.isOne(file);
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean graph = name.endsWith(".nir") || name.endsWith(".h5") || name.endsWith(".hdf5");
        if (!checkpoint && !graph) {
            throw new InvalidInputException(file + ": its ending says no format; use .nir, .npz or .safetensors");
        }
        if (!checkpoint && mappingFile != null) {
            throw new InvalidInputException(
                    "--mapping: is for checkpoints; a NIR file names its nodes itself, leave it out");
        }
        OutputPlace.check(file);
    }
}
