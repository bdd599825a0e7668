package h2learn.cosim.cases;

import static h2learn.cosim.cases.NetworkDimensions.ALPHA;
import static h2learn.cosim.cases.NetworkDimensions.DETACH;
import static h2learn.cosim.cases.NetworkDimensions.ENCODING;
import static h2learn.cosim.cases.NetworkDimensions.INPUT_BITS;
import static h2learn.cosim.cases.NetworkDimensions.KERNEL;
import static h2learn.cosim.cases.NetworkDimensions.LAYERS;
import static h2learn.cosim.cases.NetworkDimensions.MOMENTUM;
import static h2learn.cosim.cases.NetworkDimensions.OWN_NEURONS;
import static h2learn.cosim.cases.NetworkDimensions.PADDING;
import static h2learn.cosim.cases.NetworkDimensions.RESET;
import static h2learn.cosim.cases.NetworkDimensions.ROUNDING;
import static h2learn.cosim.cases.NetworkDimensions.SHAPE;
import static h2learn.cosim.cases.NetworkDimensions.SIGNED;
import static h2learn.cosim.cases.NetworkDimensions.STEPS;
import static h2learn.cosim.cases.NetworkDimensions.STRIDE;
import static h2learn.cosim.cases.NetworkDimensions.SURROGATE;
import static h2learn.cosim.cases.NetworkDimensions.WEIGHT_DECAY;
import static h2learn.cosim.cases.NetworkDimensions.WIDTH;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.cosim.cases.Draw.DeadEnd;
import h2learn.cosim.cases.NetworkDimensions.Alpha;
import h2learn.cosim.cases.NetworkDimensions.Shape;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws networks: first the dimensions, then, as often as it takes to find one that is legal and fits, all that has no
 * name.
 */
final class NetworkDraw {
    private static final int LARGEST_IMAGE = 9;
    private static final int LARGEST_CHANNELS = 6;
    private static final int LARGEST_SHIFT = 8;

    private final AcceleratorConfig config;
    private final Draw draw;

    NetworkDraw(AcceleratorConfig config, Draw draw) {
        this.config = config;
        this.draw = draw;
    }

    void dimensions() throws DeadEnd {
        draw.pick(SHAPE);
        draw.pick(LAYERS);
        draw.pick(WIDTH);
        if (draw.get(SHAPE) != Shape.DENSE) {
            draw.pick(KERNEL);
            draw.pick(STRIDE);
            draw.pick(PADDING);
        }
        draw.pick(ENCODING);
        draw.pick(INPUT_BITS);
        draw.pick(SIGNED);
        draw.pick(STEPS);
        draw.pick(RESET);
        draw.pick(DETACH);
        draw.pick(SURROGATE);
        draw.pick(ALPHA);
        draw.pick(OWN_NEURONS);
        draw.pick(MOMENTUM);
        draw.pick(WEIGHT_DECAY);
        draw.pick(ROUNDING);
    }

    /**
     * A network of the chosen dimensions.
     *
     * @param samples of a minibatch, at least
     * @throws DeadEnd when what was drawn makes no network
     */
    Network network(String name, int samples) throws DeadEnd {
        List<Layer> layers = new ArrayList<>();
        Input input = draw.get(SHAPE) == Shape.DENSE ? dense(layers) : convolutions(layers);
        Classes classes = new Classes(draw.between(2, 6), draw.between(1, 4));
        layers.add(dense(classes.count() * classes.neurons()));
        return new Network(name, "drawn by seed", input, steps(), neuron(), layers, classes, training(samples));
    }

    private int steps() {
        Range steps = draw.get(STEPS);
        return draw.between(steps.low(), Math.min(steps.high(), config.limits().steps()));
    }

    private Input dense(List<Layer> layers) {
        int hidden = draw.get(LAYERS) - 1;
        int widest = draw.between(0, hidden);
        Range width = draw.get(WIDTH);
        int inputs = widest == 0 ? draw.within(width) : draw.between(1, width.high());
        for (int layer = 1; layer <= hidden; layer++) {
            layers.add(dense(widest == layer ? draw.within(width) : draw.between(1, width.high())));
        }
        return input(inputs, 1, 1);
    }

