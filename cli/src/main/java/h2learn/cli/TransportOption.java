package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.InvalidInputException;
import h2learn.contract.CommandField;
import h2learn.contract.MemoryMap;
import h2learn.cosim.board.SimulatedBoard;
import h2learn.host.driver.Board;
import h2learn.host.transport.MappedFile;
import h2learn.host.transport.MappedMemory;
import h2learn.host.transport.MappedTransport;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the accelerator is, and its memory. */
final class TransportOption {
    private static final String MAPPED = "mmap:";
    private static final Path MEMORY = Path.of("/dev/mem");

    @Option(
            names = "--transport",
            paramLabel = "WHERE",
            defaultValue = "sim",
            description = "sim: the Verilog in Verilator. mmap:ADDRESS: registers at that physical address, through"
                    + " /dev/mem. mmap:FILE: registers at the beginning of a device or file, as /dev/uio0. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String transport = "sim";

    @Option(
            names = "--memory",
            paramLabel = "ADDRESS[:FILE]",
            description =
                    "With mmap: where the memory begins that the accelerator is given; what it holds is lost. With a"
                            + " device or file, as /dev/udmabuf0, it is mapped from its beginning, else /dev/mem at the address.")
    private @Nullable String memory;

    @Option(
            names = "--clock",
            paramLabel = "HZ",
            defaultValue = "100000000",
            description = "With mmap: the accelerator's clock, for how long to wait. Default: ${DEFAULT-VALUE}.")
    private long clock = 100_000_000;

    TransportOption() {}

    /** Opens the accelerator and hands its board to {@code body}. */
    <T> T open(AcceleratorConfig config, long memoryBytes, Function<Board, T> body) {
        if (transport.equals("sim")) {
            if (memory != null) {
                throw new InvalidInputException("--memory: a simulation has its own memory; leave it out");
            }
            try (SimulatedBoard board = SimulatedBoard.open(config, 0, memoryBytes, 1)) {
                return body.apply(board.board());
            }
        }
        if (!transport.startsWith(MAPPED) || transport.length() == MAPPED.length()) {
            throw new InvalidInputException(
                    "--transport: " + transport
                            + " is unknown; use sim, mmap:ADDRESS such as mmap:0x43C00000, or mmap:FILE such as mmap:/dev/uio0");
        }
        return mapped(memoryBytes, body);
    }

    private <T> T mapped(long memoryBytes, Function<Board, T> body) {
        if (memory == null) {
            throw new InvalidInputException(
                    "--memory: is missing; say where the accelerator's memory begins, such as --memory 0x10000000");
        }
        DataOptions.atLeast("--clock", clock, 1);
        String registers = transport.substring(MAPPED.length());
        boolean isFile = registers.contains("/");
        Path registerFile = isFile ? Path.of(registers) : MEMORY;
        long registerOffset = isFile ? 0 : number("--transport", registers, 4);
        int colon = memory.indexOf(':');
        long base = number("--memory", colon < 0 ? memory : memory.substring(0, colon), CommandField.BYTES);
        Path memoryFile = colon < 0 ? MEMORY : Path.of(memory.substring(colon + 1));
        try (MappedFile slave = MappedFile.open(registerFile, registerOffset, MemoryMap.REGISTER_BYTES);
                MappedFile ram = MappedFile.open(memoryFile, colon < 0 ? base : 0, memoryBytes)) {
            return body.apply(
                    new Board(new MappedTransport(slave, clock), new MappedMemory(ram, base), base, memoryBytes));
        }
    }

    private static long number(String option, String text, int multiple) {
        try {
            long value = Long.decode(text);
            if (value >= 0 && value % multiple == 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidInputException(option + ": " + text + " is no address; write a multiple of " + multiple
                + " that is not negative, such as 0x10000000");
    }
}
