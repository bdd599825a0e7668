package h2learn.exchange.inspect;

import h2learn.exchange.graph.Node;

/** A graph's nodes in words. */
final class GraphText {
    private GraphText() {}

    /** Weights and biases. */
    static long parameters(Node node) {
        if (node instanceof Node.Dense dense) {
            return dense.weight().size() + dense.bias().map(bias -> bias.size()).orElse(0);
        }
        if (node instanceof Node.Convolution convolution) {
            return convolution.weight().size()
                    + convolution.bias().map(bias -> bias.size()).orElse(0);
        }
        return 0;
    }

    static String describe(Node node) {
        if (node instanceof Node.Input input) {
            return "shape " + input.shape();
        }
        if (node instanceof Node.Output output) {
            return "shape " + output.shape();
        }
        if (node instanceof Node.Dense dense) {
            return "weight " + dense.weight().shape() + " from "
                    + dense.weight().range();
        }
        if (node instanceof Node.Convolution convolution) {
            return "weight " + convolution.weight().shape() + " from "
                    + convolution.weight().range() + ", stride " + convolution.stride() + ", padding "
                    + convolution.padding();
        }
        if (node instanceof Node.Pool pool) {
            return "kernel " + pool.kernel() + ", stride " + pool.stride();
        }
        if (node instanceof Node.Flatten flatten) {
            return "dimensions " + flatten.start() + " to " + flatten.end();
        }
        if (node instanceof Node.Neurons neurons) {
            String tau =
                    neurons.kind() == Node.Kind.LEAKY ? "tau " + neurons.tau().range() + ", " : "";
            return tau + "r " + neurons.r().range() + ", threshold "
                    + neurons.threshold().range() + ", reset "
                    + neurons.reset().map(reset -> "to " + reset.range()).orElse("not stored");
        }
        return "not supported: " + (node instanceof Node.Refused refused ? refused.reason() : node.type());
    }
}
