package h2learn.cosim.cases;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.config.ConfigCheck;
import h2learn.config.ConfigReader;
import java.util.List;
import java.util.Optional;

/** What accelerators differ in, in the order in which it is drawn. Small ones are likelier: they build in seconds. */
final class AcceleratorDimensions {
    private static final AcceleratorConfig SOUND = new ConfigReader().read("tiny");

    static final Dimension<Integer> LANES = Dimension.<Integer>named("lanes")
            .value(4, 12)
            .value(8, 7)
            .value(16, 3)
            .value(32, 1)
            .build();

    static final Dimension<Integer> LUT_INPUTS = numbers("LUT inputs", 2, 8)
            .refuse((earlier, inputs) -> inputs > earlier.get(LANES), "more than lanes")
            .build();

    /** The configs' own check says which numbers of ports are built. */
    static final Dimension<Integer> READ_PORTS = Dimension.<Integer>named("read ports")
            .value(1, 12)
            .value(2, 1)
            .refuse((earlier, ports) -> ofReadPorts(ports))
            .build();

    static final Dimension<Pe> PE = Dimension.<Pe>named("forward pe")
            .value(Pe.LUT, 4)
            .value(Pe.ADDER, 1)
            .build();

    static final Dimension<Integer> BACKWARD_LANES = Dimension.<Integer>named("backward lanes")
            .value(1, 2)
            .value(2, 2)
            .value(4, 3)
            .value(8, 2)
            .value(16, 1)
            .value(32, 1)
            .refuse((earlier, lanes) -> lanes > earlier.get(LANES), "more than lanes")
            .build();

    static final Dimension<Sparsity> SPARSITY = Dimension.<Sparsity>named("sparsity")
            .value(Sparsity.DUAL, 4)
            .value(Sparsity.INPUT, 2)
            .value(Sparsity.OUTPUT, 2)
            .value(Sparsity.NONE, 2)
            .build();

    static final Dimension<Range> WEIGHT_BITS = Dimension.<Range>named("weight bits")
            .value(new Range(4, 7), 3)
            .value(new Range(8, 8), 3)
            .value(new Range(9, 15), 3)
            .value(new Range(16, 16), 1)
            .build();

    /** The largest weight: just under 1, or up to 2, or more; with one fraction bit at least. */
    static final Dimension<Range> WEIGHT_INTEGER_BITS = Dimension.<Range>named("weight integer bits")
            .value(new Range(0, 0), 1)
            .value(new Range(1, 1), 2)
            .value(new Range(2, 5), 2)
            .build();

    /** Fraction bits of the masters beyond those of the weights. */
    static final Dimension<Range> MASTER_FRACTION = Dimension.<Range>named("master's further fraction bits")
            .value(new Range(0, 0), 1)
            .value(new Range(1, 8), 4)
            .value(new Range(9, 20), 1)
            .build();

    static final Dimension<Range> GRADIENT_BITS = Dimension.<Range>named("gradient bits")
            .value(new Range(8, 8), 2)
            .value(new Range(9, 15), 3)
            .value(new Range(16, 16), 1)
            .build();

    static final Dimension<Range> ACCUMULATOR_BITS = Dimension.<Range>named("accumulator bits")
            .value(new Range(24, 24), 1)
            .value(new Range(25, 31), 3)
            .value(new Range(32, 32), 2)
            .build();

    static final Dimension<Range> SAMPLE_LIMIT = Dimension.<Range>named("limit of samples")
            .value(new Range(1, 1), 1)
            .value(new Range(2, 6), 3)
            .value(new Range(7, 20), 2)
            .build();

    static final Dimension<Range> STEP_LIMIT = Dimension.<Range>named("limit of steps")
            .value(new Range(1, 3), 1)
            .value(new Range(4, 8), 3)
            .value(new Range(9, 16), 1)
            .build();

    static final Dimension<Integer> POINT_LIMIT = Dimension.<Integer>named("limit of points")
            .value(16, 1)
            .value(32, 1)
            .value(64, 2)
            .value(128, 1)
            .value(256, 1)
            .build();

