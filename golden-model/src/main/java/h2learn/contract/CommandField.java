package h2learn.contract;

/** The fields of a 64-byte command: sixteen 32-bit words. An engine reads only the fields that its opcode names. */
public enum CommandField {
    OPCODE(0, 0, 8, "see Opcode"),
    LAYER(0, 8, 4, "index of the layer, for the saturation counters and reports"),
    TOP_PADDING(0, 12, 4, "rows of zeros above the input image or tile"),
    STATIC_INPUT(0, 16, 1, "the input is the same for every step"),
    SIGNED_INPUT(0, 17, 1, "the top bit-plane is negative"),
    BIAS(0, 18, 1, "the layer has a bias"),
    SPARSE_DS(0, 19, 1, "ds comes from BACKWARD: points marked empty hold no ds"),
    RESET(0, 20, 2, "what a spike does to the potential: see RESET_HARD, RESET_SOFT and RESET_NONE"),
    DETACH_RESET(0, 22, 1, "NEURON_BACKWARD: the gradient ignores that the reset depends on the spike"),
    STOCHASTIC(0, 23, 1, "UPDATE: rounds at random instead of to nearest"),
    REPEATED(0, 24, 1, "LOSS: done before for the same points, so that what it clips is not counted again"),
    OUTPUT_PLANES(0, 28, 4, "bit-planes of a pool's output: 1 is max-pool, more hold the number of spikes"),
    SAMPLES(1, 0, 16, "samples of this minibatch part"),
    STEPS(1, 16, 8, "time steps T"),
    PLANES(1, 24, 8, "bit-planes of an input value"),
    INPUT_BLOCKS(2, 0, 16, "input channels / N, rounded up"),
    OUTPUT_BLOCKS(2, 16, 16, "output channels / N, rounded up"),
    OUTPUT_BLOCK(3, 0, 16, "the output block to compute"),
    INPUT_FRACTION(3, 16, 8, "fraction bits of the input"),
    OUTPUT_CHANNELS(4, 0, 16, "output channels without padding"),
    INPUT_CHANNELS(4, 16, 16, "input channels without padding"),
    SPIKE_INPUT(5, 0, 24, "first spike word of the layer's input"),
    INPUT_HEIGHT(5, 24, 8, "rows of the input image; 1 where there is no image"),
    SPIKE_OUTPUT(6, 0, 24, "first spike word of the layer's output"),
    INPUT_WIDTH(6, 24, 8, "columns of the input image"),
    TRACE(7, 0, 24, "first trace word of the layer"),
    OUTPUT_HEIGHT(7, 24, 8, "rows of the output image"),
    TRACE_BELOW(8, 0, 24, "first trace word of the layer below"),
    OUTPUT_WIDTH(8, 24, 8, "columns of the output image"),
    WEIGHT_BLOCK(9, 0, 24, "first weight block: of the output block, of the layer for BACKWARD and UPDATE"),
    KERNEL_HEIGHT(9, 24, 8, "rows of the kernel"),
    THETA(10, 0, 16, "threshold, Fw fraction bits, signed"),
    WINDOW(10, 16, 16, "half-width a of the surrogate window, Fw fraction bits, signed"),
    ALPHA(11, 0, 9, "leak, 8 fraction bits, unsigned"),
    TAKE_TOKENS(11, 9, 5, "queues of which the command takes a token before it starts: bit q"),
    BETA(11, 16, 9, "surrogate height, 8 fraction bits, unsigned"),
    GIVE_TOKENS(11, 25, 5, "queues to which the command gives a token when it is done: bit q"),
    MULTIPLIER(12, 0, 16, "loss and update factor; NEURON_BACKWARD: slope of the triangular surrogate, 0: rectangle"),
    SHIFT(12, 16, 6, "right shift of the loss, of BACKWARD, of UPDATE and of the slope"),
    CLASSES(13, 0, 16, "classes of the loss"),
    NEURONS(13, 16, 16, "output neurons a class"),
    BIAS_WORD(14, 0, 24, "bias word of the output block: block * N + column"),
    KERNEL_WIDTH(14, 24, 8, "columns of the kernel"),
    BLOCKS(15, 0, 24, "weight and bias blocks of UPDATE"),
    STRIDE(15, 24, 4, "distance of neighbouring output points"),
    PADDING(15, 28, 4, "columns of zeros left of the input image"),
    // In words whose fields above UPDATE does not read.
    ROW_WEIGHTS(5, 0, 24, "UPDATE: weights of one output channel"),
    LAYER_WEIGHTS(6, 0, 32, "UPDATE: weights of the layer, the random index of its first bias"),
    NOISE_KEY(10, 0, 32, "UPDATE: key of the layer's random numbers"),
    MOMENTUM(11, 0, 8, "UPDATE: share of v that is kept, 8 fraction bits, unsigned"),
    DECAY_MULTIPLIER(13, 0, 16, "UPDATE: weight decay factor"),
    DECAY_SHIFT(13, 16, 6, "UPDATE: right shift of the weight decay"),
    WEIGHT_BLOCKS(14, 0, 24, "UPDATE: blocks before the bias blocks, which do not decay"),
    LABEL_WORD(14, 0, 24, "LOSS: word of the first sample's label"),
    SUM_WORD(15, 0, 24, "NEURON_BACKWARD, WEIGHT_GRADIENT: first word of the layer's sums of gu over time"),
    // LOAD and STORE read these alone, besides LAYER and the tokens.
    ROWS(2, 0, 24, "LOAD, STORE: rows of words to move"),
    MEMORY_LOW(5, 0, 32, "LOAD, STORE: low word of the external byte address, a multiple of 4"),
    MEMORY_HIGH(6, 0, 32, "LOAD, STORE: high word of the external byte address"),
    SCRATCHPAD_WORD(7, 0, 24, "LOAD, STORE: first scratchpad word"),
    SCRATCHPAD(7, 24, 8, "LOAD, STORE: the scratchpad, in the order of Scratchpad"),
    SCRATCHPAD_STRIDE(8, 0, 24, "LOAD, STORE: scratchpad words from one row to the next"),
    ROW_WORDS(9, 0, 24, "LOAD, STORE: scratchpad words of a row"),
    MEMORY_STRIDE(14, 0, 32, "LOAD, STORE: bytes of external memory from one row to the next, a multiple of 4");

