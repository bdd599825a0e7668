package h2learn.exchange.graph;

import h2learn.model.Parameters;
import h2learn.network.Network;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One layer of the accelerator's network from a stage of a graph. */
final class LayerImport {
    private static final int LARGEST_KERNEL = 7;
    private static final int LARGEST_STRIDE = 4;

    private final Graph graph;
    private final Stage stage;
    private final Discretisation discretisation;
    private final double window;
    private final List<String> problems = new ArrayList<>();
    private final Neuron neuron;

    LayerImport(Graph graph, Stage stage, Discretisation discretisation, double window) {
        this.graph = graph;
        this.stage = stage;
        this.discretisation = discretisation;
        this.window = window;
        neuron = neurons();
        if (stage.weights() instanceof Node.Convolution convolution) {
            convolution(convolution);
        }
        stage.pools().forEach(this::pool);
        if (stage.pools().size() > 1) {
            problem(stage.pools().get(1).name(), "follows another pool; use one between two layers of neurons");
        }
    }

    List<String> problems() {
        return problems;
    }

    Neuron neuron() {
        return neuron;
    }

    /** The layers before this one; none when there is no pool. */
    List<Network.Layer> pools() {
        List<Network.Layer> pools = new ArrayList<>();
        for (Stage.PoolStage pool : stage.pools()) {
            pools.add(new Pool(
                    Reduction.AVERAGE,
                    pool.pool().kernel().get(0),
                    pool.pool().stride().get(0)));
        }
        return pools;
    }

    /** @param common the network's neurons, which the layer does not repeat */
    Network.Layer layer(int gradientExponent, Neuron common) {
        Neuron own = neuron.equals(common) ? null : neuron;
        if (stage.weights() instanceof Node.Convolution convolution) {
            return new Network.Conv2d(
                    convolution.weight().shape().get(0),
                    convolution.weight().shape().get(2),
                    convolution.stride().get(0),
                    convolution.padding().get(0),
                    hasBias(),
                    gradientExponent,
                    own);
        }
        return new Network.Dense(
                ((Node.Dense) stage.weights()).weight().shape().get(0), hasBias(), gradientExponent, own);
    }

    /** Puts the weights and biases into {@code parameters}, gains and scales folded in. */
    void fill(Network network, int index, Parameters parameters) {
        WeightOrder order = WeightOrder.of(network, index);
        double[] weight = order.channelsLast(weight().data());
        double[] to = parameters.weight(index);
        int row = weight.length / order.outputs();
        double scale = poolScale();
        for (int at = 0; at < weight.length; at++) {
            to[at] = weight[at] * scale * constants(at / row).gain();
        }
        double[] bias = parameters.bias(index);
        for (int output = 0; output < bias.length; output++) {
            Discretisation.Constants constants = constants(output);
            double value = bias().isPresent() ? bias().get().data()[output] : 0;
            bias[output] = value * constants.gain() + constants.offset();
        }
    }

    private Values weight() {
        return stage.weights() instanceof Node.Convolution convolution
                ? convolution.weight()
                : ((Node.Dense) stage.weights()).weight();
    }

    private Optional<Values> bias() {
        return stage.weights() instanceof Node.Convolution convolution
                ? convolution.bias()
                : ((Node.Dense) stage.weights()).bias();
    }

    private boolean hasBias() {
        Values leak = stage.neurons().leak();
        return bias().isPresent() || !leak.uniform() || leak.data()[0] != 0;
    }

    /**
     * What the weights after a pool are multiplied by: the accelerator's pool answers the mean of 2x2 and 9/8 of the
     * mean of 3x3.
     */
    private double poolScale() {
        double scale = 1;
        for (Stage.PoolStage pool : stage.pools()) {
            int kernel = pool.pool().kernel().get(0);
            int squares = kernel * kernel;
            double answered = kernel == 2 ? 1.0 / 4 : 1.0 / 8;
            scale *= (pool.pool().average() ? 1.0 / squares : 1.0) / answered;
        }
        return scale;
    }

    private Discretisation.Constants constants(int output) {
        Node.Neurons neurons = stage.neurons();
        return discretisation.constants(
                neurons.kind(), of(neurons.tau(), output), of(neurons.r(), output), of(neurons.leak(), output));
    }

