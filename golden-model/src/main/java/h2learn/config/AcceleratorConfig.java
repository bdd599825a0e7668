package h2learn.config;

import h2learn.number.FixedFormat;

/**
 * Everything that fixes one generated accelerator (DESIGN section 4). Immutable; read from YAML by {@code ConfigReader},
 * which validates it. RTL, register map, C header, golden model and drivers all take their figures from here, and
 * its hash stands in each of them.
 *
 * @param name lower-case identifier, also part of the Verilog header
 * @param description one sentence for people
 * @param lanes output channels computed in parallel and bits of a spike word, N: a power of two, 4..64
 * @param lut tables of the forward and weight update engines
 * @param forward processing elements of the forward engine
 * @param backward lanes and sparsity of the backward engine
 * @param formats number formats
 * @param limits largest minibatch part that the scratchpads hold
 * @param memories scratchpad depths
 * @param options what the neurons and the update can do beyond the defaults
 * @param memoryBus the AXI4 master to external memory
 * @param target memory style attributes of the emitted Verilog
 */
public record AcceleratorConfig(
        String name,
        String description,
        int lanes,
        Lut lut,
        Forward forward,
        Backward backward,
        Formats formats,
        Limits limits,
        Memories memories,
        Options options,
        MemoryBus memoryBus,
        Target target) {
    /** The same accelerator with other lanes and memories; whether that is legal says {@code ConfigCheck}. */
    public AcceleratorConfig resized(int otherLanes, Backward otherBackward, Memories otherMemories) {
        return new AcceleratorConfig(
                name,
                description,
                otherLanes,
                lut,
                forward,
                otherBackward,
                formats,
                limits,
                otherMemories,
                options,
                memoryBus,
                target);
    }

    /** The same accelerator with other tables, or adders in their place. */
    public AcceleratorConfig withTables(Lut otherLut, Forward otherForward) {
        return new AcceleratorConfig(
                name,
                description,
                lanes,
                otherLut,
                otherForward,
                backward,
                formats,
                limits,
                memories,
                options,
                memoryBus,
                target);
    }

    /** The same accelerator with the memory attributes of another chip. */
    public AcceleratorConfig forTarget(Target other) {
        return new AcceleratorConfig(
                name, description, lanes, lut, forward, backward, formats, limits, memories, options, memoryBus, other);
    }

    /** With the default memory bus. */
    public AcceleratorConfig(
            String name,
            String description,
            int lanes,
            Lut lut,
            Forward forward,
            Backward backward,
            Formats formats,
            Limits limits,
            Memories memories,
            Options options,
            Target target) {
        this(
                name,
                description,
                lanes,
                lut,
                forward,
                backward,
                formats,
                limits,
                memories,
                options,
                MemoryBus.standard(),
                target);
    }

    /** With the default memory bus and none of the options. */
    public AcceleratorConfig(
            String name,
            String description,
            int lanes,
            Lut lut,
            Forward forward,
            Backward backward,
            Formats formats,
            Limits limits,
            Memories memories,
            Target target) {
        this(name, description, lanes, lut, forward, backward, formats, limits, memories, Options.none(), target);
    }

    /**
     * @param inputs spikes that index one table, G: 2..8
     * @param readPorts input points that one table serves in a cycle, P: 1
     */
    public record Lut(int inputs, int readPorts) {}

    public record Forward(Pe pe) {}

    /** LUT: tables of partial sums. ADDER: the dense baseline with the same rate, to measure what the tables save. */
    public enum Pe {
        LUT,
        ADDER
    }

    /**
     * @param lanes multipliers of the backward engine, B: a power of two, 1..N
     * @param sparsity which zeros are skipped
     */
    public record Backward(int lanes, Sparsity sparsity) {}

    /** INPUT: zero gradients are skipped. OUTPUT: neurons outside the window are skipped. */
    public enum Sparsity {
        DUAL,
        INPUT,
        OUTPUT,
        NONE;

        public boolean skipsInputs() {
            return this == DUAL || this == INPUT;
        }

        public boolean skipsOutputs() {
            return this == DUAL || this == OUTPUT;
        }
    }

    /**
     * @param weightBits weight in the forward and backward engines, 4..16
     * @param weightFractionBits Fw, also the fraction bits of the potential, theta and the window
     * @param masterBits master copy, changed by UPDATE: 16
     * @param masterFractionBits Fm, at least Fw
     * @param potentialBits u, theta and a: 16
     * @param gradientBits gu and ds, 8..16; their exponent is the layer's
     * @param accumulatorBits forward accumulator, 24..32
     */
    public record Formats(
            int weightBits,
            int weightFractionBits,
            int masterBits,
            int masterFractionBits,
            int potentialBits,
            int gradientBits,
            int accumulatorBits) {

        /** Fraction bits of alpha and beta. */
        public static final int LEAK_FRACTION_BITS = 8;
        /** Width of alpha and beta, unsigned: 0 to just under 2. */
        public static final int LEAK_BITS = 9;
        /** Width of the weight gradient accumulator. */
        public static final int WEIGHT_GRADIENT_BITS = 32;

        public FixedFormat weight() {
            return new FixedFormat(weightBits, weightFractionBits);
        }

        public FixedFormat master() {
            return new FixedFormat(masterBits, masterFractionBits);
        }

        public FixedFormat potential() {
            return new FixedFormat(potentialBits, weightFractionBits);
        }

        /** gu and ds of a layer whose gradient exponent is {@code exponent}: value = integer / 2^exponent. */
        public FixedFormat gradient(int exponent) {
            return new FixedFormat(gradientBits, exponent);
        }
    }

    /**
     * @param samples samples of one minibatch part, 1..1024
     * @param steps time steps T, 1..64; sizes the sum of gradients over time
     * @param points (sample, step) pairs of one forward tile, the depth of the forward accumulators
     * @param inputPlanes widest multi-bit input, 1..16
     */
    public record Limits(int samples, int steps, int points, int inputPlanes) {}

    /**
     * All depths in words; a power of two each.
     *
     * @param weightBlocks N x N blocks of forward weights (and as many of backward weights)
     * @param spikeWords words of N spikes or input bits
     * @param traceWords words of N values of u, h, gu and ds: (sample, step, channel block) triples of all layers
     * @param gradientSumWords words of N sums of gu over time: (sample, channel block) pairs of one layer
     */
    public record Memories(int weightBlocks, int spikeWords, int traceWords, int gradientSumWords) {}

    /**
     * What networks may ask for beyond the hard reset, its gradient kept, the rectangular surrogate and plain gradient
     * descent rounded to nearest. Each costs area where it is true and nothing where it is false; a network still
     * chooses, so that one accelerator trains networks with and without.
     *
     * @param softReset layers with {@code reset: soft}
     * @param noReset layers with {@code reset: none}
     * @param detachReset layers with {@code detachReset: true}
     * @param triangle layers with {@code surrogate: triangle}
     * @param alpha how the leak is computed
     * @param momentum {@code training.momentum}; needs a scratchpad of 32 bits a weight
     * @param weightDecay {@code training.weightDecay}
     * @param stochasticRounding {@code training.rounding: stochastic}
     */
    public record Options(
            boolean softReset,
            boolean noReset,
            boolean detachReset,
            boolean triangle,
            Leak alpha,
            boolean momentum,
            boolean weightDecay,
            boolean stochasticRounding) {
        /** The defaults. */
        public static Options none() {
            return new Options(false, false, false, false, Leak.MULTIPLIER, false, false, false);
        }
    }

    /** MULTIPLIER: any alpha. SHIFT: powers of two only, 1 to 2^-8, without a multiplier a lane. */
    public enum Leak {
        MULTIPLIER,
        SHIFT
    }

    /**
     * The AXI4 master that LOAD, STORE and the command ring use.
     *
     * @param dataBits 32, 64 or 128
     * @param addressBits of a byte address, 32..64
     */
    public record MemoryBus(int dataBits, int addressBits) {
        /** 64 data bits, 32 address bits. */
        public static MemoryBus standard() {
            return new MemoryBus(64, 32);
        }

        /** 32-bit beats of the scratchpads' layout that one transfer of the bus carries. */
        public int beats() {
            return dataBits / 32;
        }
    }

    /** GENERIC emits no vendor attribute. */
    public enum Target {
        GENERIC,
        XILINX,
        ECP5,
        ICE40,
        ASIC
    }

    /** Tables a lane: ceil(N / G); the last one is smaller where G does not divide N. */
    public int tables() {
        return (lanes + lut.inputs() - 1) / lut.inputs();
    }

    /** ceil(channels / N): channel counts are padded to N with zeros. */
    public int blocks(int channels) {
        return (channels + lanes - 1) / lanes;
    }

    /** Width of the sum of gu over at most {@code limits.steps} steps. */
    public int gradientSumBits() {
        return formats.gradientBits() + ceilLog2(limits.steps());
    }

    /**
     * Words of N master weights, and of N weight gradients: N words a weight block and one bias word an output block,
     * of which there are at most {@code weightBlocks}.
     */
    public int masterWords() {
        return memories.weightBlocks() * lanes;
    }

    /** The smallest n with 2^n >= value; 0 for 1. */
    public static int ceilLog2(int value) {
        return value <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(value - 1);
    }
}
