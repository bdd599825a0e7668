package h2learn.model.exchange;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.model.Parameters;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.number.FixedFormat;

/** The real numbers that an integer model's weights stand for; {@link MasterWeights#of} is the way back, exactly. */
public final class RealWeights {
    private RealWeights() {}

    /** All master copies, each integer / 2^masterFractionBits. */
    public static Parameters of(Network network, MasterWeights master, Formats formats) {
        Parameters parameters = new Parameters(network);
        for (int layer = 0; layer < master.layers(); layer++) {
            fill(parameters.weight(layer), master.weight(layer), formats.master());
            fill(parameters.bias(layer), master.bias(layer), formats.master());
        }
        return parameters;
    }

    private static void fill(double[] to, int[] from, FixedFormat format) {
        for (int index = 0; index < to.length; index++) {
            to[index] = format.toReal(from[index]);
        }
    }
}
