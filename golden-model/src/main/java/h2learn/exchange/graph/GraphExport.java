package h2learn.exchange.graph;

import h2learn.config.InvalidInputException;
import h2learn.model.Parameters;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a graph of a network and its weights, to be read by other frameworks and by {@link GraphImport}, which gives the
 * same network and weights back. One step takes {@code dt}; r makes up for it, so that the weights stay as they are.
 */
public final class GraphExport {
    private final Network network;
    private final Parameters parameters;
    private final Discretisation discretisation;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private boolean flattened;

    private GraphExport(Network network, Parameters parameters, Discretisation discretisation) {
        this.network = network;
        this.parameters = parameters;
        this.discretisation = discretisation;
    }

    /**
     * The graph of a network.
     *
     * @param dt length of a step in seconds, above 0
     * @throws InvalidInputException when a layer has no counterpart: max pools, different resets
     */
    public static Graph of(Network network, Parameters parameters, double dt, Discretisation.Method method) {
        if (!(dt > 0) || Double.isInfinite(dt)) {
            throw new InvalidInputException("--dt: " + dt + " is no length of a time step; give a number above 0");
        }
        Reset reset = reset(network);
        return new GraphExport(network, parameters, new Discretisation(dt, method, reset)).graph();
    }

    private static Reset reset(Network network) {
        Reset reset = network.neuron(network.layers().size() - 1).reset();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            if (network.layers().get(layer) instanceof Network.Weighted
                    && network.neuron(layer).reset() != reset) {
                throw new InvalidInputException("layers[" + layer + "]: resets otherwise than the last layer; a file"
                        + " that stores no kind of reset cannot tell them apart, use one for all layers");
            }
        }
        return reset;
    }

    private Graph graph() {
        Network.Input input = network.input();
        boolean image = input.height() * input.width() > 1;
        flattened = !image;
        nodes.put(
                "input",
                new Node.Input(
                        image ? List.of(input.channels(), input.height(), input.width()) : List.of(input.channels())));
        for (LayerShape shape : network.shapes()) {
            layer(shape);
        }
        nodes.put("output", new Node.Output(List.of(network.outputs())));
        List<String> names = List.copyOf(nodes.keySet());
        List<Graph.Edge> edges = new ArrayList<>();
        for (int index = 1; index < names.size(); index++) {
            edges.add(new Graph.Edge(names.get(index - 1), names.get(index)));
        }
        Graph.Hints hints = new Graph.Hints(
                Optional.of(discretisation.dt()),
                Optional.of(discretisation.reset().name().toLowerCase(Locale.ROOT)),
                Optional.of(network.steps()));
        return new Graph(network.name(), "1.0", nodes, edges, hints);
    }

    private void layer(LayerShape shape) {
        int index = shape.index();
        String number = Integer.toString(index + 1);
        Network.Layer layer = network.layers().get(index);
        if (layer instanceof Network.Pool pool) {
            if (pool.reduction() != Reduction.AVERAGE) {
                throw new InvalidInputException("layers[" + index + "]: " + pool.type()
                        + " has no counterpart in NIR; train with average-pool or a convolution of stride 2");
            }
            nodes.put(
                    "pool" + number,
                    new Node.Pool(
                            true,
                            List.of(pool.kernel(), pool.kernel()),
                            List.of(pool.stride(), pool.stride()),
                            List.of(0, 0)));
            return;
        }
        double scale = index > 0 && network.layers().get(index - 1) instanceof Network.Pool pool && pool.kernel() == 3
                ? 9.0 / 8
                : 1;
        WeightOrder order = WeightOrder.of(network, index);
        Values weight =
                new Values(order.shape(), order.channelsFirst(parameters.weight(index))).map(value -> value * scale);
        Optional<Values> bias = shape.bias() ? Optional.of(Values.of(parameters.bias(index))) : Optional.empty();
        if (layer instanceof Network.Conv2d convolution) {
            nodes.put("conv" + number, convolution(convolution, shape, weight, bias));
        } else {
            if (!flattened) {
                nodes.put("flatten" + number, new Node.Flatten(0, -1));
                flattened = true;
            }
            nodes.put("dense" + number, new Node.Dense(weight, bias));
        }
        nodes.put("neurons" + number, neurons(network.neuron(index), shape));
    }

    private static Node convolution(
            Network.Conv2d convolution, LayerShape shape, Values weight, Optional<Values> bias) {
        return new Node.Convolution(
                Optional.of(List.of(shape.input().height(), shape.input().width())),
                weight,
                List.of(convolution.stride(), convolution.stride()),
                List.of(convolution.padding(), convolution.padding()),
                List.of(1, 1),
                1,
                bias);
    }

    private Node neurons(Neuron neuron, LayerShape shape) {
        boolean image = shape.points() > 1 || network.layers().get(shape.index()) instanceof Network.Conv2d;
        List<Integer> sizes = image
                ? List.of(
                        shape.output().channels(),
                        shape.output().height(),
                        shape.output().width())
                : List.of(shape.output().channels());
        Values zero = filled(sizes, 0);
        double dt = discretisation.dt();
        if (neuron.alpha() == 1) {
            return new Node.Neurons(
                    Node.Kind.INTEGRATE,
                    zero,
                    filled(sizes, 1 / dt),
                    zero,
                    filled(sizes, neuron.theta()),
                    Optional.of(zero));
        }
        if (neuron.alpha() == 0) {
            // no time constant is short enough for EXACT, and none is needed
            return new Node.Neurons(
                    Node.Kind.THRESHOLD, zero, zero, zero, filled(sizes, neuron.theta()), Optional.empty());
        }
        double tau = discretisation.tau(neuron.alpha());
        double share = discretisation.method() == Discretisation.Method.EULER ? dt / tau : -Math.expm1(-dt / tau);
        return new Node.Neurons(
                Node.Kind.LEAKY,
                filled(sizes, tau),
                filled(sizes, 1 / share),
                zero,
                filled(sizes, neuron.theta()),
                Optional.of(zero));
    }

    private static Values filled(List<Integer> shape, double value) {
        return new Values(shape, Values.filled((int) Values.count(shape), value).data());
    }
}