    /** The parameter of the first neuron of an output channel. */
    private double of(Values parameter, int output) {
        int channels = stage.output().get(0);
        return parameter.data()[parameter.size() == 1 ? 0 : output * (parameter.size() / channels)];
    }

    private Neuron neurons() {
        Node.Neurons neurons = stage.neurons();
        uniform("v_threshold", neurons.threshold());
        uniform("tau", neurons.tau());
        uniformInChannels("r", neurons.r());
        uniformInChannels("v_leak", neurons.leak());
        double theta = neurons.threshold().data()[0];
        double tau = neurons.tau().data()[0];
        String name = stage.neuronsName();
        if (!(theta > 0)) {
            problem(name, "v_threshold is " + theta + "; the accelerator needs one above 0");
        }
        neurons.reset().ifPresent(reset -> {
            if (!reset.uniform() || reset.data()[0] != 0) {
                problem(name, "v_reset is " + reset.range() + "; the accelerator resets to 0 only");
            }
        });
        double alpha = 1;
        if (neurons.kind() == Node.Kind.THRESHOLD) {
            alpha = 0;
        } else if (neurons.kind() == Node.Kind.LEAKY) {
            alpha = discretisation.alpha(tau);
            if (!(tau > 0) || !(alpha >= 0)) {
                problem(
                        name,
                        "tau is " + tau + " with a time step of " + discretisation.dt()
                                + "; a step must not be longer than tau, give a smaller --dt");
            }
        }
        return new Neuron(
                Math.max(0, alpha), theta, window, 1, discretisation.reset(), false, Network.Surrogate.RECTANGLE);
    }

    private void uniform(String parameter, Values values) {
        if (!values.uniform()) {
            problem(
                    stage.neuronsName(),
                    parameter + " differs from neuron to neuron, " + values.range()
                            + "; the accelerator has one a layer: train with a shared one");
        }
    }

    /** An output channel has one weight row, which takes up its gain, and one bias. */
    private void uniformInChannels(String parameter, Values values) {
        int points = (int) Values.count(stage.output()) / stage.output().get(0);
        for (int index = 0; values.size() > stage.output().get(0) && index < values.size(); index++) {
            if (values.data()[index] != values.data()[index / points * points]) {
                problem(
                        stage.neuronsName(),
                        parameter + " differs within a channel, " + values.range()
                                + "; only one a channel can be folded into the weights");
                return;
            }
        }
    }

    private void convolution(Node.Convolution convolution) {
        List<Integer> kernel = convolution.weight().shape();
        boolean square = kernel.get(2).equals(kernel.get(3))
                && convolution.stride().get(0).equals(convolution.stride().get(1))
                && convolution.padding().get(0).equals(convolution.padding().get(1));
        String given = "a kernel of " + kernel.subList(2, 4) + ", stride " + convolution.stride() + ", padding "
                + convolution.padding();
        if (!square) {
            problem(stage.weightsName(), "has " + given + "; only the same in both directions is supported");
        } else if (kernel.get(2) > LARGEST_KERNEL
                || convolution.stride().get(0) > LARGEST_STRIDE
                || convolution.padding().get(0) >= kernel.get(2)) {
            problem(
                    stage.weightsName(),
                    "has " + given + "; supported are kernels up to " + LARGEST_KERNEL + ", strides up to "
                            + LARGEST_STRIDE + " and less padding than the kernel");
        }
    }

    private void pool(Stage.PoolStage named) {
        Node.Pool pool = named.pool();
        int kernel = pool.kernel().get(0);
        int stride = pool.stride().get(0);
        boolean supported = pool.kernel().equals(List.of(kernel, kernel))
                && pool.stride().equals(List.of(stride, stride))
                && pool.padding().equals(List.of(0, 0))
                && (kernel == 2 || kernel == 3)
                && stride <= LARGEST_STRIDE;
        if (!supported) {
            problem(
                    named.name(),
                    "has a kernel of " + pool.kernel() + ", stride " + pool.stride() + ", padding "
                            + pool.padding() + "; supported are kernels 2x2 and 3x3, equal strides up to "
                            + LARGEST_STRIDE
                            + " and no padding");
        }
    }

    private void problem(String node, String what) {
        problems.add(Chain.where(graph, node) + what);
    }
}
