package h2learn.hdl.test;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.UInt;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Memories: every kind of port against a Java array, and the shape that synthesis tools recognise. */
class MemoryTest {
    private static final int WORDS = 8;

    static final class Memories extends Circuit {
        final UInt readAddress = in(uint(3));
        final UInt writeAddress = in(uint(3));
        final Bits data = in(bits(8));
        final Bool write = in(bool());
        final Bool enable = in(bool());
        final Bits mask = in(bits(2));
        final Bits async = out(bits(8));
        final Bits sync = out(bits(8));
        final Bits readFirst = out(bits(8));
        final Bits masked = out(bits(8));
        final Bits onePort = out(bits(8));

        final Mem<Bits> store = mem(bits(8), WORDS).init(contents());
        final Mem<Bits> block = mem(bits(8), WORDS).init(contents()).attribute("ram_style", "block");
        final Mem<Bits> old = mem(bits(8), WORDS).init(contents());
        final Mem<Bits> bytes = mem(bits(8), WORDS);
        final Mem<Bits> single = mem(bits(8), WORDS).init(contents());

        Memories() {
            store.write(writeAddress, data, write);
            async.assign(store.readAsync(readAddress));
            when(write, () -> block.write(writeAddress, data));
            sync.assign(block.readSync(readAddress, enable));
            old.write(writeAddress, data, write);
            readFirst.assign(old.readSyncReadFirst(readAddress, enable));
            bytes.write(writeAddress, data, write, mask);
            masked.assign(bytes.readAsync(readAddress));
            onePort.assign(single.readWriteSync(readAddress, data, enable, write));
        }

        static List<BigInteger> contents() {
            return IntStream.range(0, WORDS)
                    .mapToObj(word -> BigInteger.valueOf(start(word)))
                    .toList();
        }

        static int start(int word) {
            return 200 + 5 * word;
        }
    }

    /** A Java array under random reads and writes; -1 stands for a value that is not defined. */
    @Test
    void everyPortReadsWhatWasWritten() {
        Simulation simulation = new Simulation(Memories.class, Memories::new);
        SplittableRandom random = new SplittableRandom(3);
        int[] words = IntStream.range(0, WORDS).map(Memories::start).toArray();
        int[] single = words.clone();
        int[] low = new int[WORDS];
        int[] high = new int[WORDS];
        Arrays.fill(low, -1);
        Arrays.fill(high, -1);
        int sync = -1;
        int readFirst = -1;
        int onePort = -1;
        for (int i = 0; i < 2000; i++) {
            int read = random.nextInt(WORDS);
            int at = random.nextInt(WORDS);
            int data = random.nextInt(256);
            int mask = random.nextInt(4);
            boolean write = random.nextBoolean();
            boolean enable = random.nextInt(4) != 0;
            Map<String, Object> out = new HashMap<>(Map.of("async", words[read]));
            expect(out, "sync", sync);
            expect(out, "readFirst", readFirst);
            expect(out, "onePort", onePort);
            expect(out, "masked", low[read] < 0 || high[read] < 0 ? -1 : high[read] << 4 | low[read]);
            simulation.row(
                    Map.of(
                            "readAddress",
                            read,
                            "writeAddress",
                            at,
                            "data",
                            data,
                            "write",
                            write,
                            "enable",
                            enable,
                            "mask",
                            mask),
                    out);
            if (enable) {
                readFirst = words[read];
                sync = write && read == at ? -1 : words[read];
                onePort = write ? -1 : single[read];
                single[read] = write ? data : single[read];
            }
            if (write) {
                words[at] = data;
                low[at] = (mask & 1) == 1 ? data & 15 : low[at];
                high[at] = (mask & 2) == 2 ? data >> 4 : high[at];
            }
        }
        simulation.run();
    }

    private static void expect(Map<String, Object> out, String port, int value) {
        if (value >= 0) {
            out.put(port, value);
        }
    }

    @Test
    void theTextIsWhatSynthesisToolsRecognise() {
        Emitted.of(Memories::new)
                .has(
                        "Memories",
                        "reg [7:0] store [0:7]",
                        "(* ram_style = \"block\" *) reg [7:0] block [0:7]",
                        // a word in parts that can be written one by one
                        "reg [3:0] bytes_symbol0 [0:7]",
                        "if(mask[0] && write) begin",
                        // contents in the file itself, not in one beside it
                        "block[7] = 8'b11101011")
                .hasNot("Memories", "readmem");
    }
}
