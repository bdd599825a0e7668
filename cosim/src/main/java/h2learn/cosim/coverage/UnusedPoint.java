package h2learn.cosim.coverage;

/**
 * A point that no run used.
 *
 * @param point which one
 * @param line of Verilog that it stands in
 */
public record UnusedPoint(CoveragePoint point, String line) {}
