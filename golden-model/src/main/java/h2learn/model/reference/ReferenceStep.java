package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.network.Network;
import java.util.List;

/**
 * One minibatch of the float model: what went in and what was computed.
 *
 * @param parameters before the update
 * @param samples the minibatch
 * @param traces one for each sample
 */
public record ReferenceStep(Network network, Parameters parameters, List<Sample> samples, List<ReferenceTrace> traces) {
    public ReferenceStep {
        samples = List.copyOf(samples);
        traces = List.copyOf(traces);
    }
}
