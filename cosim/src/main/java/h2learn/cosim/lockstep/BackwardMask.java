package h2learn.cosim.lockstep;

import h2learn.host.LayerGeometry;
import h2learn.model.fixed.LayerTrace;

/** Which values of ds BACKWARD writes: the others are whatever they were, and nobody reads them. */
final class BackwardMask {
    private BackwardMask() {}

    /** -1 for each element of ds that is written and used, 0 for the others, as [t][output]. */
    static int[] of(LayerTrace above, LayerTrace below, LayerGeometry geometry, boolean skipsPoints) {
        int[] mask = new int[below.steps() * below.outputs()];
        int channels = geometry.input().channels();
        for (int step = 0; step < below.steps(); step++) {
            boolean[] read = readPoints(above, geometry, step, skipsPoints);
            for (int output = 0; output < below.outputs(); output++) {
                int at = step * below.outputs() + output;
                mask[at] = read[output / channels] ? -below.window()[at] : 0;
            }
        }
        return mask;
    }

    /** Which points of the layer below an output point reads, where that has a gradient or points are not skipped. */
    private static boolean[] readPoints(LayerTrace above, LayerGeometry geometry, int step, boolean skipsPoints) {
        boolean[] read = new boolean[geometry.input().points()];
        int channels = geometry.output().channels();
        for (int point = 0; point < geometry.output().points(); point++) {
            boolean any = !skipsPoints;
            for (int channel = 0; channel < channels; channel++) {
                any |= above.gradient()[step * above.outputs() + point * channels + channel] != 0;
            }
            if (any) {
                geometry.read(point).forEach(below -> read[below] = true);
            }
        }
        return read;
    }
}
