package h2learn.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spiking network and how it is trained (DESIGN section 2). Immutable; read from YAML by {@code NetworkReader}.
 *
 * @param name lower-case identifier
 * @param description one sentence for people
 * @param input shape and number format of a sample
 * @param steps time steps T, at least 1
 * @param neuron parameters of the neurons of every layer that has none of its own
 * @param layers layer table, first to last
 * @param classes how output neurons form classes; count * neurons = outputs of the last layer
 * @param training minibatch, learning rate, initial weights
 */
public record Network(
        String name,
        String description,
        Input input,
        int steps,
        Neuron neuron,
        List<Layer> layers,
        Classes classes,
        Training training) {
    public Network {
        layers = List.copyOf(layers);
    }

    /**
     * A sample's values lie channels last: [y][x][channel], with one such image a step for SPIKES.
     *
     * @param channels values of a pixel
     * @param height of the image in pixels; 1 when there is no image
     * @param width of the image in pixels; 1 when there is no image
     * @param encoding how they reach the first layer
     * @param bits bit-planes of a value, 1..16; 1 when the encoding is SPIKES
     * @param fractionBits the value is integer / 2^fractionBits; 0 when the encoding is SPIKES
     * @param signed whether the top plane is negative (two's complement)
     */
    public record Input(
            int channels, int height, int width, Encoding encoding, int bits, int fractionBits, boolean signed) {
        /** Values without an image. */
        public Input(int channels, Encoding encoding, int bits, int fractionBits, boolean signed) {
            this(channels, 1, 1, encoding, bits, fractionBits, signed);
        }

        /** Values of a sample (and step). */
        public int values() {
            return channels * height * width;
        }
    }

    /** DIRECT: the values themselves, the same for every step. SPIKES: one bit a value and step. */
    public enum Encoding {
        DIRECT,
        SPIKES
    }

    /**
     * @param alpha leak, 0..1
     * @param theta firing threshold
     * @param window half-width a of the surrogate window
     * @param beta height of the surrogate
     * @param reset what a spike does to the potential
     * @param detachReset whether the gradient ignores that the reset depends on the spike
     * @param surrogate shape of the surrogate derivative within the window
     */
    public record Neuron(
            double alpha,
            double theta,
            double window,
            double beta,
            Reset reset,
            boolean detachReset,
            Surrogate surrogate) {
        /** With the hard reset, its gradient kept, and the rectangular surrogate. */
        public Neuron(double alpha, double theta, double window, double beta) {
            this(alpha, theta, window, beta, Reset.HARD, false, Surrogate.RECTANGLE);
        }
    }

    /** What is left of u after a spike, before the leak. HARD: 0. SOFT: u - theta. NONE: u. */
    public enum Reset {
        HARD,
        SOFT,
        NONE
    }

    /** RECTANGLE: beta in the whole window. TRIANGLE: beta at the threshold, falling linearly to 0 at the edges. */
    public enum Surrogate {
        RECTANGLE,
        TRIANGLE
    }

    /** An entry of the layer table; {@link LayerShape} derives what it reads and writes. */
    public sealed interface Layer permits Weighted, Pool {
        /** The layer's type in YAML and in messages. */
        String type();
    }

    /** A layer of neurons, each with weights. */
    public sealed interface Weighted extends Layer permits Dense, Conv2d {
        /** Neurons of a dense layer, output channels of a convolution. */
        int outputs();

        /** Whether each output has a bias. */
        boolean bias();

        /** gu and ds of this layer are integers / 2^gradientExponent, 0..40. */
        int gradientExponent();

        /** The layer's own neurons; absent when they are the network's. */
        @Nullable
        Neuron neuron();
    }

    /**
     * Every neuron reads every value of the layer below: an image is flattened as it lies, channels last.
     *
     * @param outputs neurons
     * @param bias whether each neuron has a bias
     * @param gradientExponent gu and ds of this layer are integers / 2^gradientExponent, 0..40
     * @param neuron the layer's own neurons; absent when they are the network's
     */
    public record Dense(int outputs, boolean bias, int gradientExponent, @Nullable Neuron neuron) implements Weighted {
        /** With the network's neurons. */
        public Dense(int outputs, boolean bias, int gradientExponent) {
            this(outputs, bias, gradientExponent, null);
        }

        @Override
        public String type() {
            return "dense";
        }
    }

    /**
     * A two-dimensional convolution (a cross-correlation: the kernel is not mirrored).
     *
     * @param outputs output channels
     * @param kernel height and width of the kernel, 1..7
     * @param stride distance of neighbouring output points, 1..4
     * @param padding zeros around the image, 0..kernel - 1
     * @param bias whether each output channel has a bias
     * @param gradientExponent gu and ds of this layer are integers / 2^gradientExponent, 0..40
     * @param neuron the layer's own neurons; absent when they are the network's
     */
    public record Conv2d(
            int outputs,
            int kernel,
            int stride,
            int padding,
            boolean bias,
            int gradientExponent,
            @Nullable Neuron neuron)
            implements Weighted {
        /** With the network's neurons. */
        public Conv2d(int outputs, int kernel, int stride, int padding, boolean bias, int gradientExponent) {
            this(outputs, kernel, stride, padding, bias, gradientExponent, null);
        }

        @Override
        public String type() {
            return "conv2d";
        }
    }

    /**
     * Pooling of the spikes of the layer below, channel by channel, without padding: rows and columns at the far edges
     * that fill no square are left out.
     *
     * @param reduction what becomes of the spikes of a square
     * @param kernel side of the square, 2 or 3
     * @param stride distance of neighbouring squares, 1..4
     */
    public record Pool(Reduction reduction, int kernel, int stride) implements Layer {
        @Override
        public String type() {
            return reduction == Reduction.AVERAGE ? "average-pool" : "max-pool";
        }
    }

    /** AVERAGE: the number of spikes, its scale a power of two. MAX: whether there is a spike. */
    public enum Reduction {
        AVERAGE,
        MAX
    }

    /**
     * Output neuron o belongs to class o / neurons.
     *
     * @param count classes
     * @param neurons output neurons a class, summed by the loss
     */
    public record Classes(int count, int neurons) {}

    /**
     * @param minibatch samples an update
     * @param epochs default number of passes over the data
     * @param learningRate applied to the minibatch's mean gradient
     * @param learningRateDecay factor after each epoch, 0..1
     * @param initialGain initial weights are uniform in +-gain / sqrt(inputs)
     * @param momentum share of the last update's direction that is kept, 0 to below 1
     * @param weightDecay added to each weight's mean gradient times the weight; biases do not decay
     * @param rounding of the update of the integer model
     * @param roundingSeed seed of the stochastic rounding
     * @param loss what is minimised
     */
    public record Training(
            int minibatch,
            int epochs,
            double learningRate,
            double learningRateDecay,
            double initialGain,
            double momentum,
            double weightDecay,
            UpdateRounding rounding,
            int roundingSeed,
            Loss loss) {
        /** Without momentum and weight decay, rounding to nearest, mean squared error. */
        public Training(int minibatch, int epochs, double learningRate, double learningRateDecay, double initialGain) {
            this(
                    minibatch,
                    epochs,
                    learningRate,
                    learningRateDecay,
                    initialGain,
                    0,
                    0,
                    UpdateRounding.NEAREST,
                    0,
                    Loss.MSE);
        }
    }

    /** How UPDATE rounds what it subtracts from the master copy. */
    public enum UpdateRounding {
        NEAREST,
        STOCHASTIC
    }

    /** MSE: mean squared error of the firing rate. EXTERNAL: the host gives ds of the last layer. */
    public enum Loss {
        MSE,
        EXTERNAL
    }

    /** Shapes of all layers, first to last: the only place that derives them. */
    public List<LayerShape> shapes() {
        return LayerShape.of(this);
    }

    /** The neurons of a layer: its own, or the network's. */
    public Neuron neuron(int layer) {
        return layers.get(layer) instanceof Weighted weighted && weighted.neuron() != null ? weighted.neuron() : neuron;
    }

    /** Output neurons of the last layer. */
    public int outputs() {
        return shapes().get(layers.size() - 1).outputs();
    }
}
