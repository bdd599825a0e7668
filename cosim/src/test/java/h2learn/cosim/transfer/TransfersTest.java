package h2learn.cosim.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.ConfigReader;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.MemoryErrors;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.transfer.TransferBench.Transfer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** LOAD and STORE move what they should, whatever the memory does; the native core checks the AXI4 protocol meanwhile. */
class TransfersTest {
    private static final int TRANSFERS = 60;

    /** Bus widths with words of one beat and of more than a bus word's, with and without the momentum. */
    static Stream<Arguments> buses() {
        return Stream.of(Arguments.of(32, 32), Arguments.of(64, 32), Arguments.of(128, 40));
    }

    static AcceleratorConfig config(int dataBits, int addressBits) {
        AcceleratorConfig tiny = new ConfigReader().read("tiny");
        return new AcceleratorConfig(
                tiny.name(),
                tiny.description(),
                8,
                tiny.lut(),
                tiny.forward(),
                tiny.backward(),
                tiny.formats(),
                tiny.limits(),
                new AcceleratorConfig.Memories(64, 512, 256, 32),
                new Options(false, false, false, false, Leak.MULTIPLIER, dataBits == 128, false, false),
                new MemoryBus(dataBits, addressBits),
                tiny.target());
    }

    @ParameterizedTest
    @MethodSource("buses")
    void randomTransfers(int dataBits, int addressBits) {
        SplittableRandom random = new SplittableRandom(dataBits);
        try (TransferBench bench = new TransferBench(config(dataBits, addressBits), 3)) {
            RandomTransfers transfers = new RandomTransfers(bench, random.split());
            bench.loadAll(random);
            for (int index = 0; index < TRANSFERS; index++) {
                bench.external.timing(
                        index % 4 == 0 ? MemoryTiming.FAST : MemoryTiming.random(random.nextInt(1 << 20)));
                Transfer transfer = transfers.next();
                if (random.nextBoolean()) {
                    bench.load(transfer);
                } else {
                    bench.store(transfer);
                }
                bench.checkMemory(transfer);
                if (index % 10 == 9) {
                    bench.map().scratchpads().forEach(each -> bench.checkScratchpad(each, transfer));
                }
            }
            bench.map().scratchpads().forEach(each -> bench.checkScratchpad(each, "end"));
        }
    }

    /** A bad answer becomes the error code within bounded time; after RESTART everything works again. */
    @ParameterizedTest
    @MethodSource("buses")
    void errorsBecomeCodes(int dataBits, int addressBits) {
        SplittableRandom random = new SplittableRandom(dataBits + 1);
        try (TransferBench bench = new TransferBench(config(dataBits, addressBits), 4)) {
            RandomTransfers transfers = new RandomTransfers(bench, random.split());
            bench.loadAll(random);
            int failures = 0;
            for (int index = 0; index < TRANSFERS; index++) {
                bench.external.timing(MemoryTiming.random(random.nextInt(1 << 20)));
                bench.external.errors(MemoryErrors.random(index, 6000));
                Transfer transfer = transfers.next();
                boolean load = random.nextBoolean();
                long before = bench.external.statistics().errorAnswers();
                bench.run(transfer.command(load ? Opcode.LOAD : Opcode.STORE));
                int error = bench.error();
                boolean bad = bench.external.statistics().errorAnswers() > before;
                assertEquals(bad ? ErrorCode.SLVERR.code() : 0, error, transfer::toString);
                if (bad) {
                    failures++;
                    assertEquals(
                            load ? Opcode.LOAD.code() : Opcode.STORE.code(),
                            bench.model.bus().read(Register.ERROR.offset()) >> 8 & 0xFF);
                    bench.restart();
                    bench.accept(transfer.scratchpad());
                } else if (load) {
                    bench.expectLoad(transfer);
                } else {
                    bench.expectStore(transfer);
                }
                bench.checkMemory(transfer);
            }
            assertTrue(failures > 10, failures + " failures");
            bench.map().scratchpads().forEach(each -> bench.checkScratchpad(each, "end"));
        }
    }

    /** RESTART in mid-burst: the master ends by the protocol, no word is half written, and the next command is right. */
    @ParameterizedTest
    @MethodSource("buses")
    void restartInMidBurst(int dataBits, int addressBits) {
        SplittableRandom random = new SplittableRandom(dataBits + 2);
        try (TransferBench bench = new TransferBench(config(dataBits, addressBits), 5)) {
            RandomTransfers transfers = new RandomTransfers(bench, random.split());
            bench.loadAll(random);
            int cutShort = 0;
            for (int index = 0; index < TRANSFERS; index++) {
                bench.external.timing(MemoryTiming.random(random.nextInt(1 << 20)));
                Transfer transfer = transfers.next();
                boolean load = random.nextBoolean();
                bench.push(transfer.command(load ? Opcode.LOAD : Opcode.STORE));
                bench.model.step(1 + random.nextInt(300));
                cutShort += bench.model.bus().read(Register.STATUS.offset()) & 1;
                bench.restart();
                assertEquals(
                        0,
                        bench.external.statistics().reads()
                                + bench.external.statistics().writes());
                checkPart(bench, transfer, load);
                bench.accept(transfer.scratchpad());
                Transfer next = transfers.next();
                if (random.nextBoolean()) {
                    bench.load(next);
                } else {
                    bench.store(next);
                }
                bench.checkMemory(next);
            }
            assertTrue(cutShort > 10, cutShort + " cut short");
            bench.map().scratchpads().forEach(each -> bench.checkScratchpad(each, "end"));
        }
    }

