package h2learn.cosim.cases;

import h2learn.cosim.build.Trace;
import h2learn.cosim.lockstep.LockStepListener;
import h2learn.cosim.simulation.Model;

/** Looks at a run of a case without changing it. */
public interface CaseProbe {
    /** Looks at nothing. */
    CaseProbe NONE = new CaseProbe() {};

    /** The wave format to build into the model. */
    default Trace trace() {
        return Trace.NONE;
    }

    /** Who listens to the comparison. */
    default LockStepListener listener() {
        return LockStepListener.NONE;
    }

    /** The model is open and no cycle has run yet. */
    default void opened(Model model) {}

    /** The run ends with a failure, the model still being open. */
    default void failed(Model model, RuntimeException failure) {}
}
