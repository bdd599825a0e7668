package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.model.Parameters;
import h2learn.model.train.Activity;
import h2learn.model.train.EpochReport;
import h2learn.network.Network;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The lines that training prints: the same input gives the same lines, so seconds are not among them. */
final class TrainReport {
    private static final int DIGEST_BYTES = 8;

    private final PrintWriter out;

    TrainReport(PrintWriter out) {
        this.out = out;
    }

    void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    void formats(EngineKind kind, Network network, AcceleratorConfig config) {
        if (kind == EngineKind.FLOAT) {
            line("formats: float64");
            return;
        }
        Formats formats = config.formats();
        StringBuilder exponents = new StringBuilder();
        network.shapes().forEach(shape -> exponents.append(' ').append(shape.gradientExponent()));
        line(
                "formats: weights %d bits (%d fraction), master %d (%d), potential %d (%d), gradients %d (exponents%s),"
                        + " accumulator %d",
                formats.weightBits(),
                formats.weightFractionBits(),
                formats.masterBits(),
                formats.masterFractionBits(),
                formats.potentialBits(),
                formats.weightFractionBits(),
                formats.gradientBits(),
                exponents,
                formats.accumulatorBits());
    }

    void epoch(EpochReport report, boolean tested) {
        Activity activity = report.training();
        line(
                "epoch %d: learning rate %.4f, loss %.5f, train accuracy %.4f, test accuracy %s",
                report.epoch(),
                report.learningRate(),
                activity.meanLoss(),
                activity.accuracy(),
                tested ? String.format(Locale.ROOT, "%.4f", report.testAccuracy()) : "-");
        for (int layer = 0; layer < activity.layers(); layer++) {
            line(
                    "  layer %d: spikes %s, windows %s, gradients %s, saturations %d",
                    layer + 1,
                    density(activity.spikeDensity(layer)),
                    density(activity.windowDensity(layer)),
                    density(activity.gradientDensity(layer)),
                    activity.saturations(layer));
        }
    }

    private static String density(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** A fingerprint: equal weights have equal ones, whichever engine computed them. */
    void weights(Parameters weights) {
        line("weights: %s", digest(weights));
    }

    private static String digest(Parameters weights) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int layer = 0; layer < weights.layers(); layer++) {
                digest.update(bytes(weights.weight(layer)));
                digest.update(bytes(weights.bias(layer)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * values.length);
        buffer.asDoubleBuffer().put(values);
        return buffer.array();
    }
}
