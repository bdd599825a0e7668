package h2learn.hdl;

/**
 * A value after saturation.
 *
 * @param saturated whether saturation changed the value
 */
public record Rounded(SInt value, Bool saturated) {}
