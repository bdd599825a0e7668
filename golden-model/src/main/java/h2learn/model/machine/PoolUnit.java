package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Scratchpad;
import h2learn.number.Rounding;

/** POOL and POOL_BACKWARD. The tap of each square's first maximum lies where a layer of neurons has its potential. */
final class PoolUnit {
    private final int lanes;
    private final int gradientBits;
    private final Memories memories;
    private final WordMemory spike;
    private final WordMemory window;
    private final WordMemory potential;
    private final WordMemory spikeGradient;

    PoolUnit(AcceleratorConfig config, Memories memories) {
        lanes = config.lanes();
        gradientBits = config.formats().gradientBits();
        this.memories = memories;
        spike = memories.of(Scratchpad.SPIKE);
        window = memories.of(Scratchpad.WINDOW);
        potential = memories.of(Scratchpad.POTENTIAL);
        spikeGradient = memories.of(Scratchpad.SPIKE_GRADIENT);
    }

    void forward(Command command) {
        CommandShape shape = new CommandShape(command);
        for (int point = 0; point < shape.points(); point++) {
            int position = point / shape.steps;
            int place = position % shape.area();
            int corner = position / shape.area() * shape.samplePitch()
                    + place / shape.outputWidth * shape.stride * shape.rowPitch()
                    + place % shape.outputWidth * shape.stride * shape.pitch()
                    + point % shape.steps * shape.stepPitch();
            for (int block = 0; block < shape.inputBlocks; block++) {
                square(command, shape, corner + block, point, block);
            }
        }
    }

    private void square(Command command, CommandShape shape, int corner, int point, int block) {
        boolean average = command.get(CommandField.OUTPUT_PLANES) != 1;
        int[] count = new int[lanes];
        int[] anyOpen = new int[lanes];
        int[] maximum = new int[lanes];
        int[] maximumOpen = new int[lanes];
        for (int tap = 0; tap < shape.kernelHeight * shape.kernelWidth; tap++) {
            int offset = corner + tap / shape.kernelWidth * shape.rowPitch() + tap % shape.kernelWidth * shape.pitch();
            int s = spike.read((int) command.get(CommandField.SPIKE_INPUT) + offset);
            int h = window.read((int) command.get(CommandField.TRACE_BELOW) + offset);
            for (int lane = 0; lane < lanes; lane++) {
                if (tap == 0 || (count[lane] == 0 && spike.data[s + lane] != 0)) {
                    maximum[lane] = tap;
                    maximumOpen[lane] = window.data[h + lane];
                }
                count[lane] += spike.data[s + lane];
                anyOpen[lane] |= window.data[h + lane];
            }
        }
        int trace = (int) command.get(CommandField.TRACE) + point * shape.inputBlocks + block;
        System.arraycopy(average ? anyOpen : maximumOpen, 0, window.data, window.write(trace), lanes);
        System.arraycopy(maximum, 0, potential.data, potential.write(trace), lanes);
        int planes = (int) command.get(CommandField.OUTPUT_PLANES);
        for (int plane = 0; plane < planes; plane++) {
            int word =
                    (int) command.get(CommandField.SPIKE_OUTPUT) + (point * planes + plane) * shape.inputBlocks + block;
            int at = spike.write(word);
            for (int lane = 0; lane < lanes; lane++) {
                spike.data[at + lane] = average ? count[lane] >> plane & 1 : Math.min(1, count[lane]);
            }
        }
    }

    void backward(Command command) {
        CommandShape shape = new CommandShape(command);
        int word = (int) command.get(CommandField.TRACE_BELOW);
        for (int sample = 0; sample < shape.samples; sample++) {
            for (int row = 0; row < shape.inputHeight; row++) {
                for (int column = 0; column < shape.inputWidth; column++) {
                    for (int step = 0; step < shape.steps; step++) {
                        for (int block = 0; block < shape.inputBlocks; block++) {
                            long[] sum = squares(command, shape, sample, row, column, step, block);
                            write(command, word++, sum);
                        }
                    }
                }
            }
        }
    }

    /** The sum of ds of the squares that cover a neuron, or whose first maximum it is. */
    private long[] squares(Command command, CommandShape shape, int sample, int row, int column, int step, int block) {
        long[] sum = new long[lanes];
        for (int tap = 0; tap < shape.kernelHeight * shape.kernelWidth; tap++) {
            int down = row - tap / shape.kernelWidth;
            int right = column - tap % shape.kernelWidth;
            if (down >= 0
                    && right >= 0
                    && down % shape.stride == 0
                    && right % shape.stride == 0
                    && down / shape.stride < shape.outputHeight
                    && right / shape.stride < shape.outputWidth) {
                int place = down / shape.stride * shape.outputWidth + right / shape.stride;
                add(command, shape, (sample * shape.area() + place) * shape.steps + step, block, tap, sum);
            }
        }
        return sum;
    }

    private void add(Command command, CommandShape shape, int point, int block, int tap, long[] sum) {
        if (command.get(CommandField.SPARSE_DS) != 0 && memories.emptyMark.data[memories.emptyMark.read(point)] != 0) {
            return;
        }
        boolean average = command.get(CommandField.OUTPUT_PLANES) != 1;
        int word = (int) command.get(CommandField.TRACE) + point * shape.inputBlocks + block;
        int ds = spikeGradient.read(word);
        int maximum = average ? 0 : potential.read(word);
        for (int lane = 0; lane < lanes; lane++) {
            if (average || potential.data[maximum + lane] == tap) {
                sum[lane] += spikeGradient.data[ds + lane];
            }
        }
    }

    private void write(Command command, int word, long[] sum) {
        int h = window.read(word);
        int ds = spikeGradient.write(word);
        for (int lane = 0; lane < lanes; lane++) {
            boolean open = window.data[h + lane] != 0;
            long saturated = Rounding.saturate(sum[lane], gradientBits);
            spikeGradient.data[ds + lane] = open ? (int) saturated : 0;
            if (open && saturated != sum[lane]) {
                memories.saturations[(int) command.get(CommandField.LAYER)]++;
            }
        }
    }
}
