package h2learn.contract;

/** The on-chip memories that the host sees as windows. Trace words are addressed (sample * T + t) * blocks + block. */
public enum Scratchpad {
    SPIKE("spikes and input bit-planes, [sample][t or plane][block] words of N bits", true, false),
    WINDOW("surrogate windows h, trace words of N bits", false, false),
    POTENTIAL("membrane potentials u, trace words; of a pool the tap of each square's first maximum", false, true),
    GRADIENT("gradients gu, trace words", false, true),
    SPIKE_GRADIENT("gradients ds, trace words", true, true),
    GRADIENT_SUM("sum of gu over time, [sample][block] words", false, true),
    LABEL("class of each sample of the part", true, false),
    MASTER("master weights: word block * N + input channel holds N output channels", true, true),
    WEIGHT_GRADIENT("dW, laid out as MASTER", false, true),
    FORWARD_WEIGHT(
            "weights of the forward engine: word block * N + output channel holds N input channels", false, true),
    BACKWARD_WEIGHT("weights of the backward engine, laid out as MASTER", false, true),
    MOMENTUM("momentum v, laid out as MASTER; only with options.momentum", true, true);

    private final String meaning;
    private final boolean writable;
    private final boolean signed;

    Scratchpad(String meaning, boolean writable, boolean signed) {
        this.meaning = meaning;
        this.writable = writable;
        this.signed = signed;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether the host may write it; a write to another answers SLVERR. */
    public boolean writable() {
        return writable;
    }

    /** Whether its elements are two's complement. */
    public boolean signed() {
        return signed;
    }
}
