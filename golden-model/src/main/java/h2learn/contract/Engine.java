package h2learn.contract;

/** The units that run commands, in the order of their counters. Each names what its counters count. */
public enum Engine {
    FORWARD("spike words streamed", "weight blocks of N x N filled into the tables", "none"),
    NEURON("words of N neurons", "words of N neurons", "none"),
    LOSS("samples", "samples", "none"),
    BACKWARD("multiplications issued, over all lanes", "points with a gradient", "points without a gradient"),
    NEURON_BACKWARD("words of N neurons", "words of N neurons", "none"),
    WEIGHT_GRADIENT(
            "words of N transposed spikes streamed",
            "blocks of N points with a gradient",
            "blocks of N points without a gradient"),
    UPDATE("words of N weights", "words of N weights", "none"),
    POOL("words of N spikes read", "words of N pooled channels", "none"),
    POOL_BACKWARD("words of N ds read", "words of N ds written", "none"),
    LOAD("words of 32 bits written to a scratchpad", "bursts", "cycles in which an engine kept it from the scratchpad"),
    STORE("words of 32 bits read from a scratchpad", "bursts", "cycles in which an engine kept it from the scratchpad");

    private final String useful;
    private final String items;
    private final String skipped;

    Engine(String useful, String items, String skipped) {
        this.useful = useful;
        this.items = items;
        this.skipped = skipped;
    }

    public String useful() {
        return useful;
    }

    public String items() {
        return items;
    }

    public String skipped() {
        return skipped;
    }

    /** The engine that runs {@code opcode}; FENCE has none and is refused. */
    public static Engine of(Opcode opcode) {
        return switch (opcode) {
            case FORWARD -> FORWARD;
            case NEURON -> NEURON;
            case LOSS -> LOSS;
            case BACKWARD -> BACKWARD;
            case NEURON_BACKWARD -> NEURON_BACKWARD;
            case WEIGHT_GRADIENT -> WEIGHT_GRADIENT;
            case UPDATE -> UPDATE;
            case POOL -> POOL;
            case POOL_BACKWARD -> POOL_BACKWARD;
            case LOAD -> LOAD;
            case STORE -> STORE;
            case FENCE -> throw new IllegalArgumentException("FENCE runs on no engine");
        };
    }
}
