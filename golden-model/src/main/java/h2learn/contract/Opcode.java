package h2learn.contract;

import java.util.Arrays;
import java.util.Optional;

/** Commands of the accelerator. The code stands in a command's OPCODE field. */
public enum Opcode {
    /** One output block: sums of weights into the forward accumulators. */
    FORWARD(1),
    /** One output block: accumulators to potential, spikes and windows. */
    NEURON(2),
    /** Last layer: spikes and labels to ds. */
    LOSS(3),
    /** gu of a layer to ds of the layer below. */
    BACKWARD(4),
    /** One channel block: ds to gu and its sum over time. */
    NEURON_BACKWARD(5),
    /** One output block: gu and inputs into the weight gradient accumulators. */
    WEIGHT_GRADIENT(6),
    /** Weight gradients into the master weights, and new copies for the engines; clears the gradients. */
    UPDATE(7),
    /** Done when all earlier commands of all queues are; later ones wait for it. Raises the interrupt. */
    FENCE(8),
    /** Spikes and windows of a layer to those of the pool above it, and the first maximum's tap as its potential. */
    POOL(9),
    /** ds of a pool to ds of the layer below. */
    POOL_BACKWARD(10),
    /** Rows of words from external memory into a scratchpad. */
    LOAD(11),
    /** Rows of words from a scratchpad into external memory. */
    STORE(12);

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** That of a code, if there is one. */
    public static Optional<Opcode> of(int code) {
        return Arrays.stream(values()).filter(opcode -> opcode.code == code).findFirst();
    }

    /** The name that belongs to a code, or {@code opcode} and the code where none does. */
    public static String name(int code) {
        return of(code).map(Enum::name).orElse("opcode " + code);
    }
}
