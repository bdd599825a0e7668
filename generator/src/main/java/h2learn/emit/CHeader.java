package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Opcode;
import h2learn.contract.QueueState;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The register map as C99 macros. Offsets and bases are bytes; LSB is a field's lowest bit, MASK its bits in place:
 * {@code (word & MASK) >> LSB} is its value.
 */
final class CHeader {
    private final StringBuilder text = new StringBuilder();
    private final AcceleratorConfig config;

    private CHeader(AcceleratorConfig config) {
        this.config = config;
    }

    static String of(AcceleratorConfig config) {
        return new CHeader(config).write();
    }

    private String write() {
        String guard = "H2LEARN_" + Product.identifier(config).toUpperCase(Locale.ROOT) + "_H";
        AcceleratorVerilog.header(config).forEach(line -> line("/* " + line + " */"));
        line("#ifndef " + guard);
        line("#define " + guard);
        identity();
        registers();
        counters();
        commands();
        codes();
        names();
        windows();
        line("");
        line("#endif");
        return text.toString();
    }

    private void identity() {
        ConfigHash hash = ConfigHash.of(config);
        section("Identity: compare ID, VERSION and HASH with the registers before anything else");
        define("GENERATOR_VERSION", '"' + ToolVersions.current().h2learn() + '"', "h2learn that made this file");
        define("CONFIG_NAME", '"' + config.name() + '"', "");
        define("IDENTIFIER", hex(Register.IDENTIFIER), "value of the ID register");
        define("MAP_VERSION", decimal(Register.MAP_VERSION), "value of the VERSION register");
        define("HASH_LOW", hex(Integer.toUnsignedLong(hash.lowWord())), "value of the HASH_LOW register");
        define("HASH_HIGH", hex(Integer.toUnsignedLong(hash.highWord())), "value of the HASH_HIGH register");
        section("Sizes of this configuration");
        define("LANES", decimal(config.lanes()), "N: output channels in parallel, bits of a spike word");
        define("LUT_INPUTS", decimal(config.lut().inputs()), "G: spikes that index one table");
        define("BACKWARD_LANES", decimal(config.backward().lanes()), "B: multipliers of the backward engine");
        define("COMMAND_FIFO_DEPTH", decimal(Register.FIFO_DEPTH), "commands that the FIFO holds");
        define("MEMORY_ADDRESS_BITS", decimal(config.memoryBus().addressBits()), "of the AXI4 master");
        AcceleratorConfig.Formats formats = config.formats();
        define("WEIGHT_BITS", decimal(formats.weightBits()), "forward and backward weights");
        define("WEIGHT_FRACTION_BITS", decimal(formats.weightFractionBits()), "also of u, theta and window");
        define("MASTER_BITS", decimal(formats.masterBits()), "master weights");
        define("MASTER_FRACTION_BITS", decimal(formats.masterFractionBits()), "");
        define("POTENTIAL_BITS", decimal(formats.potentialBits()), "u, theta and window");
        define("GRADIENT_BITS", decimal(formats.gradientBits()), "gu and ds; their exponent is the layer's");
        define("ACCUMULATOR_BITS", decimal(formats.accumulatorBits()), "forward accumulators");
        AcceleratorConfig.Limits limits = config.limits();
        define("MAX_SAMPLES", decimal(limits.samples()), "samples of a minibatch part");
        define("MAX_STEPS", decimal(limits.steps()), "time steps");
        define("MAX_POINTS", decimal(limits.points()), "(sample, step) pairs of a forward tile");
        define("MAX_INPUT_PLANES", decimal(limits.inputPlanes()), "bit-planes of an input value");
        define("MAX_LISTED_GRADIENTS", decimal(MemoryMap.LIST_ENTRIES), "gradients that BACKWARD lists at once");
        define("MAX_LISTED_POINTS", decimal(MemoryMap.LISTED_POINTS), "output points that BACKWARD lists at once");
        define("MAX_CLASSES", decimal(MemoryMap.MAXIMUM_CLASSES), "classes of the loss");
        define("WEIGHT_BLOCKS", decimal(config.memories().weightBlocks()), "N x N blocks of weights");
    }

    private void registers() {
        section("Registers, 32 bits each");
        for (Register register : Register.values()) {
            String name = "REG_" + register.name();
            line("");
            comment(RegisterMap.access(register) + ": " + register.meaning());
            define(name + "_OFFSET", hex(register.offset()), "");
            if (register.count() > 1) {
                define(name + "_COUNT", decimal(register.count()), "words, 4 bytes apart");
            }
            for (Register.Field field : register.fields()) {
                bits(name + "_" + field.name(), field.low(), field.bits(), field.meaning());
            }
        }
    }

    private void counters() {
        section("64-bit counters of the engines, low word first, and each engine's bit in STATUS.ENGINES");
        for (Engine engine : Engine.values()) {
            line("");
            define("ENGINE_" + engine.name(), decimal(engine.ordinal()), "");
            for (Counter counter : Counter.values()) {
                define(
                        "COUNTER_" + engine.name() + "_" + counter.name() + "_OFFSET",
                        hex(counter.offset(engine)),
                        counter.meaning(engine));
            }
        }
    }

