package h2learn.host.driver;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.InvalidInputException;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.host.CommandPort;
import h2learn.host.Ring;
import h2learn.host.WeightOrder;
import h2learn.host.image.NetworkImage;
import h2learn.host.image.NetworkImage.Check;
import h2learn.host.image.NetworkImage.Layer;
import h2learn.host.image.NetworkImage.Region;
import h2learn.host.image.NetworkImage.Stage;
import h2learn.host.image.NetworkImage.Write;
import h2learn.host.image.Words;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Trains the network of an image on a board: opens the accelerator, runs the image's stages, reads weights. */
public final class ImageDriver {
    /** Cycles without any progress after which the accelerator itself stops and says what waits for what. */
    public static final int WATCHDOG_CYCLES = 1 << 20;

    private final Board board;
    private final AcceleratorConfig config;
    private final NetworkImage image;
    private final CommandPort port;
    private final Ring ring;
    private final WordLayout masters;

    /**
     * @throws InvalidInputException when the image is for another configuration, or needs more memory than the board has
     */
    public ImageDriver(Board board, AcceleratorConfig config, NetworkImage image) {
        this.board = board;
        this.config = config;
        this.image = image;
        masters = new MemoryMap(config).window(Scratchpad.MASTER).layout();
        ConfigHash hash = ConfigHash.of(config);
        if (!image.hash().equals(hash)) {
            throw new InvalidInputException("the image of " + image.network() + " is for the config " + image.config()
                    + " with hash " + image.hash() + ", the hash of " + config.name() + " is " + hash
                    + "; write the image for this config");
        }
        if (image.memoryBytes() > board.memoryBytes()) {
            throw new InvalidInputException("the image of " + image.network() + " needs " + image.memoryBytes()
                    + " bytes of external memory, the board has " + board.memoryBytes()
                    + "; give it more, or write an image with smaller minibatches");
        }
        int bits = config.memoryBus().addressBits();
        if (image.memoryBytes() > 0
                && bits < Long.SIZE
                && board.memoryBase() + (image.memoryBytes() - 1) >>> bits != 0) {
            throw new InvalidInputException("the memory at " + board.memoryBase() + " lies beyond the " + bits
                    + " address bits of the accelerator; give it memory below, or raise memoryBus.addressBits");
        }
        for (Layer layer : image.layers()) {
            int biasBlocks = layer.bias() ? config.blocks(config.blocks(layer.outputs())) : 0;
            long blocks = (long) config.blocks(layer.outputs()) * layer.taps() * config.blocks(layer.channels());
            long words = (blocks + biasBlocks) * config.lanes();
            if (layer.inputBlocks() != config.blocks(layer.channels())
                    || layer.biasBlock() != blocks
                    || words * 4 * masters.beats()
                            > image.regions().get(layer.region()).bytes()) {
                throw new InvalidInputException("the image of " + image.network() + " has weights of layer "
                        + layer.index() + " that are not laid out for " + config.name() + "; write it again");
            }
        }
        port = new CommandPort(board.registers());
        long at = board.memoryBase() + image.ring().address();
        ring = new Ring(board.registers(), board.memory(), at, image.ring().entriesLog2());
    }

    /**
     * Checks that the accelerator is there and the image's, stops whatever it does, and opens the ring. Throws {@link
     * h2learn.host.TransportException}.
     */
    public void open() {
        port.open(config);
        port.restart();
        port.awaitIdle();
        port.write(Register.WATCHDOG, WATCHDOG_CYCLES);
        ring.open();
        port.clearCounters();
    }

    /** Brings the image's weights to the accelerator. */
    public void begin() {
        run(0);
    }

    /**
     * One update from the image's minibatch.
     *
     * @param step 0 to {@link NetworkImage#steps()} - 1
     */
    public void step(int step) {
        run(1 + Objects.checkIndex(step, image.steps()));
    }

    /** Brings the weights to external memory. */
    public void end() {
        run(image.stages().size() - 1);
    }

    /**
     * Runs one stage: writes, commands, and waits until all are done. Throws {@link h2learn.host.TransportException} when a
     * command is refused or hangs; the message then says what each queue and engine does.
     */
    public void run(int stage) {
        Stage current = image.stages().get(stage);
        for (Write write : current.writes()) {
            board.memory()
                    .write(board.memoryBase() + write.address(), write.words().array());
        }
        int words = CommandField.WORDS * current.commands();
        int[] commands = image.commands().array(CommandField.WORDS * current.firstCommand(), words);
        for (int at = 0; at < words; at += CommandField.WORDS) {
            relocate(commands, at);
        }
        ring.submit(commands);
        port.awaitIdle();
    }

    /** Addresses in an image count from the memory's first byte. */
    private void relocate(int[] commands, int at) {
        int opcode = commands[at + CommandField.OPCODE.word()] & 0xFF;
        if (opcode == Opcode.LOAD.code() || opcode == Opcode.STORE.code()) {
            int low = at + CommandField.MEMORY_LOW.word();
            int high = at + CommandField.MEMORY_HIGH.word();
            long address = Integer.toUnsignedLong(commands[low]) | (long) commands[high] << 32;
            commands[low] = (int) (address + board.memoryBase());
            commands[high] = (int) (address + board.memoryBase() >>> 32);
        }
    }

    /** Compares external memory with what a stage that has just run must leave: empty, or the first that is wrong. */
    public Optional<String> verify(int stage) {
        for (Check check : image.stages().get(stage).checks()) {
            int words = Math.toIntExact(check.bytes() / 4);
            int crc = Words.crc(board.memory().read(board.memoryBase() + check.address(), words));
            if (crc != check.crc()) {
                Region region = image.regions().get(check.region());
                return Optional.of(String.format(
                        Locale.ROOT,
                        "after stage %d (%s) the %d bytes from address 0x%X on, of %s, have the checksum %08X, not %08X",
                        stage,
                        image.stages().get(stage).kind(),
                        check.bytes(),
                        board.memoryBase() + check.address(),
                        region.name(),
                        crc,
                        check.crc()));
            }
        }
        return Optional.empty();
    }

    /** The master weights of one of the image's layers as {@link #end()} left them: row-major [output][input]. */
    public int[] weights(int layer) {
        Layer place = image.layers().get(layer);
        return order(place).weights(masters, beats(place), place.outputs());
    }

    /** The biases of one of the image's layers as {@link #end()} left them; empty where it has none. */
    public int[] biases(int layer) {
        Layer place = image.layers().get(layer);
        return place.bias() ? order(place).biases(masters, beats(place), place.outputs()) : new int[0];
    }

    private WeightOrder order(Layer layer) {
        return new WeightOrder(config.lanes(), layer.taps(), layer.channels(), layer.inputBlocks(), layer.biasBlock());
    }

    private int[] beats(Layer layer) {
        Region region = image.regions().get(layer.region());
        return board.memory().read(board.memoryBase() + region.address(), Math.toIntExact(region.bytes() / 4));
    }

    /** Registers and counters. */
    public CommandPort port() {
        return port;
    }
}
