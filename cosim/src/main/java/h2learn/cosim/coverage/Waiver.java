package h2learn.cosim.coverage;

import h2learn.cosim.coverage.CoveragePoint.Kind;
import h2learn.cosim.reason.Reason;
import java.util.regex.Pattern;

/**
 * Points that need not be used.
 *
 * @param kind of the points
 * @param module that the whole module name matches
 * @param signal that the whole name of a toggle's signal matches
 * @param lowest bit of a toggle
 * @param highest bit of a toggle
 * @param text that is found in the line of a line or a branch
 * @param reason why no run can, or need, use them
 */
record Waiver(Kind kind, Pattern module, Pattern signal, int lowest, int highest, Pattern text, String reason)
        implements Reason<UnusedPoint> {
    @Override
    public boolean covers(UnusedPoint unused) {
        CoveragePoint point = unused.point();
        return point.kind() == kind
                && module.matcher(point.module()).matches()
                && (kind == Kind.TOGGLE
                        ? signal.matcher(point.signal()).matches() && point.bit() >= lowest && point.bit() <= highest
                        : text.matcher(unused.line()).find());
    }

    @Override
    public String describe() {
        return kind == Kind.TOGGLE
                ? "toggle of " + signal + "[" + highest + ":" + lowest + "] in " + module
                : kind + " with '" + text + "' in " + module;
    }
}