    private Input convolutions(List<Layer> layers) throws DeadEnd {
        int kernel = draw.within(draw.get(KERNEL));
        int padding =
                switch (draw.get(PADDING)) {
                    case NONE -> 0;
                    case SOME -> draw.between(1, kernel - 1);
                    case WIDEST -> kernel - 1;
                };
        Shape shape = draw.get(SHAPE);
        int square = shape.averages() && config.limits().inputPlanes() <= 3 ? 2 : draw.between(2, 3);
        // with pools the first convolution's output holds a square, and what is left of it room for another
        int output = shape.pools() ? square + (shape == Shape.BOTH_POOLS ? 2 : 0) : 1;
        int least = Math.max(1, (output - 1) * draw.get(STRIDE) + kernel - 2 * padding);
        int height = draw.between(least, Math.max(least, LARGEST_IMAGE));
        int width = draw.between(least, Math.max(least, LARGEST_IMAGE));
        Input input = input(draw.between(1, LARGEST_CHANNELS), height, width);
        int count = draw.between(shape.convolutions(), draw.get(LAYERS) - 1);
        int widest = draw.between(1, count);
        boolean average = false;
        boolean max = false;
        for (int index = 1; index <= count; index++) {
            int stride = index == 1 ? draw.get(STRIDE) : draw.between(1, 2);
            if (index > 1) {
                kernel = draw.between(1, Math.min(3, Math.min(height, width) + 1));
                padding = draw.between(kernel > Math.min(height, width) ? 1 : 0, Math.max(0, kernel - 1));
            }
            Range channels = draw.get(WIDTH);
            int outputs = index == widest ? draw.within(channels) : draw.between(1, Math.min(20, channels.high()));
            layers.add(new Conv2d(outputs, kernel, stride, padding, draw.oneIn(2), exponent(), own()));
            height = (height + 2 * padding - kernel) / stride + 1;
            width = (width + 2 * padding - kernel) / stride + 1;
            Reduction reduction = reduction(index, average);
            if (reduction != null) {
                int step = draw.between(1, shape == Shape.BOTH_POOLS ? 2 : 4);
                square = index == 1 ? square : 2;
                if (Math.min(height, width) >= square) {
                    layers.add(new Pool(reduction, square, step));
                    height = (height - square) / step + 1;
                    width = (width - square) / step + 1;
                    average |= reduction == Reduction.AVERAGE;
                    max |= reduction == Reduction.MAX;
                }
            }
        }
        require(
                switch (shape) {
                    case AVERAGE_POOL -> average;
                    case MAX_POOL -> max;
                    case BOTH_POOLS -> average && max;
                    default -> true;
                },
                "an image is too small for its pool");
        for (int left = draw.get(LAYERS) - 1 - count; left > 0; left--) {
            layers.add(dense(draw.between(1, Math.min(40, draw.get(WIDTH).high()))));
        }
        return input;
    }

    private static void require(boolean met, String otherwise) throws DeadEnd {
        if (!met) {
            throw new DeadEnd(otherwise);
        }
    }

    /**
     * What lies above a convolution, counted from 1: something above the first, and above the second where both kinds of
     * pools are wanted.
     *
     * @param average whether there is an average pool already
     */
    private @Nullable Reduction reduction(int convolution, boolean average) {
        boolean leave = convolution > 1 && draw.oneIn(2);
        return switch (draw.get(SHAPE)) {
            case DENSE, CONVOLUTION -> null;
            case AVERAGE_POOL -> leave ? null : Reduction.AVERAGE;
            case MAX_POOL -> leave ? null : Reduction.MAX;
            case BOTH_POOLS -> {
                boolean other = convolution == 1 ? draw.oneIn(2) : !average;
                yield other ? Reduction.AVERAGE : Reduction.MAX;
            }
        };
    }

    private Input input(int channels, int height, int width) {
        Encoding encoding = draw.get(ENCODING);
        Range range = draw.get(INPUT_BITS);
        int bits =
                draw.between(range.low(), Math.min(range.high(), config.limits().inputPlanes()));
        int fraction = encoding == Encoding.DIRECT ? draw.between(0, bits) : 0;
        return new Input(channels, height, width, encoding, bits, fraction, draw.get(SIGNED));
    }

    private Dense dense(int outputs) {
        return new Dense(outputs, draw.oneIn(2), exponent(), own());
    }

    /** Of a layer's gradients. */
    private int exponent() {
        return draw.between(3, 12);
    }

    private @Nullable Neuron own() {
        if (!draw.get(OWN_NEURONS) || draw.oneIn(4)) {
            return null;
        }
        Options options = config.options();
        List<Reset> resets = new ArrayList<>(List.of(Reset.HARD));
        if (options.softReset()) {
            resets.add(Reset.SOFT);
        }
        if (options.noReset()) {
            resets.add(Reset.NONE);
        }
        return neuron(
                draw.oneIn(2) ? draw.get(ALPHA) : Alpha.POWER_OF_TWO,
                resets.get(draw.between(0, resets.size() - 1)),
                options.detachReset() && draw.oneIn(2),
                options.triangle() && draw.oneIn(2) ? Surrogate.TRIANGLE : Surrogate.RECTANGLE);
    }

    /** The network's; what it has, layers with neurons of their own may have otherwise. */
    private Neuron neuron() {
        return neuron(draw.get(ALPHA), draw.get(RESET), draw.get(DETACH), draw.get(SURROGATE));
    }

    private Neuron neuron(Alpha kind, Reset reset, boolean detach, Surrogate surrogate) {
        double alpha =
                switch (kind) {
                    case ZERO -> 0;
                    case POWER_OF_TWO -> Math.scalb(1.0, -draw.between(1, LARGEST_SHIFT));
                    case ONE -> 1;
                    case OTHER -> draw.fraction();
                };
        return new Neuron(
                alpha,
                draw.oneIn(8) ? 0 : draw.fraction() * 0.6,
                0.1 + draw.fraction() * 0.6,
                draw.oneIn(3) ? 1 : draw.fraction() * 1.9,
                reset,
                detach,
                surrogate);
    }

    private Training training(int samples) {
        boolean stochastic = draw.get(ROUNDING) == UpdateRounding.STOCHASTIC;
        return new Training(
                samples + draw.between(0, 3),
                1,
                0.1 + draw.fraction(),
                1,
                0.5 + draw.fraction() * 3,
                draw.get(MOMENTUM) ? 0.01 + draw.fraction() * 0.98 : 0,
                draw.get(WEIGHT_DECAY) ? 0.01 + draw.fraction() * 0.3 : 0,
                draw.get(ROUNDING),
                stochastic ? draw.between(0, Integer.MAX_VALUE - 1) : 0,
                Loss.MSE);
    }
}
