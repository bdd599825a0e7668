package h2learn.exchange.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.ConfigReader;
import h2learn.model.Parameters;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundingWarningsTest {
    /** Weights in steps of 1/64. */
    private static final Formats FORMATS = new ConfigReader().read("base").formats();

    private static final Network NETWORK = new NetworkReader().read("tiny-mlp");

    @Test
    void saysWhichLayersVanish() {
        Parameters parameters = new Parameters(NETWORK);
        Arrays.fill(parameters.weight(0), 0.5);
        Arrays.fill(parameters.weight(1), 0.001);
        parameters.weight(1)[0] = 0.25;
        parameters.weight(1)[1] = 0;
        assertEquals(
                List.of("layer2: 638 of 639 weights round to 0, the largest is 0.250 and the step of the format 0.0156;"
                        + " is the time step of --dt the file's? else use more formats.weightFractionBits"),
                RoundingWarnings.of(NETWORK, parameters, FORMATS));
    }

    @Test
    void isSilentWhereHalfOfTheWeightsStay() {
        Parameters parameters = new Parameters(NETWORK);
        assertEquals(List.of(), RoundingWarnings.of(NETWORK, parameters, FORMATS));
        for (int layer = 0; layer < 2; layer++) {
            double[] weights = parameters.weight(layer);
            Arrays.fill(weights, 0, weights.length / 2, 0.001);
            Arrays.fill(weights, weights.length / 2, weights.length, -0.25);
        }
        assertEquals(List.of(), RoundingWarnings.of(NETWORK, parameters, FORMATS));
        parameters.weight(0)[NETWORK.shapes().get(0).outputs()] = 0.001;
        parameters.weight(0)[parameters.weight(0).length - 1] = 0.001;
        assertEquals(1, RoundingWarnings.of(NETWORK, parameters, FORMATS).size());
    }
}
