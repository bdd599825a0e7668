package h2learn.host.plan;

import h2learn.contract.Command;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.host.Placement;
import h2learn.model.fixed.UpdateConstants;
import java.util.ArrayList;
import java.util.List;

/** Moves weight blocks of one layer between external memory and the scratchpads, and updates them. */
final class WeightTransfers {
    private final PlanContext context;
    private final Placement.Layer layer;
    private final int index;
    private final int lanes;

    WeightTransfers(PlanContext context, Placement.Layer layer) {
        this.context = context;
        this.layer = layer;
        index = layer.shape().index();
        lanes = context.config().lanes();
    }

    /**
     * Some blocks of the layer in external memory and in the scratchpads.
     *
     * @param memoryBlock first block, counted from the layer's first
     * @param chipBlock first block in the scratchpads
     * @param weights blocks of weights
     * @param biases blocks of biases behind them
     */
    record Blocks(int memoryBlock, int chipBlock, int weights, int biases) {
        int count() {
            return weights + biases;
        }
    }

    /** LOAD or STORE of blocks. */
    Command move(Opcode opcode, Scratchpad scratchpad, Blocks blocks) {
        return move(
                opcode,
                scratchpad,
                blocks,
                context.layout().tensor(scratchpad, index).address());
    }

    private Command move(Opcode opcode, Scratchpad scratchpad, Blocks blocks, long region) {
        int words = blocks.count() * lanes;
        long first =
                region + (long) blocks.memoryBlock() * lanes * context.layout().wordBytes(scratchpad);
        return new Transfer(opcode, index, scratchpad).run(blocks.chipBlock() * lanes, words, first);
    }

    /**
     * LOAD of the backward engine's weights from some kernel rows and input blocks to all output blocks, which then lie
     * in the scratchpad as those of a smaller layer.
     */
    List<Command> loadBackward(Range kernelRows, Range inputBlocks, int chipBlock) {
        long taps = layer.geometry().taps();
        long rowTaps = layer.geometry().kernelWidth();
        int wordBytes = context.layout().wordBytes(Scratchpad.BACKWARD_WEIGHT);
        long blockBytes = (long) lanes * wordBytes;
        long region = context.layout().tensor(Scratchpad.BACKWARD_WEIGHT, index).address();
        int word = chipBlock * lanes;
        Transfer load = new Transfer(Opcode.LOAD, index, Scratchpad.BACKWARD_WEIGHT);
        boolean allTaps = kernelRows.count() == layer.geometry().kernelHeight();
        int count = inputBlocks.count();
        if (count == layer.inputBlocks()) {
            if (allTaps) {
                return List.of(load.run(word, layer.weightBlocks() * lanes, region));
            }
            int run = Math.toIntExact(kernelRows.count() * rowTaps * count * lanes);
            long first = region + kernelRows.from() * rowTaps * count * blockBytes;
            return List.of(load.rows(word, run, run, layer.outputBlocks(), first, taps * count * blockBytes));
        }
        long pitch = layer.inputBlocks() * blockBytes;
        int run = count * lanes;
        long first = region + kernelRows.from() * rowTaps * pitch + inputBlocks.from() * blockBytes;
        int rows = Math.toIntExact(kernelRows.count() * rowTaps);
        if (allTaps) {
            return List.of(load.rows(word, run, run, rows * layer.outputBlocks(), first, pitch));
        }
        List<Command> commands = new ArrayList<>();
        for (int output = 0; output < layer.outputBlocks(); output++) {
            commands.add(load.rows(word + output * rows * run, run, run, rows, first + output * taps * pitch, pitch));
        }
        return commands;
    }

    /**
     * Makes the engines' copies of masters in external memory, and a momentum of 0. Clears dW, whatever it is at
     * power-up: with a momentum that takes a second UPDATE, as the first one turns dW into v.
     */
    void begin(Blocks blocks, List<Command> program) {
        program.add(move(Opcode.LOAD, Scratchpad.MASTER, blocks));
        boolean momentum = context.layout().has(Scratchpad.MOMENTUM, index);
        for (int time = 0; time < (momentum ? 2 : 1); time++) {
            program.add(update(blocks, UpdateConstants.NOTHING));
        }
        if (momentum) {
            program.add(move(Opcode.STORE, Scratchpad.MOMENTUM, blocks));
        }
        storeCopies(blocks, program);
    }

    /** UPDATE of blocks whose dW is complete, from and to external memory. */
    void update(Blocks blocks, UpdateConstants constants, List<Command> program) {
        boolean momentum = context.layout().has(Scratchpad.MOMENTUM, index);
        program.add(move(Opcode.LOAD, Scratchpad.MASTER, blocks));
        if (momentum) {
            program.add(move(Opcode.LOAD, Scratchpad.MOMENTUM, blocks));
        }
        program.add(update(blocks, constants));
        program.add(move(Opcode.STORE, Scratchpad.MASTER, blocks));
        if (momentum) {
            program.add(move(Opcode.STORE, Scratchpad.MOMENTUM, blocks));
        }
        storeCopies(blocks, program);
    }

    private void storeCopies(Blocks blocks, List<Command> program) {
        program.add(move(Opcode.STORE, Scratchpad.FORWARD_WEIGHT, blocks));
        if (index > 0 && blocks.weights() > 0) {
            program.add(move(
                    Opcode.STORE,
                    Scratchpad.BACKWARD_WEIGHT,
                    blocks,
                    context.layout().backwardCopy(index)));
        }
    }

    Command update(Blocks blocks, UpdateConstants constants) {
        return context.commands().update(layer, constants, blocks.chipBlock(), blocks.weights(), blocks.count());
    }

    /** Moves the copies that the last UPDATE made to where BACKWARD's weights are loaded from, all weight blocks. */
    void takeBackwardCopy(List<Command> program) {
        int capacity = Math.max(1, context.config().memories().weightBlocks() / 2);
        int piece = 0;
        for (Range blocks : Range.pieces(layer.weightBlocks(), capacity)) {
            Blocks moved = new Blocks(blocks.from(), piece++ % 2 * capacity, blocks.count(), 0);
            program.add(move(
                    Opcode.LOAD,
                    Scratchpad.BACKWARD_WEIGHT,
                    moved,
                    context.layout().backwardCopy(index)));
            program.add(move(Opcode.STORE, Scratchpad.BACKWARD_WEIGHT, moved));
        }
    }
}
