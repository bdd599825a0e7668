package h2learn.cosim.cases;

import h2learn.cosim.cases.Case.Check;
import h2learn.cosim.cases.Case.Plan;
import h2learn.cosim.cases.Case.Timing;
import java.util.List;

/** How a network is brought to an accelerator and compared, in the order in which it is drawn. Drawn before the network. */
final class RunDimensions {
    static final Dimension<Plan> PLAN = Dimension.<Plan>named("plan")
            .value(Plan.SCRATCHPADS, 3)
            .value(Plan.PIPELINED, 3)
            .value(Plan.TILED, 4)
            .build();

    static final Dimension<Check> CHECK = Dimension.<Check>named("check")
            .value(Check.EACH_COMMAND, 1)
            .value(Check.EACH_PROGRAM, 3)
            .refuse(
                    (earlier, check) -> check == Check.EACH_PROGRAM && earlier.get(PLAN) == Plan.SCRATCHPADS,
                    "without external memory there are no programs")
            .build();

    static final Dimension<Timing> TIMING = Dimension.<Timing>named("bus timing")
            .value(Timing.FAST, 1)
            .value(Timing.RANDOM, 4)
            .value(Timing.SLOW, 1)
            .build();

    static final Dimension<Range> SAMPLES = Dimension.<Range>named("samples")
            .value(new Range(1, 1), 1)
            .value(new Range(2, 4), 3)
            .value(new Range(5, 12), 2)
            .build();

    static final Dimension<Integer> UPDATES = Dimension.<Integer>named("updates")
            .value(1, 3)
            .value(2, 2)
            .value(3, 1)
            .build();

    static final List<Dimension<?>> ALL = List.of(PLAN, CHECK, TIMING, SAMPLES, UPDATES);

    private RunDimensions() {}
}
