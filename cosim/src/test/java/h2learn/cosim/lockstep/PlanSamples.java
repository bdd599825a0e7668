package h2learn.cosim.lockstep;

import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.data.event.EventDataSets;
import h2learn.data.event.SyntheticEvents;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/** Samples for the named networks, of the kind that each is meant for. */
final class PlanSamples {
    private static final int IMAGE = 28;
    private static final int FRAME = 2;
    private static final int COLOURED = IMAGE + 2 * FRAME;

    private PlanSamples() {}

    /** {@code count} samples from number {@code from} on. */
    static List<Sample> of(Network network, int from, int count) {
        return switch (network.name()) {
            case "event-conv" -> EventDataSets.synthetic(
                            SyntheticEvents.Figure.DIGITS, from + count, 1, network.steps(), 1)
                    .train()
                    .subList(from, from + count);
            case "cifar-like" -> coloured(from, count);
            default -> Encoder.encode(DataSets.embedded(), network, 1).train().subList(from, from + count);
        };
    }

    /** Fashion-MNIST in a black frame; each class with a tint of its own. */
    private static List<Sample> coloured(int from, int count) {
        List<Sample> coloured = new ArrayList<>();
        for (Sample grey : DataSets.embedded().train().subList(from, from + count)) {
            int[] values = new int[COLOURED * COLOURED * 3];
            for (int y = 0; y < IMAGE; y++) {
                for (int x = 0; x < IMAGE; x++) {
                    int at = 3 * ((y + FRAME) * COLOURED + x + FRAME);
                    int light = grey.values()[y * IMAGE + x];
                    values[at] = light;
                    values[at + 1] = light * (16 - grey.label()) >> 4;
                    values[at + 2] = light * (4 + grey.label()) >> 4;
                }
            }
            coloured.add(new Sample(values, grey.label()));
        }
        return coloured;
    }
}
