package h2learn.host;

import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.Opcode;
import h2learn.contract.QueueState;
import h2learn.contract.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an accelerator does at a moment, for people: every queue, every engine at work, and how far the ring is. The C driver
 * says it in the same words.
 *
 * @param status register STATUS
 * @param completed register COMPLETED
 * @param head register RING_HEAD
 * @param tail register RING_TAIL
 * @param states registers QUEUE_STATE
 * @param indices registers QUEUE_INDEX
 */
public record EngineStates(int status, int completed, int head, int tail, List<Integer> states, List<Integer> indices) {
    private static final int SILENT = QueueState.values().length;

    /** Reads them one after the other. Throws {@link TransportException}. */
    public static EngineStates read(Transport transport) {
        return new EngineStates(
                word(transport, Register.STATUS),
                word(transport, Register.COMPLETED),
                word(transport, Register.RING_HEAD),
                word(transport, Register.RING_TAIL),
                words(transport, Register.QUEUE_STATE),
                words(transport, Register.QUEUE_INDEX));
    }

    private static int word(Transport transport, Register register) {
        return transport.read(register.offset(), 1)[0];
    }

    private static List<Integer> words(Transport transport, Register register) {
        List<Integer> words = new ArrayList<>();
        for (int word : transport.read(register.offset(), register.count())) {
            words.add(word);
        }
        return List.copyOf(words);
    }

    /** One line without an end. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (CommandQueue queue : CommandQueue.values()) {
            parts.add("queue " + queue + " " + queue(states.get(queue.ordinal()), indices.get(queue.ordinal())));
        }
        int running = Register.STATUS.field("ENGINES").get(status);
        String engines = names(running, Engine.values());
        parts.add("engines at work: " + (engines.isEmpty() ? "none" : engines));
        parts.add(Integer.toUnsignedString(completed) + " commands completed, " + Integer.toUnsignedString(head)
                + " of " + Integer.toUnsignedString(tail) + " fetched from the ring");
        return String.join("; ", parts);
    }

    private static String queue(int word, int index) {
        int code = Register.QUEUE_STATE.field("STATE").get(word);
        StringBuilder text = new StringBuilder();
        if (code >= SILENT) {
            text.append("is in state ").append(code);
        } else {
            QueueState state = QueueState.values()[code];
            text.append(state.verb());
            if (state != QueueState.IDLE) {
                String opcode = Opcode.name(Register.QUEUE_STATE.field("OPCODE").get(word));
                text.append(" command ")
                        .append(Integer.toUnsignedString(index))
                        .append(" (")
                        .append(opcode)
                        .append(')');
            }
            if (state == QueueState.WAITS) {
                int missing = Register.QUEUE_STATE.field("MISSING").get(word);
                text.append(" for a token of ").append(names(missing, CommandQueue.values()));
            }
        }
        int level = Register.QUEUE_STATE.field("LEVEL").get(word);
        if (level > 0) {
            text.append(", ").append(level).append(" behind it");
        }
        return text.toString();
    }

    private static String names(int bits, Enum<?>[] all) {
        List<Enum<?>> chosen = new ArrayList<>();
        for (Enum<?> each : all) {
            if ((bits >> each.ordinal() & 1) != 0) {
                chosen.add(each);
            }
        }
        return chosen.stream().map(Enum::name).collect(Collectors.joining(", "));
    }
}