    /** Values of RESET: the potential is kept as 0, u - theta or u. */
    public static final int RESET_HARD = 0;

    public static final int RESET_SOFT = 1;
    public static final int RESET_NONE = 2;

    public static final int WORDS = 16;

    /** Bytes of a command, in the ring too. */
    public static final int BYTES = 4 * WORDS;

    private final int word;
    private final int low;
    private final int bits;
    private final String meaning;

    CommandField(int word, int low, int bits, String meaning) {
        this.word = word;
        this.low = low;
        this.bits = bits;
        this.meaning = meaning;
    }

    /** Index of the 32-bit word, 0..15. */
    public int word() {
        return word;
    }

    /** Lowest bit in the word. */
    public int low() {
        return low;
    }

    public int bits() {
        return bits;
    }

    public String meaning() {
        return meaning;
    }

    /** Writes a value; throws when it does not fit (signed values may use the field's whole range). */
    public void put(int[] words, long value) {
        if (value >= 1L << bits || value < -(1L << (bits - 1))) {
            throw new IllegalArgumentException(name() + " cannot hold " + value + ": it has " + bits + " bits");
        }
        long mask = ((1L << bits) - 1) << low;
        words[word] = (int) ((words[word] & ~mask) | ((value << low) & mask));
    }

    /** The field's value, unsigned. */
    public long get(int[] words) {
        return (Integer.toUnsignedLong(words[word]) >>> low) & ((1L << bits) - 1);
    }
}
