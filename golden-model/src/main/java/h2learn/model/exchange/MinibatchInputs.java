package h2learn.model.exchange;

import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.tensor.ElementType;
import h2learn.tensor.NpyArray;
import java.util.List;

/** The two tensors that went into a minibatch, whichever model computed it: {@code input} and {@code label}. */
final class MinibatchInputs {
    private MinibatchInputs() {}

    static List<DumpedTensor> of(Network network, List<Sample> samples) {
        long[] labels = samples.stream().mapToLong(Sample::label).toArray();
        return List.of(
                network.input().encoding() == Network.Encoding.DIRECT
                        ? direct(network.input(), samples)
                        : spikes(network, samples),
                new DumpedTensor(
                        "label", List.of("sample"), NpyArray.integers(ElementType.INT64, labels, labels.length), 0));
    }

    private static DumpedTensor direct(Network.Input input, List<Sample> samples) {
        int channels = input.values();
        double[] values = new double[samples.size() * channels];
        for (int index = 0; index < values.length; index++) {
            int value = samples.get(index / channels).values()[index % channels];
            values[index] = Math.scalb((double) value, -input.fractionBits());
        }
        return new DumpedTensor(
                "input",
                List.of("sample", "channel"),
                NpyArray.reals(values, samples.size(), channels),
                input.fractionBits());
    }

    private static DumpedTensor spikes(Network network, List<Sample> samples) {
        int channels = network.input().values();
        int perSample = network.steps() * channels;
        long[] values = new long[samples.size() * perSample];
        for (int index = 0; index < values.length; index++) {
            values[index] = samples.get(index / perSample).values()[index % perSample];
        }
        NpyArray array = NpyArray.integers(ElementType.UINT8, values, samples.size(), network.steps(), channels);
        return new DumpedTensor("input", DumpedTensor.NEURON_AXES, array, 0);
    }
}
