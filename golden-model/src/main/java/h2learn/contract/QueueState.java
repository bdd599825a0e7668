package h2learn.contract;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a queue does with its command: the STATE field of the QUEUE_STATE registers. */
public enum QueueState {
    IDLE("idle", "is idle"),
    CHECKS("checks a command", "checks"),
    MEASURES("measures it", "measures"),
    WAITS("waits for tokens", "waits with"),
    STARTS("starts it", "starts"),
    RUNS("runs it", "runs"),
    FAILED("failed", "failed at");

    private final String meaning;
    private final String verb;

    QueueState(String meaning, String verb) {
        this.meaning = meaning;
        this.verb = verb;
    }

    /** Value of the field. */
    public int code() {
        return ordinal();
    }

    public String meaning() {
        return meaning;
    }

    /** What stands between the queue and its command in a sentence; an idle queue has no command. */
    public String verb() {
        return verb;
    }

    /** All values with their meanings, as the register map describes the field. */
    static String list() {
        return Arrays.stream(values())
                .map(state -> state.code() + " " + state.meaning)
                .collect(Collectors.joining(", "));
    }
}
