package h2learn.contract;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One immutable command for the accelerator. */
public final class Command {
    private final Opcode opcode;
    private final int[] words;
    private final Map<CommandField, Long> fields;

    private Command(Opcode opcode, int[] words, Map<CommandField, Long> fields) {
        this.opcode = opcode;
        this.words = words;
        this.fields = Collections.unmodifiableMap(fields);
    }

    public static Builder of(Opcode opcode) {
        return new Builder(opcode);
    }

    /**
     * A command as the hardware takes it, {@link CommandField#WORDS} words. Its text names no fields: several may lie in the
     * same words. Throws {@link IllegalArgumentException} where the opcode is none of the accelerator's.
     */
    public static Command ofWords(int[] words) {
        int code = (int) CommandField.OPCODE.get(words);
        Opcode opcode =
                Opcode.of(code).orElseThrow(() -> new IllegalArgumentException("no command has the opcode " + code));
        Map<CommandField, Long> fields = new EnumMap<>(CommandField.class);
        fields.put(CommandField.OPCODE, (long) code);
        return new Command(opcode, Arrays.copyOf(words, CommandField.WORDS), fields);
    }

    /** Commands as the hardware takes them, behind one another. */
    public static int[] words(List<Command> commands) {
        int[] words = new int[commands.size() * CommandField.WORDS];
        for (int index = 0; index < commands.size(); index++) {
            System.arraycopy(commands.get(index).words, 0, words, index * CommandField.WORDS, CommandField.WORDS);
        }
        return words;
    }

    public Opcode opcode() {
        return opcode;
    }

    public long get(CommandField field) {
        return field.get(words);
    }

    /**
     * The same command with these tokens instead of its own.
     *
     * @param take queues of which it takes a token before it starts: bit q
     * @param give queues to which it gives a token when it is done: bit q
     */
    public Command withTokens(int take, int give) {
        return with(CommandField.TAKE_TOKENS, take).with(CommandField.GIVE_TOKENS, give);
    }

    /** The same command with one field changed; throws when the value does not fit. */
    public Command with(CommandField field, long value) {
        Map<CommandField, Long> changed = new EnumMap<>(CommandField.class);
        changed.putAll(fields);
        changed.put(field, value);
        int[] changedWords = words.clone();
        field.put(changedWords, value);
        return new Command(opcode, changedWords, changed);
    }

    /** Whether the command takes a token of {@code queue} before it starts. */
    public boolean takes(CommandQueue queue) {
        return (get(CommandField.TAKE_TOKENS) >> queue.ordinal() & 1) != 0;
    }

    /** Whether the command gives a token to {@code queue} when it is done. */
    public boolean gives(CommandQueue queue) {
        return (get(CommandField.GIVE_TOKENS) >> queue.ordinal() & 1) != 0;
    }

    /** The command as the hardware takes it: {@link CommandField#WORDS} words. */
    public int[] words() {
        return words.clone();
    }

    /** The fields that were set and are not 0; others may lie in the same words. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(opcode.name());
        for (CommandField field : fields.keySet()) {
            if (field != CommandField.OPCODE && get(field) != 0) {
                text.append(' ')
                        .append(field.name().toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(text(field));
            }
        }
        return text.toString();
    }

    private String text(CommandField field) {
        if (field != CommandField.TAKE_TOKENS && field != CommandField.GIVE_TOKENS) {
            return Long.toString(get(field));
        }
        return Arrays.stream(CommandQueue.values())
                .filter(queue -> (get(field) >> queue.ordinal() & 1) != 0)
                .map(queue -> queue.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("+"));
    }

    /** Collects fields; unset fields are 0. */
    public static final class Builder {
        private final Opcode opcode;
        private final Map<CommandField, Long> fields = new EnumMap<>(CommandField.class);

        private Builder(Opcode opcode) {
            this.opcode = opcode;
            fields.put(CommandField.OPCODE, (long) opcode.code());
        }

        public Builder with(CommandField field, long value) {
            fields.put(field, value);
            return this;
        }

        public Builder with(CommandField field, boolean value) {
            return with(field, value ? 1 : 0);
        }

        public Command build() {
            int[] words = new int[CommandField.WORDS];
            fields.forEach((field, value) -> field.put(words, value));
            return new Command(opcode, words, new EnumMap<>(fields));
        }
    }
}
