package h2learn.rtl.layer;

import static h2learn.contract.CommandField.DECAY_MULTIPLIER;
import static h2learn.contract.CommandField.DECAY_SHIFT;
import static h2learn.contract.CommandField.DETACH_RESET;
import static h2learn.contract.CommandField.INPUT_BLOCKS;
import static h2learn.contract.CommandField.INPUT_CHANNELS;
import static h2learn.contract.CommandField.LAYER_WEIGHTS;
import static h2learn.contract.CommandField.MOMENTUM;
import static h2learn.contract.CommandField.MULTIPLIER;
import static h2learn.contract.CommandField.NOISE_KEY;
import static h2learn.contract.CommandField.RESET;
import static h2learn.contract.CommandField.ROW_WEIGHTS;
import static h2learn.contract.CommandField.SHIFT;
import static h2learn.contract.CommandField.STOCHASTIC;
import static h2learn.contract.CommandField.THETA;
import static h2learn.contract.CommandField.WEIGHT_BLOCKS;
import static h2learn.contract.CommandField.WINDOW;

import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.CommandField;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command fields that an engine reads only because of an option; empty without options. */
public final class OptionFields {
    private OptionFields() {}

    /** Of NEURON. */
    public static CommandField[] neuron(Options options) {
        return fields(when(resets(options), RESET));
    }

    /** Of NEURON_BACKWARD. */
    public static CommandField[] neuronBackward(Options options) {
        return fields(
                when(resets(options), RESET),
                when(options.softReset(), THETA),
                when(options.detachReset(), DETACH_RESET),
                when(options.triangle(), THETA, WINDOW, MULTIPLIER, SHIFT));
    }

    /** Of a lane of UPDATE. */
    public static CommandField[] updateLane(Options options) {
        return fields(
                when(options.momentum(), MOMENTUM),
                when(options.weightDecay(), DECAY_MULTIPLIER, DECAY_SHIFT),
                when(options.stochasticRounding(), STOCHASTIC));
    }

    /** Of the random numbers of UPDATE. */
    public static CommandField[] noise() {
        return fields(List.of(NOISE_KEY, INPUT_BLOCKS, INPUT_CHANNELS, ROW_WEIGHTS, LAYER_WEIGHTS));
    }

    /** Of UPDATE. */
    public static CommandField[] update(Options options) {
        return fields(
                Arrays.asList(updateLane(options)),
                when(options.weightDecay() || options.stochasticRounding(), WEIGHT_BLOCKS),
                options.stochasticRounding() ? Arrays.asList(noise()) : List.of());
    }

    /** Whether a layer's reset is chosen by its commands. */
    public static boolean resets(Options options) {
        return options.softReset() || options.noReset();
    }

    private static List<CommandField> when(boolean there, CommandField... fields) {
        return there ? List.of(fields) : List.of();
    }

    /** Each field once, in the order given. */
    @SafeVarargs
    private static CommandField[] fields(Collection<CommandField>... parts) {
        Set<CommandField> all = new LinkedHashSet<>();
        for (Collection<CommandField> part : parts) {
            all.addAll(part);
        }
        return all.toArray(CommandField[]::new);
    }
}
