package h2learn.model.train;

/**
 * What one epoch did.
 *
 * @param epoch from 1
 * @param learningRate used in it
 * @param training loss, accuracy, densities and saturations while training, before each update
 * @param testAccuracy share of the test samples predicted after the epoch, 0..1
 * @param seconds wall time of training, without the test
 */
public record EpochReport(int epoch, double learningRate, Activity training, double testAccuracy, double seconds) {}