    /** Every word is what it was or what it was to become, and nothing else has changed. */
    private static void checkPart(TransferBench bench, Transfer transfer, boolean load) {
        int[] now = load
                ? bench.readWindow(transfer.scratchpad())
                : bench.external.read(TransferBench.BASE, bench.memory.length);
        int[] expected = (load ? bench.contents(transfer.scratchpad()) : bench.memory).clone();
        int mask =
                -1 >>> 32 - bench.map().window(transfer.scratchpad()).layout().beatBits();
        bench.move(transfer, (inPad, inMemory) -> {
            int to = load ? inPad : inMemory;
            int fresh = load ? bench.memory[inMemory] & mask : bench.contents(transfer.scratchpad())[inPad];
            if (now[to] == fresh) {
                expected[to] = fresh;
            }
        });
        // Rows on top of each other: an earlier row's word may stand where a later one was not made.
        bench.move(transfer, (inPad, inMemory) -> {
            int to = load ? inPad : inMemory;
            int fresh = load ? bench.memory[inMemory] & mask : bench.contents(transfer.scratchpad())[inPad];
            if (now[to] == fresh) {
                expected[to] = fresh;
            }
        });
        org.junit.jupiter.api.Assertions.assertArrayEquals(expected, now, transfer::toString);
    }

    /** Whatever is wrong with a command is found before the bus is used. */
    @ParameterizedTest
    @MethodSource("buses")
    void illegalCommands(int dataBits, int addressBits) {
        try (TransferBench bench = new TransferBench(config(dataBits, addressBits), 6)) {
            int depth = bench.words(Scratchpad.LABEL);
            long base = TransferBench.BASE;
            Stream.of(
                            new Transfer(Scratchpad.LABEL, 0, 1, 0, 1, base, 4),
                            new Transfer(Scratchpad.LABEL, 0, 1, 1, 0, base, 4),
                            new Transfer(Scratchpad.LABEL, 0, 1, 1, 1, base + 2, 4),
                            new Transfer(Scratchpad.LABEL, 0, 1, 1, 1, base, 5),
                            new Transfer(Scratchpad.LABEL, 0, 1, 1, depth + 1, base, 4),
                            new Transfer(Scratchpad.LABEL, depth, 0, 1, 1, base, 4),
                            new Transfer(Scratchpad.LABEL, 1, depth / 2 - 1, 3, 2, base, 4),
                            new Transfer(Scratchpad.LABEL, 0, 1 << 23, 3, 1, base, 4),
                            new Transfer(Scratchpad.LABEL, 0, 0xFF_FFFF, 0xFF_FFFF, 1, base, 4),
                            new Transfer(Scratchpad.LABEL, 0xFF_FFFF, 0, 1, 0xFF_FFFF, base, 4))
                    .forEach(bad -> {
                        for (Opcode opcode : new Opcode[] {Opcode.LOAD, Opcode.STORE}) {
                            bench.run(bad.command(opcode));
                            assertEquals(ErrorCode.TRANSFER.code(), bench.error(), () -> opcode + " " + bad);
                            bench.restart();
                        }
                    });
            // All that fits is taken: the last word, and a stride that does not matter.
            bench.load(new Transfer(Scratchpad.LABEL, depth - 1, 0xFF_FFFF, 1, 1, base, 4));
            bench.load(new Transfer(Scratchpad.LABEL, 1, (depth - 3) / 2, 3, 2, base, 4));
            bench.run(h2learn.contract.Command.of(Opcode.LOAD)
                    .with(CommandField.SCRATCHPAD, Scratchpad.values().length)
                    .with(CommandField.ROWS, 1)
                    .with(CommandField.ROW_WORDS, 1)
                    .build());
            assertEquals(ErrorCode.TRANSFER.code(), bench.error());
            bench.restart();
            bench.run(new Transfer(Scratchpad.LABEL, 0, 0, 1, 1, 1L << 63, 0).command(Opcode.STORE));
            assertEquals(ErrorCode.DECERR.code(), bench.error());
            bench.restart();
            bench.external.clearStatistics();
            bench.run(new Transfer(Scratchpad.LABEL, 0, 0, 1, 1, 4096, 0).command(Opcode.LOAD));
            assertEquals(ErrorCode.DECERR.code(), bench.error());
            assertEquals(1, bench.external.statistics().readBursts());
        }
    }

    /** In steady state a bus word a cycle, or a scratchpad word a cycle where that is narrower. */
    @ParameterizedTest
    @MethodSource("buses")
    void fullRate(int dataBits, int addressBits) {
        try (TransferBench bench = new TransferBench(config(dataBits, addressBits), 7)) {
            bench.external.timing(new MemoryTiming(
                    0,
                    MemoryTiming.Chances.NEVER,
                    new MemoryTiming.Latency(60, 0),
                    new MemoryTiming.Latency(60, 0),
                    16,
                    16));
            for (Scratchpad each : bench.map().scratchpads()) {
                int words = bench.words(each);
                int beats = words * bench.beats(each);
                int accesses = beats / Math.min(bench.beats(each), dataBits / 32);
                for (int place = 0; place < dataBits / 32; place++) {
                    Transfer all = new Transfer(each, 0, 0, 1, words, TransferBench.BASE + 4L * place, 0);
                    bench.clearCounters();
                    bench.load(all);
                    bench.store(all);
                    for (Engine engine : new Engine[] {Engine.LOAD, Engine.STORE}) {
                        int[] counters = bench.counters(engine);
                        assertEquals(beats, counters[1], engine + " " + all);
                        int overhead = counters[0] - accesses;
                        assertTrue(
                                overhead < 120,
                                engine + " of " + each + ": " + overhead + " cycles more than " + accesses);
                    }
                }
            }
        }
    }
}
