package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.Scratchpad;
import h2learn.host.Placement;
import h2learn.host.program.ProgramCheck;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.LayerShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds every program of a plan against the static checker before it runs: begin, two steps, inference and end, one behind
 * the other, where of the host's they have samples, labels and masters.
 */
final class PlanCheck {
    private final StepPlan plan;
    private final Set<Integer> sound = new HashSet<>();

    PlanCheck(StepPlan plan) {
        this.plan = plan;
    }

    /**
     * Checks the programs for so many samples, unless that was done before.
     *
     * @throws IllegalStateException with all that is wrong: the planner is at fault, not the user
     */
    void require(int samples) {
        if (!sound.add(samples)) {
            return;
        }
        Placement placement = plan.layout().placement();
        List<UpdateConstants> nothing =
                Collections.nCopies(placement.network().layers().size(), UpdateConstants.NOTHING);
        List<Command> programs = new ArrayList<>(plan.begin());
        programs.addAll(plan.step(samples, nothing));
        programs.addAll(plan.step(samples, nothing));
        programs.addAll(plan.infer(samples));
        programs.addAll(plan.end());
        List<String> problems = checker(plan).problems(programs);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "the programs of " + placement.network().name() + " on "
                            + placement.config().name() + " are wrong, which is a fault of the planner: "
                            + String.join("; ", problems));
        }
    }

    /** A checker that knows what the host writes: samples, labels and masters. */
    static ProgramCheck checker(StepPlan plan) {
        Placement placement = plan.layout().placement();
        ProgramCheck check = new ProgramCheck(placement.config(), plan.layout().bytes());
        given(check, plan.layout().input());
        given(check, plan.layout().labels());
        for (LayerShape shape : placement.network().shapes()) {
            if (shape.weighted()) {
                given(check, plan.layout().tensor(Scratchpad.MASTER, shape.index()));
            }
        }
        return check;
    }

    private static void given(ProgramCheck check, MemoryLayout.Region region) {
        check.input(region.address(), region.bytes());
    }
}
