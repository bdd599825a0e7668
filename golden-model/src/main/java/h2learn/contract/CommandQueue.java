package h2learn.contract;

/**
 * The queues that commands wait in, each running one command after the other, all queues at once. Order between commands
 * of different queues comes from tokens alone; a token bit of a command is the queue's ordinal.
 */
public enum CommandQueue {
    /** LOAD. */
    LOAD,
    /** FORWARD, NEURON and POOL. */
    FORWARD,
    /** LOSS, BACKWARD, NEURON_BACKWARD and POOL_BACKWARD. */
    BACKWARD,
    /** WEIGHT_GRADIENT and UPDATE. */
    GRADIENT,
    /** STORE. */
    STORE;

    /** Most tokens that wait between two queues; one more stops the accelerator with {@link ErrorCode#TOKENS}. */
    public static final int MAXIMUM_TOKENS = 255;

    /** Commands that each queue holds, besides the one that runs. */
    public static final int DEPTH = 8;

    /** The queue that runs {@code opcode}; FENCE waits for all of them and is refused. */
    public static CommandQueue of(Opcode opcode) {
        return switch (opcode) {
            case LOAD -> LOAD;
            case FORWARD, NEURON, POOL -> FORWARD;
            case LOSS, BACKWARD, NEURON_BACKWARD, POOL_BACKWARD -> BACKWARD;
            case WEIGHT_GRADIENT, UPDATE -> GRADIENT;
            case STORE -> STORE;
            case FENCE -> throw new IllegalArgumentException("FENCE waits in no queue");
        };
    }
}
