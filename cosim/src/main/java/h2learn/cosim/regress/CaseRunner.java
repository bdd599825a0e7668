package h2learn.cosim.regress;

import h2learn.cosim.cases.DrawnCase;

/** Runs one case in this process. */
interface CaseRunner {
    /** Makes the case's simulation; what takes long here is not the case's own time. */
    void build(DrawnCase drawn);

    /** What became of the case. An exception is a fault of this program. */
    Messages.Done run(DrawnCase drawn);
}
