package h2learn.model;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.number.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** Small networks, formats and random samples for tests. */
public final class TestNetworks {
    public static final Formats NARROW = new Formats(8, 6, 16, 14, 16, 8, 32);
    public static final Network.Input DIRECT = new Network.Input(12, Network.Encoding.DIRECT, 8, 8, false);
    public static final Network.Input SIGNED = new Network.Input(12, Network.Encoding.DIRECT, 5, 3, true);
    public static final Network.Input SPIKES = new Network.Input(12, Network.Encoding.SPIKES, 1, 0, false);

    private TestNetworks() {}

    /** A network of dense layers with the given outputs; the last layer forms classes of two neurons. */
    public static Network of(Network.Input input, int steps, boolean bias, int... outputs) {
        List<Network.Layer> layers = new ArrayList<>();
        for (int index = 0; index < outputs.length; index++) {
            layers.add(new Network.Dense(outputs[index], bias, 9 - (index == outputs.length - 1 ? 1 : 0)));
        }
        int last = outputs[outputs.length - 1];
        return new Network(
                "test",
                "A test network.",
                input,
                steps,
                new Network.Neuron(0.5, 0.25, 0.75, 1),
                layers,
                new Network.Classes(last / 2, 2),
                new Network.Training(8, 1, 0.5, 1, 2));
    }

    /** A sample of the network's input with values over its whole range. */
    public static Sample sample(Network network, long seed) {
        Network.Input input = network.input();
        boolean direct = input.encoding() == Network.Encoding.DIRECT;
        int[] values = new int[direct ? input.values() : network.steps() * input.values()];
        for (int index = 0; index < values.length; index++) {
            int value = (int) (CounterRandom.bits(seed, 100, index) >>> (64 - input.bits()));
            values[index] = input.signed() ? value - (1 << (input.bits() - 1)) : value;
        }
        int label =
                (int) (CounterRandom.uniform(seed, 101, 0) * network.classes().count());
        return new Sample(values, label);
    }

    /** The network with other training parameters. */
    public static Network withTraining(Network network, Network.Training training) {
        return new Network(
                network.name(),
                network.description(),
                network.input(),
                network.steps(),
                network.neuron(),
                network.layers(),
                network.classes(),
                training);
    }

    /** The network with other neurons. */
    public static Network withNeuron(Network network, Network.Neuron neuron) {
        return new Network(
                network.name(),
                network.description(),
                network.input(),
                network.steps(),
                neuron,
                network.layers(),
                network.classes(),
                network.training());
    }
}
