package h2learn.cosim.cases;

import static h2learn.cosim.cases.AcceleratorDimensions.ACCUMULATOR_BITS;
import static h2learn.cosim.cases.AcceleratorDimensions.ADDRESS_BITS;
import static h2learn.cosim.cases.AcceleratorDimensions.BACKWARD_LANES;
import static h2learn.cosim.cases.AcceleratorDimensions.BUS_BITS;
import static h2learn.cosim.cases.AcceleratorDimensions.DETACH_RESET;
import static h2learn.cosim.cases.AcceleratorDimensions.GRADIENT_BITS;
import static h2learn.cosim.cases.AcceleratorDimensions.LANES;
import static h2learn.cosim.cases.AcceleratorDimensions.LEAK;
import static h2learn.cosim.cases.AcceleratorDimensions.LUT_INPUTS;
import static h2learn.cosim.cases.AcceleratorDimensions.MASTER_FRACTION;
import static h2learn.cosim.cases.AcceleratorDimensions.MOMENTUM;
import static h2learn.cosim.cases.AcceleratorDimensions.NO_RESET;
import static h2learn.cosim.cases.AcceleratorDimensions.PE;
import static h2learn.cosim.cases.AcceleratorDimensions.PLANE_LIMIT;
import static h2learn.cosim.cases.AcceleratorDimensions.POINT_LIMIT;
import static h2learn.cosim.cases.AcceleratorDimensions.READ_PORTS;
import static h2learn.cosim.cases.AcceleratorDimensions.SAMPLE_LIMIT;
import static h2learn.cosim.cases.AcceleratorDimensions.SCRATCHPADS;
import static h2learn.cosim.cases.AcceleratorDimensions.SOFT_RESET;
import static h2learn.cosim.cases.AcceleratorDimensions.SPARSITY;
import static h2learn.cosim.cases.AcceleratorDimensions.STEP_LIMIT;
import static h2learn.cosim.cases.AcceleratorDimensions.STOCHASTIC_ROUNDING;
import static h2learn.cosim.cases.AcceleratorDimensions.TARGET;
import static h2learn.cosim.cases.AcceleratorDimensions.TRIANGLE;
import static h2learn.cosim.cases.AcceleratorDimensions.WEIGHT_BITS;
import static h2learn.cosim.cases.AcceleratorDimensions.WEIGHT_DECAY;
import static h2learn.cosim.cases.AcceleratorDimensions.WEIGHT_INTEGER_BITS;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.ConfigCheck;
import h2learn.cosim.cases.Draw.DeadEnd;
import java.util.List;

/** Draws a legal accelerator. */
final class AcceleratorDraw {
    private static final int ATTEMPTS = 1000;
    private static final int MASTER_BITS = 16;
    private static final int POTENTIAL_BITS = 16;
    private static final int MOST_WEIGHT_FRACTION = 15;
    private static final int MOST_MASTER_FRACTION = 24;

    private final Draw draw;

    private AcceleratorDraw(Draw draw) {
        this.draw = draw;
    }

    /** The choices are left in {@code draw}. */
    static AcceleratorConfig of(String name, Draw draw) {
        AcceleratorDraw accelerator = new AcceleratorDraw(draw);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            draw.clear();
            try {
                AcceleratorConfig config = accelerator.draw(name);
                List<String> problems = ConfigCheck.problems(config);
                if (problems.isEmpty()) {
                    return config;
                }
                problems.forEach(problem -> draw.reject(Rejection.of(problem)));
            } catch (DeadEnd end) {
                draw.reject(Rejection.of(String.valueOf(end.getMessage())));
            }
        }
        throw new IllegalStateException("no legal accelerator was drawn in " + ATTEMPTS + " attempts");
    }

    private AcceleratorConfig draw(String name) throws DeadEnd {
        int lanes = draw.pick(LANES);
        return new AcceleratorConfig(
                name,
                "drawn by seed",
                lanes,
                new Lut(draw.pick(LUT_INPUTS), draw.pick(READ_PORTS)),
                new Forward(draw.pick(PE)),
                new Backward(draw.pick(BACKWARD_LANES), draw.pick(SPARSITY)),
                formats(),
                new Limits(
                        draw.within(SAMPLE_LIMIT),
                        draw.within(STEP_LIMIT),
                        draw.pick(POINT_LIMIT),
                        draw.within(PLANE_LIMIT)),
                memories(lanes),
                new Options(
                        draw.pick(SOFT_RESET),
                        draw.pick(NO_RESET),
                        draw.pick(DETACH_RESET),
                        draw.pick(TRIANGLE),
                        draw.pick(LEAK),
                        draw.pick(MOMENTUM),
                        draw.pick(WEIGHT_DECAY),
                        draw.pick(STOCHASTIC_ROUNDING)),
                new MemoryBus(draw.pick(BUS_BITS), draw.within(ADDRESS_BITS)),
                draw.pick(TARGET));
    }

    private Formats formats() throws DeadEnd {
        int weightBits = draw.within(WEIGHT_BITS);
        int weightFraction = Math.min(MOST_WEIGHT_FRACTION, Math.max(1, weightBits - draw.within(WEIGHT_INTEGER_BITS)));
        int masterFraction = Math.min(MOST_MASTER_FRACTION, weightFraction + draw.within(MASTER_FRACTION));
        return new Formats(
                weightBits,
                weightFraction,
                MASTER_BITS,
                masterFraction,
                POTENTIAL_BITS,
                draw.within(GRADIENT_BITS),
                draw.within(ACCUMULATOR_BITS));
    }

    /** Of wide accelerators fewer weight blocks, whose size grows with the square of the lanes. */
    private Memories memories(int lanes) throws DeadEnd {
        int wide = Integer.numberOfTrailingZeros(lanes) - 2;
        return switch (draw.pick(SCRATCHPADS)) {
            case SMALL -> new Memories(power(5, 8), power(8, 11), power(7, 10), power(5, 8));
            case MEDIUM -> new Memories(power(8, 10) >> (wide / 2), power(11, 12), power(10, 11), power(8, 9));
            case LARGE -> new Memories(power(10, 12) >> wide, power(12, 14), power(11, 12), power(9, 10));
        };
    }

    private int power(int low, int high) {
        return 1 << draw.between(low, high);
    }
}
