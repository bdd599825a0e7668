package h2learn.cosim.cases;

import h2learn.cosim.build.BuildFailedException;
import h2learn.cosim.build.Trace;
import h2learn.cosim.build.VerilatorBuild;

/** Builds the simulation of a case before it runs, for those who want to know the one's time from the other's. */
public final class CaseBuild {
    private CaseBuild() {}

    /** Afterwards {@link CaseRun} finds it; a build that fails is left to it, which makes a result of it. */
    public static void prepare(Case built) {
        try {
            CaseVerilog.library(built, VerilatorBuild.standard(), Trace.NONE);
        } catch (BuildFailedException leftToTheRun) {
            return;
        }
    }
}
