package h2learn.model.machine;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.Scratchpad;
import java.util.List;

/**
 * One accelerator as its commands see it, bit-exact: scratchpads, accumulators, marks and external memory, and what each
 * command does to them. It knows nothing of networks and layers beyond the command's fields. Commands run one after the
 * other; tokens do not matter. All memories begin with zeros, which a program must not count on.
 */
public final class Machine {
    private final CommandRules rules;
    private final Memories memories;
    private final ForwardUnit forward;
    private final NeuronUnit neuron;
    private final LossUnit loss;
    private final BackwardUnit backward;
    private final WeightGradientUnit weightGradient;
    private final UpdateUnit update;
    private final PoolUnit pool;
    private final TransferUnit transfer;

    /** @param external memory behind the AXI4 master */
    public Machine(AcceleratorConfig config, ExternalMemory external) {
        rules = new CommandRules(config);
        memories = new Memories(config, external);
        forward = new ForwardUnit(config, memories);
        neuron = new NeuronUnit(config, memories);
        loss = new LossUnit(config, memories);
        backward = new BackwardUnit(config, memories);
        weightGradient = new WeightGradientUnit(config, memories);
        update = new UpdateUnit(config, memories);
        pool = new PoolUnit(config, memories);
        transfer = new TransferUnit(memories);
    }

    /** Tells {@code listener} every access from now on. */
    public void listen(AccessListener listener) {
        memories.listener(listener);
        transfer.listener(listener);
    }

    /**
     * Runs one command. Throws {@link IllegalCommandException} where the accelerator stops with an error code, and
     * {@link IndexOutOfBoundsException} where a field leads out of a scratchpad, which the accelerator does not notice.
     */
    public void run(Command command) {
        ErrorCode code = rules.code(command);
        if (code != ErrorCode.NONE) {
            throw new IllegalCommandException(code, command);
        }
        switch (command.opcode()) {
            case FORWARD -> forward.run(command);
            case NEURON -> neuron.forward(command);
            case LOSS -> loss.run(command);
            case BACKWARD -> backward.run(command);
            case NEURON_BACKWARD -> neuron.backward(command);
            case WEIGHT_GRADIENT -> weightGradient.run(command);
            case UPDATE -> update.run(command);
            case POOL -> pool.forward(command);
            case POOL_BACKWARD -> pool.backward(command);
            case LOAD, STORE -> transfer.run(command);
            case FENCE -> {}
        }
    }

    public void run(List<Command> commands) {
        commands.forEach(this::run);
    }

    /** Words of a scratchpad as the AXI4-Lite window shows them, {@code beats} 32-bit words each. */
    public int[] read(Scratchpad scratchpad, int firstWord, int words) {
        MemoryMap.Window window = memories.map.window(scratchpad);
        int beats = window.layout().beats();
        int[] packed = new int[words * beats];
        int[] data = memories.of(scratchpad).data;
        for (int word = 0; word < words; word++) {
            window.layout().pack(data, (firstWord + word) * window.layout().elements(), packed, word * beats);
        }
        return packed;
    }

    /** Writes such words from {@code firstWord} on. */
    public void write(Scratchpad scratchpad, int firstWord, int... packed) {
        MemoryMap.Window window = memories.map.window(scratchpad);
        int beats = window.layout().beats();
        int elements = window.layout().elements();
        int[] data = memories.of(scratchpad).data;
        for (int index = 0; index < packed.length / beats * elements; index++) {
            data[firstWord * elements + index] =
                    window.layout().unpack(packed, index / elements * beats, index % elements, scratchpad.signed());
        }
    }

    public ExternalMemory external() {
        return memories.external;
    }

    /** Values of gu and ds that saturation changed so far, of each value of LAYER. */
    public int[] saturations() {
        return memories.saturations.clone();
    }
}
