package h2learn.network;

import java.util.List;

/**
 * A spiking network and how it is trained (DESIGN section 2). Immutable; read from YAML by {@code NetworkReader}.
 *
 * @param name lower-case identifier
 * @param description one sentence for people
 * @param input shape and number format of a sample
 * @param steps time steps T, at least 1
 * @param neuron parameters of every layer's neurons
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
     * @param channels values of a sample (and step)
     * @param encoding how they reach the first layer
     * @param bits bit-planes of a value, 1..16; 1 when the encoding is SPIKES
     * @param fractionBits the value is integer / 2^fractionBits; 0 when the encoding is SPIKES
     * @param signed whether the top plane is negative (two's complement)
     */
    public record Input(int channels, Encoding encoding, int bits, int fractionBits, boolean signed) {}

    /** DIRECT: the values themselves, the same for every step. SPIKES: one bit a channel and step. */
    public enum Encoding {
        DIRECT,
        SPIKES
    }

    /**
     * @param alpha leak, 0..1
     * @param theta firing threshold
     * @param window half-width a of the surrogate window
     * @param beta height of the surrogate
     */
    public record Neuron(double alpha, double theta, double window, double beta) {}

    /**
     * A dense layer.
     *
     * @param outputs neurons
     * @param bias whether each neuron has a bias
     * @param gradientExponent gu and ds of this layer are integers / 2^gradientExponent, 0..40
     */
    public record Layer(int outputs, boolean bias, int gradientExponent) {}

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
     */
    public record Training(
            int minibatch, int epochs, double learningRate, double learningRateDecay, double initialGain) {}

    /** Shapes of all layers, first to last: the only place that derives them. */
    public List<LayerShape> shapes() {
        return LayerShape.of(this);
    }

    /** Output neurons of the last layer. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }
}
