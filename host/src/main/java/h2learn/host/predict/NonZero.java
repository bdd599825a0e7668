package h2learn.host.predict;

/** Which values of a layer's trace are not zero: which gu, or which windows are open. */
@FunctionalInterface
public interface NonZero {
    /**
     * @param point row * width + column
     * @param channel less than the command's channels
     */
    boolean at(int sample, int step, int point, int channel);

    /**
     * Of a trace as the driver reads it.
     *
     * @param trace [sample][(step * points + point) * channels + channel]
     */
    static NonZero of(int[][] trace, int points, int channels) {
        return (sample, step, point, channel) -> trace[sample][(step * points + point) * channels + channel] != 0;
    }
}
