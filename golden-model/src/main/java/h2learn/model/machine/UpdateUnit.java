package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.UpdateConstants;
import h2learn.number.ScaledFactor;

/** UPDATE: dW into the master weights and their copies in the engines; clears dW. */
final class UpdateUnit {
    private final int lanes;
    private final Options options;
    private final Formats formats;
    private final Memories memories;
    private final WordMemory master;
    private final WordMemory weightGradient;
    private final WordMemory forwardWeight;
    private final WordMemory backwardWeight;

    UpdateUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        options = config.options();
        formats = config.formats();
        this.memories = memories;
        master = memories.of(Scratchpad.MASTER);
        weightGradient = memories.of(Scratchpad.WEIGHT_GRADIENT);
        forwardWeight = memories.of(Scratchpad.FORWARD_WEIGHT);
        backwardWeight = memories.of(Scratchpad.BACKWARD_WEIGHT);
    }

    void run(Command command) {
        UpdateConstants update = constants(command);
        int words = (int) command.get(CommandField.BLOCKS) * lanes;
        int weightWords = (int) command.get(CommandField.WEIGHT_BLOCKS) * lanes;
        int first = (int) command.get(CommandField.WEIGHT_BLOCK) * lanes;
        for (int word = 0; word < words; word++) {
            boolean decays = word < weightWords;
            int index = update.stochastic() ? noiseIndex(command, word, weightWords) : 0;
            int rowWeights = decays ? (int) command.get(CommandField.ROW_WEIGHTS) : 1;
            word(update, first + word, decays, index, rowWeights);
        }
    }

    /** @param index of lane 0's random number; {@code pitch} is the distance to the next lane's */
    private void word(UpdateConstants update, int word, boolean decays, int index, int pitch) {
        // Without a factor and without a momentum dW is cleared whatever it is: at power-up it is anything.
        boolean reads = options.momentum() || update.factor().multiplier() != 0;
        int w = master.read(word);
        master.write(word);
        if (reads) {
            weightGradient.read(word);
        }
        int dw = weightGradient.write(word);
        int back = backwardWeight.write(word);
        int block = word / lanes * lanes;
        for (int lane = 0; lane < lanes; lane++) {
            int gradient = reads ? weightGradient.data[dw + lane] : 0;
            int kept = update.momentum() == 0 ? 0 : memories.of(Scratchpad.MOMENTUM).data[momentum(word, false) + lane];
            int direction = update.direction(gradient, kept, decays ? master.data[w + lane] : 0);
            if (options.momentum()) {
                memories.of(Scratchpad.MOMENTUM).data[momentum(word, true) + lane] = direction;
            }
            int updated = update.updated(master.data[w + lane], direction, index + lane * pitch, formats.masterBits());
            master.data[w + lane] = updated;
            weightGradient.data[dw + lane] = 0;
            int weight = EngineWeights.round(updated, formats);
            backwardWeight.data[back + lane] = weight;
            forwardWeight.data[forwardWeight.write(block + lane) + word % lanes] = weight;
        }
    }

    private int momentum(int word, boolean writes) {
        WordMemory momentum = memories.of(Scratchpad.MOMENTUM);
        return writes ? momentum.write(word) : momentum.read(word);
    }

    /** The random index of lane 0: that of the row-major weights without padding; that of what is padding does not matter. */
    private int noiseIndex(Command command, int word, int weightWords) {
        if (word >= weightWords) {
            return (int) command.get(CommandField.LAYER_WEIGHTS) + (word - weightWords) * lanes;
        }
        int row = (int) command.get(CommandField.ROW_WEIGHTS);
        int channels = (int) command.get(CommandField.INPUT_CHANNELS);
        int tapWords = (int) command.get(CommandField.INPUT_BLOCKS) * lanes;
        int taps = row / channels;
        int tap = word / tapWords;
        return tap / taps * lanes * row + tap % taps * channels + word % tapWords;
    }

    /** What the command asks for, as far as the accelerator has the options. */
    private UpdateConstants constants(Command command) {
        boolean stochastic = options.stochasticRounding() && command.get(CommandField.STOCHASTIC) != 0;
        return new UpdateConstants(
                factor(command, CommandField.MULTIPLIER, CommandField.SHIFT),
                options.weightDecay()
                        ? factor(command, CommandField.DECAY_MULTIPLIER, CommandField.DECAY_SHIFT)
                        : new ScaledFactor(0, 0),
                options.momentum() ? (int) command.get(CommandField.MOMENTUM) : 0,
                stochastic,
                stochastic ? (int) command.get(CommandField.NOISE_KEY) : 0);
    }

    private static ScaledFactor factor(Command command, CommandField multiplier, CommandField shift) {
        return new ScaledFactor((int) command.get(multiplier), (int) command.get(shift));
    }
}
