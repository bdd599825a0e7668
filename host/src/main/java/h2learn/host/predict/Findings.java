package h2learn.host.predict;

import h2learn.contract.Command;

/** What a command meets in its data, where that decides how long it takes. */
public interface Findings {
    /** Of BACKWARD: which gu of the command's layer are not zero; of WEIGHT_GRADIENT too, unless the input is static. */
    NonZero gradient(Command command);

    /** Of WEIGHT_GRADIENT with a static input: which sums of gu over time are not zero, all in step 0. */
    NonZero gradientSum(Command command);

    /** Of BACKWARD: which windows of the layer below are open. */
    NonZero window(Command command);
}
