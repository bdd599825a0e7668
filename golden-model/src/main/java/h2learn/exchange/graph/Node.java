package h2learn.exchange.graph;

import java.util.List;
import java.util.Optional;

/** One node of a {@link Graph}. Shapes leave out the minibatch and the time. */
public sealed interface Node {
    /** What the graph reads. */
    record Input(List<Integer> shape) implements Node {
        public Input {
            shape = List.copyOf(shape);
        }
    }

    /** What the graph answers. */
    record Output(List<Integer> shape) implements Node {
        public Output {
            shape = List.copyOf(shape);
        }
    }

    /**
     * @param weight [out, in]
     * @param bias [out]
     */
    record Dense(Values weight, Optional<Values> bias) implements Node {}

    /**
     * @param inputShape [height, width], where the file says it
     * @param weight [out channels, in channels / groups, kernel height, kernel width]
     * @param stride [vertical, horizontal]
     * @param padding zeros on either side: [vertical, horizontal]
     * @param dilation [vertical, horizontal]
     * @param bias [out channels]
     */
    record Convolution(
            Optional<List<Integer>> inputShape,
            Values weight,
            List<Integer> stride,
            List<Integer> padding,
            List<Integer> dilation,
            int groups,
            Optional<Values> bias)
            implements Node {}

    /**
     * @param average whether the sum is divided by the kernel's size
     * @param kernel [height, width]
     * @param stride [vertical, horizontal]
     * @param padding zeros on either side: [vertical, horizontal]
     */
    record Pool(boolean average, List<Integer> kernel, List<Integer> stride, List<Integer> padding) implements Node {}

    /** Joins dimensions {@code start} to {@code end}; negative ones count from the last. */
    record Flatten(int start, int end) implements Node {}

    /**
     * Spiking neurons in continuous time. Each tensor holds one value, or one for each neuron. A neuron spikes when
     * v > threshold.
     *
     * @param kind which of the equations
     * @param tau LEAKY: seconds
     * @param r factor of the input; THRESHOLD: 1
     * @param leak LEAKY: potential at rest
     * @param threshold firing threshold
     * @param reset potential after a spike, where the file says it
     */
    record Neurons(Kind kind, Values tau, Values r, Values leak, Values threshold, Optional<Values> reset)
            implements Node {}

    /** LEAKY: tau v' = leak - v + r i. INTEGRATE: v' = r i. THRESHOLD: v = i. */
    enum Kind {
        LEAKY,
        INTEGRATE,
        THRESHOLD
    }

    /**
     * A node that cannot be used.
     *
     * @param type as the file calls it
     * @param reason a clause that ends a sentence
     */
    record Refused(String type, String reason) implements Node {}

    /** What people call it: {@code Conv2d}, {@code LIF}. */
    default String type() {
        if (this instanceof Neurons neurons) {
            return switch (neurons.kind()) {
                case LEAKY -> "LIF";
                case INTEGRATE -> "IF";
                case THRESHOLD -> "Threshold";
            };
        }
        if (this instanceof Pool pool) {
            return pool.average() ? "AvgPool2d" : "SumPool2d";
        }
        if (this instanceof Dense dense) {
            return dense.bias().isPresent() ? "Affine" : "Linear";
        }
        if (this instanceof Refused refused) {
            return refused.type();
        }
        return this instanceof Convolution ? "Conv2d" : getClass().getSimpleName();
    }
}
