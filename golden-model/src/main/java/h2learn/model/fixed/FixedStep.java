package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.network.Network;
import java.util.List;

/**
 * One minibatch of the integer model: what went in and what was computed.
 *
 * @param master weights before the update
 * @param samples the minibatch
 * @param traces one for each sample
 */
public record FixedStep(
        Network network, Formats formats, MasterWeights master, List<Sample> samples, List<SampleTrace> traces) {
    public FixedStep {
        samples = List.copyOf(samples);
        traces = List.copyOf(traces);
    }
}
