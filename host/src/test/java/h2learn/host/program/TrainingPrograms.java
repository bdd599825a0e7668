package h2learn.host.program;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.Schedule;
import h2learn.host.TensorImages;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateConstants;
import h2learn.model.machine.ExternalMemory;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * One minibatch of a small network as a program without tokens: weights and samples come from external memory by LOAD,
 * part by part, and the weights go back by STORE.
 */
final class TrainingPrograms {
    static final int MEMORY_BYTES = 1 << 20;

    private final Placement placement;
    private final Schedule schedule;
    private final TensorImages images;
    private final MemoryMap map;
    private final ExternalMemory external = new ExternalMemory(MEMORY_BYTES);
    private final List<Command> commands = new ArrayList<>();
    private int inputBytes;

    TrainingPrograms(Network network, AcceleratorConfig config, List<Sample> minibatch) {
        placement = Placement.of(network, config);
        schedule = new Schedule(placement, LayerConstants.of(network, config.formats()));
        images = new TensorImages(placement);
        map = new MemoryMap(config);
        MasterWeights master = MasterWeights.initial(network, config.formats(), 3);
        List<TensorImages.Image> masters = new ArrayList<>();
        for (Placement.Layer place : placement.layers()) {
            int layer = place.shape().index();
            if (place.shape().weighted()) {
                masters.add(
                        images.weights(Scratchpad.MASTER, layer, master.weight(layer), master.bias(layer)));
                load(masters.get(masters.size() - 1));
            }
        }
        commands.addAll(schedule.copyWeights());
        for (List<Sample> part : placement.parts(minibatch)) {
            load(images.input(part));
            load(images.labels(part));
            commands.addAll(schedule.part(part.size()));
        }
        for (Placement.Layer place : placement.layers()) {
            if (place.shape().weighted()) {
                commands.add(schedule.update(
                        place.shape().index(),
                        UpdateConstants.of(
                                LayerConstants.of(network, config.formats())
                                        .get(place.shape().index()),
                                network.training(),
                                place.shape().index(),
                                0.5,
                                minibatch.size(),
                                0)));
            }
        }
        int to = MEMORY_BYTES / 2;
        for (TensorImages.Image image : masters) {
            commands.add(transfer(Opcode.STORE, image, to));
            to += 4 * image.beats().length;
        }
    }

    private void load(TensorImages.Image image) {
        external.write(inputBytes, image.beats());
        commands.add(transfer(Opcode.LOAD, image, inputBytes));
        inputBytes += 4 * image.beats().length;
    }

    private Command transfer(Opcode opcode, TensorImages.Image image, int address) {
        MemoryMap.Window window = map.window(image.scratchpad());
        int beats = window.layout().beats();
        return Command.of(opcode)
                .with(CommandField.ROWS, 1)
                .with(CommandField.ROW_WORDS, image.beats().length / beats)
                .with(CommandField.SCRATCHPAD, image.scratchpad().ordinal())
                .with(CommandField.SCRATCHPAD_WORD, (image.address() - window.base()) / 4 / beats)
                .with(CommandField.MEMORY_LOW, address)
                .build();
    }

    List<Command> commands() {
        return List.copyOf(commands);
    }

    /** A copy of the memory before the program. */
    ExternalMemory external() {
        ExternalMemory copy = new ExternalMemory(MEMORY_BYTES);
        copy.write(0, external.read(0, MEMORY_BYTES / 4));
        return copy;
    }

    int inputBytes() {
        return inputBytes;
    }

    /** A checker that knows the inputs. */
    ProgramCheck check() {
        return new ProgramCheck(placement.config(), MEMORY_BYTES).input(0, inputBytes);
    }
}
