package h2learn.cosim.cases;

import static h2learn.cosim.cases.AcceleratorDimensions.LEAK;

import h2learn.config.AcceleratorConfig.Leak;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.UpdateRounding;
import java.util.List;

/** What networks differ in, in the order in which it is drawn. Drawn after an accelerator's dimensions. */
final class NetworkDimensions {
    /** Of a number of spikes, 0 to 4. */
    private static final int LEAST_AVERAGE_BITS = 3;

    /** What the layers below the dense ones are. */
    enum Shape {
        DENSE,
        CONVOLUTION,
        AVERAGE_POOL,
        MAX_POOL,
        BOTH_POOLS;

        boolean pools() {
            return this == MAX_POOL || averages();
        }

        /** At least. */
        int convolutions() {
            return switch (this) {
                case DENSE -> 0;
                case CONVOLUTION, AVERAGE_POOL, MAX_POOL -> 1;
                case BOTH_POOLS -> 2;
            };
        }

        boolean averages() {
            return this == AVERAGE_POOL || this == BOTH_POOLS;
        }
    }

    static final Dimension<Shape> SHAPE = Dimension.<Shape>named("network shape")
            .value(Shape.DENSE, 4)
            .value(Shape.CONVOLUTION, 4)
            .value(Shape.AVERAGE_POOL, 3)
            .value(Shape.MAX_POOL, 2)
            .value(Shape.BOTH_POOLS, 3)
            .refuse(
                    (earlier, shape) ->
                            shape.averages() && earlier.number(AcceleratorDimensions.PLANE_LIMIT) < LEAST_AVERAGE_BITS,
                    "sums of 2 x 2 spikes have more bits than the accelerator's limit of input planes")
            .build();

    /** Layers of neurons; the last is dense. */
    static final Dimension<Integer> LAYERS = Dimension.<Integer>named("weighted layers")
            .value(1, 1)
            .value(2, 3)
            .value(3, 2)
            .value(4, 1)
            .where((earlier, layers) -> layers > earlier.get(SHAPE).convolutions())
            .build();

    /** Neurons of the widest dense layer but the last, or channels of the widest convolution. */
    static final Dimension<Range> WIDTH = Dimension.<Range>named("width")
            .value(new Range(1, 3), 1)
            .value(new Range(4, 20), 4)
            .value(new Range(21, 80), 2)
            .value(new Range(81, 200), 1)
            .build();

    /** Of the first convolution. */
    static final Dimension<Range> KERNEL = Dimension.<Range>named("kernel")
            .value(new Range(1, 1), 1)
            .value(new Range(2, 3), 4)
            .value(new Range(4, 6), 2)
            .value(new Range(7, 7), 1)
            .build();

    /** Of the first convolution. */
    static final Dimension<Integer> STRIDE = Dimension.<Integer>named("stride")
            .value(1, 3)
            .value(2, 2)
            .value(3, 1)
            .value(4, 1)
            .build();

    /** Of the first convolution. */
    enum Padding {
        NONE,
        SOME,
        /** One less than the kernel. */
        WIDEST
    }

    static final Dimension<Padding> PADDING = Dimension.<Padding>named("padding")
            .value(Padding.NONE, 2)
            .value(Padding.SOME, 2)
            .value(Padding.WIDEST, 1)
            .refuse(
                    (earlier, padding) ->
                            padding != Padding.NONE && earlier.get(KERNEL).high() == 1,
                    "a kernel of 1 takes none")
            .build();

    static final Dimension<Encoding> ENCODING = Dimension.<Encoding>named("encoding")
            .value(Encoding.DIRECT, 2)
            .value(Encoding.SPIKES, 1)
            .build();

    static final Dimension<Range> INPUT_BITS = Dimension.<Range>named("input bits")
            .value(new Range(1, 1), 1)
            .value(new Range(2, 8), 4)
            .value(new Range(9, 16), 2)
            .where((earlier, bits) -> earlier.get(ENCODING) == Encoding.DIRECT || bits.high() == 1)
            .refuse(
                    (earlier, bits) -> bits.low() > earlier.number(AcceleratorDimensions.PLANE_LIMIT),
                    "more than the accelerator's limit of input planes")
            .build();

    static final Dimension<Boolean> SIGNED = Dimension.<Boolean>named("input signed")
            .value("no", false, 1)
            .value("yes", true, 1)
            .where((earlier, signed) -> !signed || earlier.get(INPUT_BITS).low() > 1)
            .build();

