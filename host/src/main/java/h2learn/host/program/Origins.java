package h2learn.host.program;

import static h2learn.contract.Opcode.BACKWARD;
import static h2learn.contract.Opcode.FORWARD;
import static h2learn.contract.Opcode.LOSS;
import static h2learn.contract.Opcode.NEURON;
import static h2learn.contract.Opcode.NEURON_BACKWARD;
import static h2learn.contract.Opcode.POOL;
import static h2learn.contract.Opcode.POOL_BACKWARD;
import static h2learn.contract.Opcode.UPDATE;
import static h2learn.contract.Opcode.WEIGHT_GRADIENT;

import h2learn.contract.Command;
import h2learn.contract.CommandField;
import h2learn.contract.Opcode;
import h2learn.model.machine.Space;
import java.util.Arrays;

/** Which commands compute what a command reads: those of its own layer, of the one below or of the one above. */
final class Origins {
    private Origins() {}

    /** Whether {@code writer} computes what {@code reader} reads in a space. */
    static boolean fits(Command reader, Space space, Command writer) {
        return switch (reader.opcode()) {
            case FORWARD -> switch (space) {
                case SPIKE -> is(reader, -1, writer, NEURON, POOL);
                case FORWARD_WEIGHT -> is(reader, 0, writer, UPDATE);
                default -> true;
            };
            case NEURON -> is(reader, 0, writer, FORWARD)
                    && reader.get(CommandField.OUTPUT_BLOCK) == writer.get(CommandField.OUTPUT_BLOCK);
            case LOSS -> space != Space.SPIKE || is(reader, 0, writer, NEURON);
            case BACKWARD -> switch (space) {
                case GRADIENT -> is(reader, 1, writer, NEURON_BACKWARD);
                case BACKWARD_WEIGHT -> is(reader, 1, writer, UPDATE);
                case WINDOW -> is(reader, 0, writer, NEURON, POOL);
                default -> true;
            };
            case NEURON_BACKWARD -> switch (space) {
                case SPIKE, WINDOW, POTENTIAL -> is(reader, 0, writer, NEURON);
                case SPIKE_GRADIENT -> is(reader, 0, writer, LOSS, BACKWARD, POOL_BACKWARD);
                default -> true;
            };
            case WEIGHT_GRADIENT -> switch (space) {
                case GRADIENT, GRADIENT_SUM -> is(reader, 0, writer, NEURON_BACKWARD);
                case SPIKE -> is(reader, -1, writer, NEURON, POOL);
                case WEIGHT_GRADIENT -> isSum(reader, writer);
                default -> true;
            };
            case UPDATE -> space == Space.WEIGHT_GRADIENT
                    ? isSum(reader, writer)
                    : is(reader, 0, writer, WEIGHT_GRADIENT, UPDATE);
            case POOL -> is(reader, -1, writer, NEURON, POOL);
            case POOL_BACKWARD -> switch (space) {
                case SPIKE_GRADIENT -> is(reader, 1, writer, LOSS, BACKWARD, POOL_BACKWARD);
                case POTENTIAL -> is(reader, 1, writer, POOL);
                case WINDOW -> is(reader, 0, writer, NEURON, POOL);
                default -> true;
            };
            case LOAD, STORE, FENCE -> true;
        };
    }

    /** dW of the layer, or 0: that is what an UPDATE leaves of any layer. */
    private static boolean isSum(Command reader, Command writer) {
        return writer.opcode() == UPDATE || is(reader, 0, writer, WEIGHT_GRADIENT);
    }

    /** BACKWARD and POOL_BACKWARD have the LAYER of the layer below, whose ds they compute. */
    private static boolean is(Command reader, int distance, Command writer, Opcode... opcodes) {
        long layer = reader.get(CommandField.LAYER) + distance;
        return Arrays.asList(opcodes).contains(writer.opcode()) && writer.get(CommandField.LAYER) == layer;
    }
}
