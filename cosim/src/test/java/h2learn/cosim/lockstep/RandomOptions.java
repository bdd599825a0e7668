package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws options of a configuration, and lets networks use them or not. Without options it draws nothing. */
final class RandomOptions {
    private final Random random;
    private final Options options;

    RandomOptions(Random random, Options options) {
        this.random = random;
        this.options = options;
    }

    /** Each option in three of four draws. */
    static Options draw(Random random, Leak alpha) {
        return new Options(
                often(random),
                often(random),
                often(random),
                often(random),
                alpha,
                often(random),
                often(random),
                often(random));
    }

    private static boolean often(Random random) {
        return random.nextInt(4) > 0;
    }

    /** The network with neurons of their own in most of its layers, and another update; itself without options. */
    Network addTo(Network network) {
        if (options.equals(Options.none())) {
            return network;
        }
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : network.layers()) {
            layers.add(often(random) ? with(layer, neuron()) : layer);
        }
        return new Network(
                network.name(),
                network.description(),
                network.input(),
                network.steps(),
                neuron(),
                layers,
                network.classes(),
                training(network.training()));
    }

    private static Layer with(Layer layer, Neuron neuron) {
        if (layer instanceof Dense dense) {
            return new Dense(dense.outputs(), dense.bias(), dense.gradientExponent(), neuron);
        }
        return layer instanceof Conv2d conv
                ? new Conv2d(
                        conv.outputs(),
                        conv.kernel(),
                        conv.stride(),
                        conv.padding(),
                        conv.bias(),
                        conv.gradientExponent(),
                        neuron)
                : layer;
    }

    private Neuron neuron() {
        List<Reset> resets = new ArrayList<>(List.of(Reset.HARD));
        if (options.softReset()) {
            resets.add(Reset.SOFT);
        }
        if (options.noReset()) {
            resets.add(Reset.NONE);
        }
        return new Neuron(
                options.alpha() == Leak.SHIFT ? Math.scalb(1.0, -random.nextInt(9)) : random.nextDouble(),
                random.nextDouble() * 0.6,
                0.1 + random.nextDouble() * 0.6,
                random.nextDouble() * 1.9,
                resets.get(random.nextInt(resets.size())),
                options.detachReset() && random.nextBoolean(),
                options.triangle() && often(random) ? Surrogate.TRIANGLE : Surrogate.RECTANGLE);
    }

    private Training training(Training plain) {
        boolean stochastic = options.stochasticRounding() && often(random);
        return new Training(
                plain.minibatch(),
                plain.epochs(),
                plain.learningRate(),
                plain.learningRateDecay(),
                plain.initialGain(),
                options.momentum() && often(random) ? random.nextDouble() : 0,
                options.weightDecay() && often(random) ? random.nextDouble() * 0.3 : 0,
                stochastic ? UpdateRounding.STOCHASTIC : UpdateRounding.NEAREST,
                stochastic ? random.nextInt() : 0,
                plain.loss());
    }
}