    static final Dimension<Range> PLANE_LIMIT = Dimension.<Range>named("limit of input planes")
            .value(new Range(1, 1), 1)
            .value(new Range(2, 8), 4)
            .value(new Range(9, 16), 1)
            .build();

    /** How much of a network fits the scratchpads. */
    enum Scratchpads {
        SMALL,
        MEDIUM,
        LARGE
    }

    static final Dimension<Scratchpads> SCRATCHPADS = Dimension.<Scratchpads>named("scratchpads")
            .value(Scratchpads.SMALL, 2)
            .value(Scratchpads.MEDIUM, 2)
            .value(Scratchpads.LARGE, 1)
            .build();

    static final Dimension<Boolean> SOFT_RESET = option("option soft reset");
    static final Dimension<Boolean> NO_RESET = option("option no reset");
    static final Dimension<Boolean> DETACH_RESET = option("option detach reset");
    static final Dimension<Boolean> TRIANGLE = option("option triangle");
    static final Dimension<Leak> LEAK = Dimension.<Leak>named("leak")
            .value(Leak.MULTIPLIER, 2)
            .value(Leak.SHIFT, 1)
            .build();
    static final Dimension<Boolean> MOMENTUM = option("option momentum");
    static final Dimension<Boolean> WEIGHT_DECAY = option("option weight decay");
    static final Dimension<Boolean> STOCHASTIC_ROUNDING = option("option stochastic rounding");

    static final Dimension<Integer> BUS_BITS = Dimension.<Integer>named("bus data bits")
            .value(32, 1)
            .value(64, 2)
            .value(128, 1)
            .build();

    static final Dimension<Range> ADDRESS_BITS = Dimension.<Range>named("bus address bits")
            .value(new Range(32, 32), 3)
            .value(new Range(33, 63), 2)
            .value(new Range(64, 64), 1)
            .build();

    static final Dimension<Target> TARGET = Dimension.<Target>named("target")
            .value(Target.GENERIC, 2)
            .value(Target.XILINX, 1)
            .value(Target.ECP5, 1)
            .value(Target.ICE40, 1)
            .value(Target.ASIC, 1)
            .build();

    static final List<Dimension<?>> ALL = List.of(
            LANES,
            LUT_INPUTS,
            READ_PORTS,
            PE,
            BACKWARD_LANES,
            SPARSITY,
            WEIGHT_BITS,
            WEIGHT_INTEGER_BITS,
            MASTER_FRACTION,
            GRADIENT_BITS,
            ACCUMULATOR_BITS,
            SAMPLE_LIMIT,
            STEP_LIMIT,
            POINT_LIMIT,
            PLANE_LIMIT,
            SCRATCHPADS,
            SOFT_RESET,
            NO_RESET,
            DETACH_RESET,
            TRIANGLE,
            LEAK,
            MOMENTUM,
            WEIGHT_DECAY,
            STOCHASTIC_ROUNDING,
            BUS_BITS,
            ADDRESS_BITS,
            TARGET);

    private AcceleratorDimensions() {}

    private static Dimension.Builder<Integer> numbers(String name, int from, int to) {
        Dimension.Builder<Integer> builder = Dimension.named(name);
        for (int number = from; number <= to; number++) {
            builder.value(number, 1);
        }
        return builder;
    }

    private static Dimension<Boolean> option(String name) {
        return Dimension.<Boolean>named(name)
                .value("no", false, 1)
                .value("yes", true, 1)
                .build();
    }

    private static Optional<String> ofReadPorts(int ports) {
        AcceleratorConfig asked = new AcceleratorConfig(
                SOUND.name(),
                SOUND.description(),
                SOUND.lanes(),
                new Lut(SOUND.lut().inputs(), ports),
                SOUND.forward(),
                new Backward(SOUND.backward().lanes(), SOUND.backward().sparsity()),
                SOUND.formats(),
                SOUND.limits(),
                SOUND.memories(),
                SOUND.options(),
                SOUND.memoryBus(),
                SOUND.target());
        return ConfigCheck.problems(asked).stream().findFirst().map(problem -> Rejection.of(problem)
                .reason());
    }
}
