package h2learn.exchange.graph;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.model.Parameters;
import h2learn.model.fixed.EngineWeights;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Weights that an accelerator's formats make useless, in sentences: few errors in a table look as harmless. */
public final class RoundingWarnings {
    private static final double MANY = 0.5;

    private RoundingWarnings() {}

    /** One sentence for each layer of which most weights that are not 0 round to 0. */
    public static List<String> of(Network network, Parameters parameters, Formats formats) {
        List<String> warnings = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
            if (!shape.weighted()) {
                continue;
            }
            int given = 0;
            int vanished = 0;
            double largest = 0;
            for (double weight : parameters.weight(shape.index())) {
                int used = EngineWeights.round((int) formats.master().quantize(weight), formats);
                given += weight == 0 ? 0 : 1;
                vanished += weight != 0 && used == 0 ? 1 : 0;
                largest = Math.max(largest, Math.abs(weight));
            }
            if (vanished > MANY * given) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "layer%d: %d of %d weights round to 0, the largest is %.3g and the step of the format %.3g; is the"
                                + " time step of --dt the file's? else use more formats.weightFractionBits",
                        shape.index() + 1,
                        vanished,
                        given,
                        largest,
                        formats.weight().toReal(1)));
            }
        }
        return warnings;
    }
}
