package h2learn.exchange.graph;

import h2learn.config.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups a graph's nodes into the accelerator's layers and follows the shapes from node to node. */
public final class StageReader {
    private static final int LARGEST_SIDE = 65536;
    private static final int LARGEST_VALUES = 1 << 20;

    private final Graph graph;
    private final List<String> problems = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Stage.PoolStage> pools = new ArrayList<>();
    private List<Integer> shape = List.of();
    private List<Integer> weightsInput = List.of();
    private Optional<Chain.Named> weights = Optional.empty();

    private StageReader(Graph graph) {
        this.graph = graph;
    }

    /**
     * @param input shape of a sample without the minibatch
     * @param stages layers, first to last
     */
    public record Stages(List<Integer> input, List<Stage> stages) {}

    /**
     * The layers of a graph.
     *
     * @throws InvalidInputException with all problems, each naming the node
     */
    public static Stages read(Graph graph) {
        return new StageReader(graph).read();
    }

    private Stages read() {
        List<String> refused = new ArrayList<>();
        graph.nodes().forEach((name, node) -> {
            if (node instanceof Node.Refused reason) {
                refused.add(Chain.where(graph, name) + "is not supported: " + reason.reason());
            }
        });
        List<Chain.Named> chain;
        try {
            chain = Chain.of(graph);
        } catch (InvalidInputException e) {
            refused.addAll(e.problems());
            throw new InvalidInputException(refused);
        }
        if (!refused.isEmpty()) {
            throw new InvalidInputException(refused);
        }
        List<Integer> input = List.of();
        for (Chain.Named named : chain) {
            take(named);
            if (problems.isEmpty() && (Values.count(shape) < 1 || Values.count(shape) > LARGEST_VALUES)) {
                problem(named, "has the shape " + shape + ", which is not 1 to " + LARGEST_VALUES + " values");
            }
            if (!problems.isEmpty()) {
                // every later shape would be wrong as well
                throw new InvalidInputException(problems);
            }
            if (named.node() instanceof Node.Input) {
                input = shape;
            }
        }
        return new Stages(input, List.copyOf(stages));
    }

    private void take(Chain.Named named) {
        Node node = named.node();
        if (node instanceof Node.Input in) {
            shape = in.shape();
            if (shape.isEmpty()) {
                problem(named, "has no shape; give the shape of a sample");
            }
        } else if (node instanceof Node.Flatten flatten) {
            flatten(named, flatten);
        } else if (node instanceof Node.Pool pool) {
            pool(named, pool);
        } else if (node instanceof Node.Dense dense) {
            dense(named, dense);
        } else if (node instanceof Node.Convolution convolution) {
            convolution(named, convolution);
        } else if (node instanceof Node.Neurons neurons) {
            neurons(named, neurons);
        } else if (node instanceof Node.Output output) {
            end(named, output);
        }
    }

    private void flatten(Chain.Named named, Node.Flatten flatten) {
        int last = flatten.end() < 0 ? shape.size() + flatten.end() : flatten.end();
        int first = flatten.start() < 0 ? shape.size() + flatten.start() : flatten.start();
        boolean whole = Values.count(shape) >= 1 && first >= 0 && last < shape.size() && first <= last;
        if (!whole) {
            problem(
                    named,
                    "joins dimensions " + flatten.start() + " to " + flatten.end() + " of the shape " + shape
                            + ", which has no such dimensions");
            return;
        }
        List<Integer> joined = new ArrayList<>(shape.subList(0, first));
        joined.add((int) Values.count(shape.subList(first, last + 1)));
        joined.addAll(shape.subList(last + 1, shape.size()));
        shape = joined;
    }

    private void pool(Chain.Named named, Node.Pool pool) {
        if (weights.isPresent()) {
            problem(
                    named,
                    "stands between the weights " + weights.get().name()
                            + " and their neurons; pool the spikes instead");
            return;
        }
        if (shape.size() != 3) {
            problem(named, "reads the shape " + shape + ", not [channels, height, width]");
            return;
        }
        List<Integer> after = new ArrayList<>(List.of(shape.get(0)));
        for (int axis = 0; axis < 2; axis++) {
            after.add(side(
                    named,
                    shape.get(axis + 1),
                    pool.kernel().get(axis),
                    pool.stride().get(axis),
                    pool.padding().get(axis),
                    1));
        }
        pools.add(new Stage.PoolStage(named.name(), pool, shape, after));
        shape = after;
    }