    private void commands() {
        section("Fields of a command: WORD is the index of its 32-bit word");
        define("COMMAND_WORDS", decimal(CommandField.WORDS), "");
        for (CommandField field : CommandField.values()) {
            line("");
            String name = "CMD_" + field.name();
            comment(field.meaning());
            define(name + "_WORD", decimal(field.word()), "");
            bits(name, field.low(), field.bits(), "");
        }
    }

    private void codes() {
        section("Values of the OPCODE field");
        for (Opcode opcode : Opcode.values()) {
            define("OP_" + opcode.name(), decimal(opcode.code()), "");
        }
        section("Values of the CODE field of the ERROR register");
        for (ErrorCode error : ErrorCode.values()) {
            define("ERR_" + error.name(), decimal(error.code()), error.meaning());
        }
    }

    /** What a program needs to put codes into words. */
    private void names() {
        section("Values of the STATE field of the QUEUE_STATE registers");
        for (QueueState state : QueueState.values()) {
            define("QUEUE_STATE_" + state.name(), decimal(state.code()), state.meaning());
        }
        section("Names, for a macro X(value, name, text) of yours");
        define("QUEUES", decimal(CommandQueue.values().length), "");
        define("ENGINES", decimal(Engine.values().length), "");
        list("ERROR_LIST", ErrorCode.values(), ErrorCode::code, ErrorCode::meaning);
        list("OPCODE_LIST", Opcode.values(), Opcode::code, opcode -> "");
        list("ENGINE_LIST", Engine.values(), Engine::ordinal, Engine::useful);
        list("QUEUE_LIST", CommandQueue.values(), CommandQueue::ordinal, queue -> "");
        list("QUEUE_STATE_LIST", QueueState.values(), QueueState::code, QueueState::verb);
    }

    private <E extends Enum<E>> void list(String name, E[] values, ToIntFunction<E> code, Function<E, String> meaning) {
        line("");
        List<String> entries = Arrays.stream(values)
                .map(value -> "    X(" + decimal(code.applyAsInt(value)) + ", \"" + value.name() + "\", \""
                        + meaning.apply(value) + "\")")
                .toList();
        line("#define H2LEARN_" + name + "(X) \\");
        line(String.join(" \\\n", entries));
    }

    private void windows() {
        MemoryMap map = new MemoryMap(config);
        section("Memory windows. WORD_BEATS: 32-bit beats of a word; WORD_BYTES apart lie two words");
        define("ADDRESS_BITS", decimal(map.addressBits()), "width of the AXI4-Lite byte address");
        define("REGISTER_BYTES", hex(MemoryMap.REGISTER_BYTES), "the registers' window, at 0");
        for (Window window : RegisterMap.windows(map)) {
            Scratchpad scratchpad = window.scratchpad();
            String name = "MEM_" + scratchpad.name();
            line("");
            comment(RegisterMap.access(scratchpad) + ": " + scratchpad.meaning());
            define(name + "_BASE", hex(window.base()), "");
            define(name + "_BYTES", hex(window.bytes()), "size of the window");
            define(name + "_WORDS", decimal(window.words()), "");
            define(name + "_WORD_BEATS", decimal(window.layout().beats()), "");
            define(name + "_WORD_BYTES", decimal(4 * window.layout().beats()), "");
            define(name + "_ELEMENTS", decimal(window.layout().elements()), "of a word");
            define(name + "_ELEMENT_BITS", decimal(window.layout().elementBits()), "");
            define(name + "_ELEMENTS_PER_BEAT", decimal(window.layout().elementsPerBeat()), "lowest bits first");
            define(name + "_SIGNED", decimal(scratchpad.signed() ? 1 : 0), "whether elements are two's complement");
            define(name + "_WRITABLE", decimal(scratchpad.writable() ? 1 : 0), "");
        }
    }

    private void bits(String name, int low, int width, String meaning) {
        define(name + "_LSB", decimal(low), meaning);
        define(name + "_WIDTH", decimal(width), "");
        define(name + "_MASK", hex(((1L << width) - 1) << low), "");
    }

    private void section(String title) {
        line("");
        comment("---- " + title + " ----");
    }

    private void comment(String words) {
        line("/* " + words + " */");
    }

    private void define(String name, String value, String meaning) {
        line("#define H2LEARN_" + name + " " + value + (meaning.isEmpty() ? "" : " /* " + meaning + " */"));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String decimal(int value) {
        return value + "u";
    }

    /** C99's unsigned long has at least 32 bits, unsigned long long 64. */
    private static String hex(long value) {
        return value >>> 32 == 0
                ? String.format(Locale.ROOT, "0x%08Xul", value)
                : String.format(Locale.ROOT, "0x%016Xull", value);
    }
}
