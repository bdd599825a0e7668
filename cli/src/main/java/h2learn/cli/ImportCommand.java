package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.data.Sample;
import h2learn.exchange.checkpoint.Checkpoint;
import h2learn.exchange.checkpoint.CheckpointMapping;
import h2learn.exchange.checkpoint.CheckpointWeights;
import h2learn.exchange.graph.Discretisation;
import h2learn.exchange.graph.GraphImport;
import h2learn.exchange.graph.ImportOptions;
import h2learn.exchange.graph.RandomSamples;
import h2learn.exchange.graph.RoundingTable;
import h2learn.exchange.graph.RoundingWarnings;
import h2learn.exchange.nir.NirReader;
import h2learn.model.exchange.WeightFile;
import h2learn.network.Network;
import h2learn.network.Network.Reset;
import h2learn.network.NetworkReader;
import h2learn.network.NetworkWriter;
import h2learn.tensor.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a network or its weights from another framework. */
@Command(
        name = "import",
        description = {
            "Takes a network and its weights from a NIR file, or the weights of a network from a framework's"
                    + " checkpoint, and prints what rounding them to an accelerator's formats changes.",
            "NIR stores neither the time step nor what a spike does to the potential: --dt and --reset say it. Weights"
                    + " are written as layerK.weight and layerK.bias, for 'h2learn train --weights'."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn import trained.nir --dt 1e-4 --reset hard --steps 8 --name mine --out build",
            "  h2learn import checkpoint.safetensors --network mine.yaml --mapping mapping.yaml --out build",
            "  h2learn import nmnist.nir --dt 1e-4 --reset hard --steps 8 --data N-MNIST --camera 34x34 --out b"
        })
final class ImportCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "A .nir, .npz or .safetensors file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for NAME.yaml (of NIR files) and NAME.npz; it is made when missing.")
    private Path out = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "imported",
            description = "Name of the network. Default: ${DEFAULT-VALUE}, or that of --network.")
    private String name = "imported";

    @Option(
            names = "--dt",
            paramLabel = "SECONDS",
            description = "Length of a time step in the unit of tau; snnTorch and SpikingJelly export with 1e-4; 1"
                    + " where the file counts in steps.")
    private @Nullable Double dt;

    @Option(
            names = "--reset",
            paramLabel = "KIND",
            description = "What a spike does to the potential: hard, soft or none.")
    private @Nullable Reset reset;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "euler",
            description =
                    "From tau to the leak: euler (1 - dt/tau) or exact (exp(-dt/tau)). Default: ${DEFAULT-VALUE}.")
    private Discretisation.Method method = Discretisation.Method.EULER;

    @Option(names = "--steps", paramLabel = "T", description = "Time steps of a sample.")
    private @Nullable Integer steps;

    @Option(
            names = "--input-bits",
            paramLabel = "N",
            defaultValue = "1",
            description = "1 for spikes; more for values that are the same in every step. Default: ${DEFAULT-VALUE}.")
    private int inputBits = 1;

    @Option(
            names = "--class-neurons",
            paramLabel = "N",
            defaultValue = "1",
            description = "Output neurons of one class. Default: ${DEFAULT-VALUE}.")
    private int classNeurons = 1;

    @Option(
            names = "--window",
            paramLabel = "A",
            defaultValue = "0.5",
            description = "Half-width of the surrogate window to train with. Default: ${DEFAULT-VALUE}.")
    private double window = 0.5;

    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            description = "For checkpoints: the network whose weights they are.")
    private @Nullable String networkName;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "For checkpoints: which tensors are whose weights (docs/08-exchange.md).")
    private @Nullable String mappingFile;

    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "The accelerator whose formats the weights are rounded to. Default: ${DEFAULT-VALUE}.")
    private String configName = "base";

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "20",
            description = "Samples that changed spikes are counted on: test samples of --data, else random ones."
                    + " Default: ${DEFAULT-VALUE}.")
    private int samples = 20;

    @Mixin
    private DataOptions data = new DataOptions();

    @Spec
    private CommandSpec spec;

    ImportCommand() {}

    @Override
    public void run() {
        DataOptions.atLeast("--samples", samples, 1);
        AcceleratorConfig config = new ConfigReader().read(configName);
        OutputPlace.check(out);
        boolean graph = !Checkpoint.isOne(file);
        GraphImport.Imported imported = graph ? fromGraph() : fromCheckpoint();
        Network network = imported.network();
        List<Sample> sampleData = sampleData(network);
        List<RoundingTable.Row> rows = RoundingTable.of(network, imported.parameters(), config.formats(), sampleData);
        PrintWriter err = spec.commandLine().getErr();
        RoundingWarnings.of(network, imported.parameters(), config.formats())
                .forEach(warning -> err.println("warning: " + warning));
        PrintWriter printer = spec.commandLine().getOut();
        printer.println(NetworkText.shape(network) + ", " + NetworkText.parameters(network) + " weights and biases");
        printer.println(RoundingTable.Row.heading());
        rows.forEach(row -> printer.println(row.text()));
        write(imported, graph, printer);
    }

    private GraphImport.Imported fromGraph() {
        if (networkName != null || mappingFile != null) {
            throw new InvalidInputException(
                    "--network and --mapping: are for checkpoints; a NIR file brings its own network, leave them out");
        }
        return GraphImport.of(
                new NirReader().read(file),
                new ImportOptions(
                        name,
                        Optional.ofNullable(dt),
                        Optional.ofNullable(reset),
                        method,
                        Optional.ofNullable(steps),
                        inputBits,
                        classNeurons,
                        window));
    }

    private GraphImport.Imported fromCheckpoint() {
        if (networkName == null || mappingFile == null) {
            throw new InvalidInputException(file + ": a checkpoint holds tensors only; give the network with --network"
                    + " and the tensors' names with --mapping");
        }
        Network network = new NetworkReader().read(networkName);
        return new GraphImport.Imported(
                network, CheckpointWeights.read(file, CheckpointMapping.read(mappingFile), network));
    }

    private List<Sample> sampleData(Network network) {
        if (data.folder().isPresent()) {
            return DataOptions.first(data.open(network).test(), samples, "--samples", "the test set");
        }
        data.checkUnused();
        return RandomSamples.of(network, samples, data.seed());
    }

    private void write(GraphImport.Imported imported, boolean graph, PrintWriter printer) {
        Network network = imported.network();
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new InvalidInputException(out + ": cannot be made: " + e.getMessage());
        }
        Path weights = out.resolve(network.name() + ".npz");
        WeightFile.write(weights, network, imported.parameters());
        if (graph) {
            Path yaml = out.resolve(network.name() + ".yaml");
            WholeFile.write(
                    yaml, stream -> stream.write(NetworkWriter.toYaml(network).getBytes(StandardCharsets.UTF_8)));
            // what was written must be what every other command reads
            new NetworkReader().read(yaml.toString());
            printer.println("network: " + yaml);
        }
        printer.println("weights: " + weights);
    }
}
