package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import java.util.List;

/** Networks that between them use every kind of layer, input and border, and are done in some ten thousand cycles. */
final class SmallNetworks {
    private static final Neuron NEURON = new Neuron(0.5, 0.5, 0.25, 1);
    private static final Neuron LIVELY = new Neuron(0.5, 0.05, 0.4, 1);
    private static final Neuron CROOKED = new Neuron(0.25, 0.3, 0.45, 0.7);

    private SmallNetworks() {}

    /** Direct input; no width that four divides. */
    static Network dense() {
        Input input = new Input(21, Encoding.DIRECT, 8, 8, false);
        return of("dense", input, 4, NEURON, new Classes(5, 3), new Dense(13, true, 8), new Dense(15, false, 8));
    }

    /** Signed direct input of all bit-planes. */
    static Network signed(AcceleratorConfig config) {
        int bits = config.limits().inputPlanes();
        Input input = new Input(6, 3, 3, Encoding.DIRECT, bits, bits - 1, true);
        return of(
                "signed",
                input,
                3,
                CROOKED,
                new Classes(3, 1),
                new Conv2d(5, 2, 1, 0, true, 10),
                new Dense(3, true, 8));
    }

    /** Strides, kernels and borders. */
    static Network convolutions() {
        Input input = new Input(2, 5, 4, Encoding.SPIKES, 1, 0, false);
        return of(
                "convolutions",
                input,
                4,
                LIVELY,
                new Classes(3, 2),
                new Conv2d(5, 3, 2, 1, true, 9),
                new Conv2d(6, 2, 1, 1, false, 9),
                new Dense(6, true, 8));
    }

    /** A wide kernel over an image that is smaller in one direction. */
    static Network wideKernel() {
        Input input = new Input(3, 7, 2, Encoding.SPIKES, 1, 0, false);
        return of(
                "wide kernel",
                input,
                2,
                LIVELY,
                new Classes(2, 2),
                new Conv2d(9, 5, 3, 3, true, 10),
                new Dense(4, false, 9));
    }

    /**
     * A pool of each kind, of both sizes, below a convolution and below a dense layer.
     *
     * @param height of the image, 3 or more: the smaller, the more samples a command has
     * @param width of the image, 4 or more
     */
    static Network pools(int height, int width, Reduction first, Reduction second) {
        Input input = new Input(2, height, width, Encoding.SPIKES, 1, 0, false);
        return of(
                "pools " + first + " " + second,
                input,
                2,
                LIVELY,
                new Classes(3, 2),
                new Conv2d(6, 1, 1, 0, true, 11),
                new Pool(first, 3, 1),
                new Conv2d(5, 2, 1, 1, true, 11),
                new Pool(second, 2, 2),
                new Dense(6, false, 11));
    }

    /** Exponents of gradients that clip nearly every value. */
    static Network saturating() {
        Input input = new Input(6, Encoding.SPIKES, 1, 0, false);
        return of("saturating", input, 4, NEURON, new Classes(3, 1), new Dense(9, true, 16), new Dense(3, true, 16));
    }

    /** More inputs than the potential can hold the sum of. */
    static Network manyInputs() {
        Input input = new Input(300, Encoding.SPIKES, 1, 0, false);
        return of("many inputs", input, 2, NEURON, new Classes(2, 1), new Dense(2, false, 6));
    }

    /** A single layer of one neuron a channel, with a single input and step. */
    static Network single(int neurons) {
        Input input = new Input(1, Encoding.SPIKES, 1, 0, false);
        return of("single", input, 1, NEURON, new Classes(neurons, 1), new Dense(neurons, false, 6));
    }

    /** Four layers and as many steps as the limits allow. */
    static Network deep(AcceleratorConfig config) {
        Input input = new Input(9, Encoding.DIRECT, 4, 4, false);
        return of(
                "deep",
                input,
                config.limits().steps(),
                CROOKED,
                new Classes(2, 4),
                new Dense(17, true, 10),
                new Dense(6, true, 10),
                new Dense(10, false, 9),
                new Dense(8, true, 9));
    }

    /** An image of one row, as long as the limits of points allow behind the largest stride; wide kernels in both layers. */
    static Network longRows() {
        Input input = new Input(1, 1, 200, Encoding.SPIKES, 1, 0, false);
        return of(
                "long rows",
                input,
                1,
                LIVELY,
                new Classes(2, 1),
                new Conv2d(2, 7, 4, 3, true, 9),
                new Conv2d(2, 5, 1, 2, true, 9),
                new Dense(2, true, 9));
    }

    /** An image of one column, with a stride that leaves few of its rows. */
    static Network tallColumns() {
        Input input = new Input(1, 200, 1, Encoding.SPIKES, 1, 0, false);
        return of(
                "tall columns",
                input,
                1,
                LIVELY,
                new Classes(2, 1),
                new Conv2d(2, 5, 4, 2, true, 9),
                new Conv2d(2, 7, 3, 3, true, 9),
                new Dense(2, true, 9));
    }

    /** Many blocks of channels below and above, many classes. */
    static Network manyClasses() {
        Input input = new Input(20, Encoding.SPIKES, 1, 0, false);
        return of(
                "many classes",
                input,
                1,
                LIVELY,
                new Classes(100, 1),
                new Dense(25, true, 9),
                new Dense(100, false, 9));
    }

    /** Many neurons a class, a power of two as the steps are. */
    static Network populations() {
        Input input = new Input(8, Encoding.SPIKES, 1, 0, false);
        return of("populations", input, 8, LIVELY, new Classes(3, 32), new Dense(96, false, 9));
    }

    private static Network of(String name, Input input, int steps, Neuron neuron, Classes classes, Layer... layers) {
        return new Network(
                name, "made by hand", input, steps, neuron, List.of(layers), classes, new Training(8, 1, 0.5, 1, 2));
    }
}
