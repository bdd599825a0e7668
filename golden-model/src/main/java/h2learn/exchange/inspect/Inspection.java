package h2learn.exchange.inspect;

import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.data.event.EventList;
import h2learn.data.event.EventReader;
import h2learn.exchange.checkpoint.Checkpoint;
import h2learn.exchange.graph.Graph;
import h2learn.exchange.graph.GraphImport;
import h2learn.exchange.graph.ImportOptions;
import h2learn.exchange.graph.Node;
import h2learn.exchange.graph.StageReader;
import h2learn.exchange.graph.Values;
import h2learn.exchange.nir.NirReader;
import h2learn.network.Network;
import h2learn.network.Network.Reset;
import h2learn.network.NetworkReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Describes a file for people: its layers, shapes and parameters, and what an accelerator makes of it. */
public final class Inspection {
    private final AcceleratorConfig config;
    private final Function<Network, List<String>> verdict;
    private final List<String> lines = new ArrayList<>();

    private Inspection(AcceleratorConfig config, Function<Network, List<String>> verdict) {
        this.config = config;
        this.verdict = verdict;
    }

    /**
     * The description of a file, a line each: of NIR, a checkpoint, a recording of events, or a network in YAML.
     *
     * @param config accelerator that the network is held against
     * @param verdict why that accelerator cannot run a network, each a sentence; empty when it can
     * @throws InvalidInputException when the file cannot be read at all; what of it the accelerator cannot run is part
     *     of the description
     */
    public static List<String> of(Path file, AcceleratorConfig config, Function<Network, List<String>> verdict) {
        Inspection inspection = new Inspection(config, verdict);
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".nir") || name.endsWith(".h5") || name.endsWith(".hdf5")) {
            inspection.graph(new NirReader().read(file));
        } else if (Checkpoint.isOne(file)) {
            inspection.checkpoint(file);
        } else if (EventReader.isOne(file)) {
            inspection.events(file);
        } else {
            inspection.network(new NetworkReader().read(file.toString()), true);
        }
        return List.copyOf(inspection.lines);
    }

    private void graph(Graph graph) {
        lines.add("NIR " + graph.version() + ", " + graph.nodes().size() + " nodes, "
                + graph.edges().size() + " edges");
        long parameters = 0;
        for (String name : GraphText.alongEdges(graph)) {
            Node node = Objects.requireNonNull(graph.nodes().get(name));
            parameters += GraphText.parameters(node);
            lines.add(String.format(Locale.ROOT, "  %-20s %-10s %s", name, node.type(), GraphText.describe(node)));
        }
        lines.add(parameters + " trained parameters");
        graph.hints().dt().ifPresent(dt -> lines.add("time step " + dt + " s (this program's own metadata)"));
        graph.hints().reset().ifPresent(reset -> lines.add("reset " + reset + " (this program's own metadata)"));
        Optional<StageReader.Stages> stages = attempt(() -> StageReader.read(graph));
        if (stages.isEmpty()) {
            return;
        }
        ImportOptions own = ImportOptions.of("inspected", 1, Reset.HARD, 1);
        boolean told = graph.hints().dt().isPresent() && graph.hints().reset().isPresent();
        if (!told) {
            lines.add("The file says neither the time step nor the kind of reset: import asks for --dt and --reset.");
        }
        double dt = graph.hints().dt().orElse(shortestTau(stages.get()) / 2);
        attempt(() -> GraphImport.of(
                        graph,
                        new ImportOptions(
                                "inspected",
                                Optional.of(dt),
                                graph.hints().reset().isPresent() ? Optional.empty() : own.reset(),
                                own.method(),
                                Optional.of(graph.hints().steps().orElse(1)),
                                1,
                                1,
                                own.window())))
                .ifPresent(imported -> {
                    if (graph.hints().steps().isEmpty()) {
                        lines.add("Memory is for one time step; give --steps to import.");
                    }
                    network(imported.network(), graph.hints().dt().isPresent());
                });
    }

    /** A step that suits every layer, for files that do not say theirs. */
    private static double shortestTau(StageReader.Stages stages) {
        return stages.stages().stream()
                .filter(stage -> stage.neurons().kind() == Node.Kind.LEAKY)
                .mapToDouble(stage -> stage.neurons().tau().data()[0])
                .filter(tau -> tau > 0)
                .min()
                .orElse(1);
    }

    private void checkpoint(Path file) {
        Map<String, Values> tensors = Checkpoint.read(file);
        lines.add("checkpoint, " + tensors.size() + " tensors");
        long parameters = 0;
        for (Map.Entry<String, Values> entry : tensors.entrySet()) {
            Values values = entry.getValue();
            parameters += values.size();
            lines.add(String.format(Locale.ROOT, "  %-32s %-20s %s", entry.getKey(), values.shape(), values.range()));
        }
        lines.add(parameters + " values");
        lines.add("A checkpoint holds no layers: import needs the network and a mapping file beside it.");
    }

    private void events(Path file) {
        EventList events = EventReader.read(file);
        int width = 0;
        int height = 0;
        long brighter = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int event = 0; event < events.count(); event++) {
            width = Math.max(width, events.x(event) + 1);
            height = Math.max(height, events.y(event) + 1);
            brighter += events.polarity(event);
            first = Math.min(first, events.time(event));
            last = Math.max(last, events.time(event));
        }
        lines.add("recording of " + events.count() + " events, " + brighter + " of them brighter");
        if (events.count() > 0) {
            lines.add("within " + width + "x" + height + " pixels, from " + first + " to " + last + " microseconds");
        }
    }

    private void network(Network network, boolean timed) {
        lines.addAll(NetworkText.describe(network, config, verdict.apply(network), timed));
    }

    /** The result, or its problems as lines. */
    private <T> Optional<T> attempt(Supplier<T> supplier) {
        try {
            return Optional.of(supplier.get());
        } catch (InvalidInputException e) {
            lines.add("The accelerator cannot run it:");
            e.problems().forEach(problem -> lines.add("  " + problem));
            return Optional.empty();
        }
    }
}