    private void dense(Chain.Named named, Node.Dense dense) {
        int inputs = dense.weight().shape().get(1);
        int outputs = dense.weight().shape().get(0);
        if (weightsTwice(named)) {
            return;
        }
        if (shape.size() > 1 && Values.count(shape) == inputs && Values.count(shape) == shape.get(shape.size() - 1)) {
            shape = List.of(inputs);
        }
        if (shape.size() != 1 || shape.get(0) != inputs) {
            problem(
                    named,
                    "its weight of shape " + dense.weight().shape() + " reads " + inputs
                            + " values, but the node before gives the shape " + shape
                            + (Values.count(shape) == inputs ? "; put a Flatten between them" : ""));
            return;
        }
        bias(named, dense.bias(), outputs);
        weights = Optional.of(named);
        weightsInput = shape;
        shape = List.of(outputs);
    }

    private void convolution(Chain.Named named, Node.Convolution convolution) {
        List<Integer> kernel = convolution.weight().shape();
        if (weightsTwice(named)) {
            return;
        }
        if (convolution.groups() != 1) {
            problem(named, "groups is " + convolution.groups() + "; only 1 is supported");
        }
        if (!convolution.dilation().equals(List.of(1, 1))) {
            problem(named, "dilation is " + convolution.dilation() + "; only 1 is supported");
        }
        if (shape.size() != 3) {
            problem(named, "reads the shape " + shape + ", not [channels, height, width]");
            return;
        }
        if (!shape.get(0).equals(kernel.get(1))) {
            problem(
                    named,
                    "its weight of shape " + kernel + " reads " + kernel.get(1)
                            + " channels, but the node before gives the shape " + shape);
        }
        convolution.inputShape().ifPresent(size -> {
            if (!size.equals(shape.subList(1, 3))) {
                problem(named, "input_shape is " + size + ", but the node before gives the shape " + shape);
            }
        });
        bias(named, convolution.bias(), kernel.get(0));
        weightsInput = shape;
        List<Integer> after = new ArrayList<>(List.of(kernel.get(0)));
        for (int axis = 0; axis < 2; axis++) {
            after.add(side(
                    named,
                    shape.get(axis + 1),
                    kernel.get(axis + 2),
                    convolution.stride().get(axis),
                    convolution.padding().get(axis),
                    convolution.dilation().get(axis)));
        }
        weights = Optional.of(named);
        shape = after;
    }

    private void neurons(Chain.Named named, Node.Neurons neurons) {
        if (weights.isEmpty()) {
            problem(named, "has no weights before it; put an Affine, Linear or Conv2d there");
            return;
        }
        long count = Values.count(shape);
        for (Values parameter : List.of(
                neurons.tau(),
                neurons.r(),
                neurons.leak(),
                neurons.threshold(),
                neurons.reset().orElse(Values.scalar(0)))) {
            boolean fits = parameter.size() == 1
                    || parameter.size() == count
                    || (shape.size() == 3 && parameter.size() == shape.get(0));
            if (!fits) {
                problem(
                        named,
                        "has parameters of the shape " + parameter.shape() + ", but its input has the shape " + shape);
                return;
            }
        }
        Chain.Named before = weights.get();
        stages.add(new Stage(pools, before.name(), before.node(), named.name(), neurons, weightsInput, shape));
        pools.clear();
        weights = Optional.empty();
    }

    private void end(Chain.Named named, Node.Output output) {
        if (weights.isPresent()) {
            problem(
                    named,
                    "follows the weights " + weights.get().name()
                            + " without neurons; the last layer must spike: put a LIF, IF or Threshold there");
        } else if (!pools.isEmpty()) {
            problem(named, "follows the pool " + pools.get(0).name() + "; the last layer must be one of neurons");
        } else if (stages.isEmpty()) {
            problem(named, "follows the input at once; a network needs a layer");
        } else if (!output.shape().isEmpty() && Values.count(output.shape()) != Values.count(shape)) {
            problem(named, "its shape " + output.shape() + " is not that of the node before, " + shape);
        }
    }

    private boolean weightsTwice(Chain.Named named) {
        weights.ifPresent(before -> problem(
                named,
                "follows the weights " + before.name() + " without neurons between them; put a LIF or IF there"));
        return weights.isPresent();
    }

    private void bias(Chain.Named named, Optional<Values> bias, int outputs) {
        bias.ifPresent(values -> {
            if (values.size() != outputs) {
                problem(named, "its bias has the shape " + values.shape() + ", not [" + outputs + "]");
            }
        });
    }

    private int side(Chain.Named named, int input, int kernel, int stride, int padding, int dilation) {
        long reach = (long) dilation * (kernel - 1) + 1;
        long padded = input + 2L * padding;
        if (kernel < 1 || stride < 1 || padding < 0 || dilation < 1 || padded < reach || padded > LARGEST_SIDE) {
            problem(
                    named,
                    "a kernel of " + kernel + ", stride " + stride + " and padding " + padding
                            + " do not fit a side of " + input);
            return 1;
        }
        return (int) ((padded - reach) / stride + 1);
    }

    private void problem(Chain.Named named, String what) {
        problems.add(Chain.where(graph, named.name()) + what);
    }
}
