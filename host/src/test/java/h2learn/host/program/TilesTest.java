package h2learn.host.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.RandomNetworks;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A convolution in tiles of rows does what it does whole: TOP_PADDING above the first row, INPUT_HEIGHT ends the last. */
class TilesTest {
    private static final int BELOW_TRACE = 0;
    private static final int TRACE = 500;
    private static final int SPIKES = 0;
    private static final int SPIKES_OUT = 1000;

    private final Random random = new Random(7);

    /** One layer over an image, its output blocks one. */
    private final class Layer {
        final AcceleratorConfig config = new RandomNetworks(random.nextInt(50)).config();
        final int steps = 1 + random.nextInt(2);
        final int kernel = 1 + random.nextInt(4);
        final int padding = random.nextInt(kernel);
        final int stride = 1 + random.nextInt(2);
        final int height = kernel + 2 + random.nextInt(4);
        final int width = kernel + random.nextInt(2);
        final int blocks = 1 + random.nextInt(2);
        final int outputHeight = (height + 2 * padding - kernel) / stride + 1;
        final int outputWidth = (width + 2 * padding - kernel) / stride + 1;
        final int rowWords = width * steps * blocks;
        final int outputRowWords = outputWidth * steps;

        /** A tile of input rows from {@code first} and output rows from {@code firstOutput}. */
        Command.Builder tile(Opcode opcode, int first, int rows, int firstOutput, int outputRows) {
            return Command.of(opcode)
                    .with(CommandField.SAMPLES, 1)
                    .with(CommandField.STEPS, steps)
                    .with(CommandField.PLANES, 1)
                    .with(CommandField.BIAS, true)
                    .with(CommandField.BIAS_WORD, 200L * config.lanes())
                    .with(CommandField.INPUT_BLOCKS, blocks)
                    .with(CommandField.OUTPUT_BLOCKS, 1)
                    .with(CommandField.INPUT_CHANNELS, (long) blocks * config.lanes())
                    .with(CommandField.OUTPUT_CHANNELS, config.lanes())
                    .with(CommandField.INPUT_HEIGHT, rows)
                    .with(CommandField.INPUT_WIDTH, width)
                    .with(CommandField.OUTPUT_HEIGHT, outputRows)
                    .with(CommandField.OUTPUT_WIDTH, outputWidth)
                    .with(CommandField.KERNEL_HEIGHT, kernel)
                    .with(CommandField.KERNEL_WIDTH, kernel)
                    .with(CommandField.STRIDE, stride)
                    .with(CommandField.PADDING, padding)
                    .with(CommandField.TOP_PADDING, (long) padding + first - (long) firstOutput * stride)
                    .with(CommandField.SPIKE_INPUT, SPIKES + (long) first * rowWords)
                    .with(CommandField.SPIKE_OUTPUT, SPIKES_OUT + (long) firstOutput * outputRowWords)
                    .with(CommandField.TRACE_BELOW, BELOW_TRACE + (long) first * rowWords)
                    .with(CommandField.TRACE, TRACE + (long) firstOutput * outputRowWords)
                    .with(CommandField.THETA, 3)
                    .with(CommandField.WINDOW, 50)
                    .with(CommandField.ALPHA, opcode == Opcode.NEURON ? 128 : 0)
                    .with(CommandField.SHIFT, opcode == Opcode.BACKWARD ? 5 : 0);
        }

        /** Output rows [from, to) from the input rows that they read. */
        Command.Builder outputRows(Opcode opcode, int from, int to) {
            int first = Math.max(0, from * stride - padding);
            int end = Math.min(height, (to - 1) * stride - padding + kernel);
            return tile(opcode, first, Math.max(1, end - first), from, to - from);
        }

        /**
         * Input rows [from, to) from the output rows that read them; the first may lie wholly above where the stride leaves
         * rows out, so that TOP_PADDING is not negative.
         */
        Command inputRows(int from, int to) {
            int reads = Math.max(0, Math.floorDiv(from + padding - kernel, stride) + 1);
            int first = Math.min(outputHeight - 1, Math.min(reads, (from + padding) / stride));
            int end = Math.min(outputHeight, (to - 1 + padding) / stride + 1);
            return tile(Opcode.BACKWARD, from, to - from, first, Math.max(1, end - first))
                    .build();
        }
    }

    @Test
    void tilesOfRowsDoWhatTheWholeDoes() {
        boolean tiled = false;
        for (int run = 0; run < 150; run++) {
            Layer layer = new Layer();
            Machine whole = filled(layer.config, run);
            Machine tiles = filled(layer.config, run);
            for (Opcode opcode : new Opcode[] {Opcode.FORWARD, Opcode.NEURON}) {
                whole.run(layer.tile(opcode, 0, layer.height, 0, layer.outputHeight)
                        .build());
            }
            whole.run(layer.tile(Opcode.WEIGHT_GRADIENT, 0, layer.height, 0, layer.outputHeight)
                    .build());
            int cut = 1 + random.nextInt(layer.outputHeight);
            for (int from = 0; from < layer.outputHeight; from += cut) {
                int to = Math.min(layer.outputHeight, from + cut);
                for (Opcode opcode : new Opcode[] {Opcode.FORWARD, Opcode.NEURON, Opcode.WEIGHT_GRADIENT}) {
                    tiles.run(layer.outputRows(opcode, from, to).build());
                }
                tiled |= from > 0;
            }
            whole.run(layer.tile(Opcode.BACKWARD, 0, layer.height, 0, layer.outputHeight)
                    .build());
            int inputCut = 1 + random.nextInt(layer.height);
            for (int from = 0; from < layer.height; from += inputCut) {
                tiles.run(layer.inputRows(from, Math.min(layer.height, from + inputCut)));
            }
            MemoryMap map = new MemoryMap(layer.config);
            for (Scratchpad scratchpad : map.scratchpads()) {
                int words = map.window(scratchpad).words();
                assertArrayEquals(
                        whole.read(scratchpad, 0, words),
                        tiles.read(scratchpad, 0, words),
                        scratchpad + " of run " + run);
            }
        }
        assertTrue(tiled, "no layer had more than one tile");
    }

    /** A machine with random spikes, windows, gradients and weights; half of the words of each are 0. */
    private static Machine filled(AcceleratorConfig config, long seed) {
        Random random = new Random(seed);
        Machine machine = new Machine(config, new ExternalMemory(0));
        MemoryMap map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            int beats = map.window(scratchpad).layout().beats()
                    * map.window(scratchpad).words();
            int[] bits = random.ints(beats).map(bit -> bit % 2 == 0 ? 0 : bit).toArray();
            machine.write(scratchpad, 0, bits);
        }
        return machine;
    }
}
