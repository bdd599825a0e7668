package h2learn.exchange.graph;

import h2learn.config.InvalidInputException;
import h2learn.model.Parameters;
import h2learn.network.GradientExponents;
import h2learn.network.Network;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the accelerator's network and its weights of a graph. */
public final class GraphImport {
    private final Graph graph;
    private final ImportOptions options;
    private final List<String> problems = new ArrayList<>();

    private GraphImport(Graph graph, ImportOptions options) {
        this.graph = graph;
        this.options = options;
    }

    /**
     * @param network with default training parameters
     * @param parameters the file's weights with the neurons' gains and the pools' scales folded in
     */
    public record Imported(Network network, Parameters parameters) {}

    /**
     * The network of a graph.
     *
     * @throws InvalidInputException with all problems: what the file cannot tell and no option says, nodes that the
     *     accelerator cannot run, each with its reason
     */
    public static Imported of(Graph graph, ImportOptions options) {
        return new GraphImport(graph, options).read();
    }

    private Imported read() {
        StageReader.Stages stages = StageReader.read(graph);
        Discretisation discretisation = discretisation();
        int steps = ask(options.steps().or(() -> graph.hints().steps()), "--steps", "the number of time steps", 1);
        throwProblems();
        List<LayerImport> imports = new ArrayList<>();
        for (Stage stage : stages.stages()) {
            LayerImport layer = new LayerImport(graph, stage, discretisation, options.window());
            imports.add(layer);
            problems.addAll(layer.problems());
        }
        throwProblems();
        int outputs = (int)
                Values.count(stages.stages().get(stages.stages().size() - 1).output());
        if (options.classNeurons() < 1 || outputs % options.classNeurons() != 0) {
            throw new InvalidInputException("--class-neurons: " + options.classNeurons() + " does not divide the "
                    + outputs + " outputs of " + graph.source() + "; give the output neurons of one class");
        }
        Network network = network(stages, imports, outputs, steps);
        Parameters parameters = new Parameters(network);
        int index = 0;
        for (LayerImport layer : imports) {
            index += layer.pools().size();
            layer.fill(network, index, parameters);
            index++;
        }
        return new Imported(network, parameters);
    }

    private Network network(StageReader.Stages stages, List<LayerImport> imports, int outputs, int steps) {
        Network.Classes classes = new Network.Classes(outputs / options.classNeurons(), options.classNeurons());
        int count = imports.stream().mapToInt(layer -> layer.pools().size() + 1).sum();
        Neuron common = imports.get(0).neuron();
        List<Network.Layer> layers = new ArrayList<>();
        for (LayerImport layer : imports) {
            layers.addAll(layer.pools());
            int exponent = GradientExponents.ofLayer(layers.size(), count, steps, classes);
            layers.add(layer.layer(exponent, common));
        }
        return new Network(
                options.name(),
                "Imported from " + lastName(graph.source()) + ".",
                input(stages.input()),
                steps,
                common,
                layers,
                classes,
                new Network.Training(32, 5, 0.5, 0.8, 1));
    }

    private Network.Input input(List<Integer> shape) {
        int bits = options.inputBits();
        Network.Encoding encoding = bits == 1 ? Network.Encoding.SPIKES : Network.Encoding.DIRECT;
        int fractionBits = bits == 1 ? 0 : bits;
        int[] sizes = shape.stream().mapToInt(size -> size).toArray();
        return switch (sizes.length) {
            case 2 -> new Network.Input(1, sizes[0], sizes[1], encoding, bits, fractionBits, false);
            case 3 -> new Network.Input(sizes[0], sizes[1], sizes[2], encoding, bits, fractionBits, false);
            default -> new Network.Input((int) Values.count(shape), encoding, bits, fractionBits, false);
        };
    }

    private Discretisation discretisation() {
        boolean timed = graph.nodes().values().stream()
                .anyMatch(node -> node instanceof Node.Neurons neurons && neurons.kind() != Node.Kind.THRESHOLD);
        double dt = 1;
        Reset reset = Reset.HARD;
        if (timed) {
            dt = ask(
                    options.dt().or(() -> graph.hints().dt()),
                    "--dt",
                    "the length of a time step in the unit of tau (snnTorch and SpikingJelly export with 1e-4; 1 where"
                            + " the file counts in steps, as sinabs's do)",
                    1.0);
            reset = ask(
                    options.reset()
                            .or(() -> graph.hints().reset().map(word -> Reset.valueOf(word.toUpperCase(Locale.ROOT)))),
                    "--reset",
                    "what a spike does to the potential: hard, soft or none",
                    Reset.HARD);
        }
        if (!(dt > 0) || Double.isInfinite(dt)) {
            problems.add("--dt: " + dt + " is no length of a time step; give a number above 0");
        }
        return new Discretisation(dt, options.method(), reset);
    }

    private <T> T ask(Optional<T> given, String option, String meaning, T otherwise) {
        if (given.isEmpty()) {
            problems.add(graph.source() + ": does not say " + meaning + "; give it with " + option);
        }
        return given.orElse(otherwise);
    }

    private void throwProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static String lastName(String source) {
        return source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    }
}
