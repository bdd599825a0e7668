package h2learn.host.predict;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.model.machine.CommandShape;
import h2learn.model.machine.Machine;

/** What a golden machine holds when the command is about to run: exact. */
public final class MachineFindings implements Findings {
    private final Machine machine;
    private final MemoryMap map;

    public MachineFindings(AcceleratorConfig config, Machine machine) {
        this.machine = machine;
        map = new MemoryMap(config);
    }

    @Override
    public NonZero gradient(Command command) {
        CommandShape shape = new CommandShape(command);
        return nonZero(
                Scratchpad.GRADIENT,
                command.get(CommandField.TRACE),
                shape.samples,
                shape.area(),
                shape.steps,
                shape.outputBlocks);
    }

    @Override
    public NonZero gradientSum(Command command) {
        CommandShape shape = new CommandShape(command);
        return nonZero(
                Scratchpad.GRADIENT_SUM,
                command.get(CommandField.SUM_WORD),
                shape.samples,
                shape.area(),
                1,
                shape.outputBlocks);
    }

    @Override
    public NonZero window(Command command) {
        CommandShape shape = new CommandShape(command);
        return nonZero(
                Scratchpad.WINDOW,
                command.get(CommandField.TRACE_BELOW),
                shape.samples,
                shape.inputHeight * shape.inputWidth,
                shape.steps,
                shape.inputBlocks);
    }

    private NonZero nonZero(Scratchpad scratchpad, long firstWord, int samples, int area, int steps, int blocks) {
        WordLayout layout = map.window(scratchpad).layout();
        int[] beats = machine.read(scratchpad, (int) firstWord, samples * area * steps * blocks);
        return (sample, step, point, channel) -> {
            int word = ((sample * area + point) * steps + step) * blocks + channel / layout.elements();
            return layout.unpack(beats, word * layout.beats(), channel % layout.elements(), false) != 0;
        };
    }
}