    static final Dimension<Range> STEPS = Dimension.<Range>named("time steps")
            .value(new Range(1, 1), 1)
            .value(new Range(2, 4), 4)
            .value(new Range(5, 8), 2)
            .value(new Range(9, 16), 1)
            .refuse(
                    (earlier, steps) -> steps.low() > earlier.number(AcceleratorDimensions.STEP_LIMIT),
                    "more than the accelerator's limit of steps")
            .build();

    static final Dimension<Reset> RESET = Dimension.<Reset>named("reset")
            .value(Reset.HARD, 2)
            .value(Reset.SOFT, 2)
            .value(Reset.NONE, 1)
            .refuse(
                    (earlier, reset) -> reset == Reset.SOFT && !earlier.get(AcceleratorDimensions.SOFT_RESET),
                    "the accelerator is without this option")
            .refuse(
                    (earlier, reset) -> reset == Reset.NONE && !earlier.get(AcceleratorDimensions.NO_RESET),
                    "the accelerator is without this option")
            .build();

    static final Dimension<Boolean> DETACH = yesOrNo("detach reset")
            .refuse(
                    (earlier, detach) -> detach && !earlier.get(AcceleratorDimensions.DETACH_RESET),
                    "the accelerator is without this option")
            .build();

    static final Dimension<Surrogate> SURROGATE = Dimension.<Surrogate>named("surrogate")
            .value(Surrogate.RECTANGLE, 1)
            .value(Surrogate.TRIANGLE, 1)
            .refuse(
                    (earlier, surrogate) ->
                            surrogate == Surrogate.TRIANGLE && !earlier.get(AcceleratorDimensions.TRIANGLE),
                    "the accelerator is without this option")
            .build();

    /** The leak. */
    enum Alpha {
        ZERO,
        POWER_OF_TWO,
        ONE,
        OTHER
    }

    static final Dimension<Alpha> ALPHA = Dimension.<Alpha>named("alpha")
            .value(Alpha.ZERO, 1)
            .value(Alpha.POWER_OF_TWO, 3)
            .value(Alpha.ONE, 1)
            .value(Alpha.OTHER, 2)
            .refuse(
                    (earlier, alpha) ->
                            earlier.get(LEAK) == Leak.SHIFT && (alpha == Alpha.ZERO || alpha == Alpha.OTHER),
                    "the accelerator's leak is a shift")
            .build();

    /** Whether layers have neurons of their own. */
    static final Dimension<Boolean> OWN_NEURONS =
            yesOrNo("neurons of a layer's own").build();

    static final Dimension<Boolean> MOMENTUM = yesOrNo("momentum")
            .refuse(
                    (earlier, momentum) -> momentum && !earlier.get(AcceleratorDimensions.MOMENTUM),
                    "the accelerator is without this option")
            .build();

    static final Dimension<Boolean> WEIGHT_DECAY = yesOrNo("weight decay")
            .refuse(
                    (earlier, decay) -> decay && !earlier.get(AcceleratorDimensions.WEIGHT_DECAY),
                    "the accelerator is without this option")
            .build();

    static final Dimension<UpdateRounding> ROUNDING = Dimension.<UpdateRounding>named("update rounding")
            .value(UpdateRounding.NEAREST, 1)
            .value(UpdateRounding.STOCHASTIC, 1)
            .refuse(
                    (earlier, rounding) -> rounding == UpdateRounding.STOCHASTIC
                            && !earlier.get(AcceleratorDimensions.STOCHASTIC_ROUNDING),
                    "the accelerator is without this option")
            .build();

    static final List<Dimension<?>> ALL = List.of(
            SHAPE,
            LAYERS,
            WIDTH,
            KERNEL,
            STRIDE,
            PADDING,
            ENCODING,
            INPUT_BITS,
            SIGNED,
            STEPS,
            RESET,
            DETACH,
            SURROGATE,
            ALPHA,
            OWN_NEURONS,
            MOMENTUM,
            WEIGHT_DECAY,
            ROUNDING);

    private NetworkDimensions() {}

    private static Dimension.Builder<Boolean> yesOrNo(String name) {
        return Dimension.<Boolean>named(name).value("no", false, 1).value("yes", true, 1);
    }
}
