package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Mem;
import h2learn.hdl.SInt;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors and bundles. */
class CompositesTest {
    static final class Vectors extends Circuit {
        final UInt index;
        final Bool write = in(bool());
        final UInt data = in(uint(4));
        final Vec<UInt> state;
        final UInt read = out(uint(4));
        final Bits all;

        Vectors(int size) {
            index = in(uint(UInt.bitsFor(size)));
            state = reg(vec(uint(4), size));
            state.elements().forEach(element -> element.init(state.elements().indexOf(element)));
            all = out(bits(4 * size));
            when(write, () -> state.get(index).assign(data));
            read.assign(state.get(index));
            all.assign(state.asBits());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void aSignalIndexesAVectorForReadingAndWriting(int size) {
        Simulation simulation = new Simulation(Vectors.class, () -> new Vectors(size));
        SplittableRandom random = new SplittableRandom(size);
        int[] state = new int[size];
        for (int i = 0; i < size; i++) {
            state[i] = i;
        }
        for (int i = 0; i < 300; i++) {
            int index = random.nextInt(size);
            int data = random.nextInt(16);
            boolean write = random.nextBoolean();
            long all = 0;
            for (int element = size - 1; element >= 0; element--) {
                all = all << 4 | state[element];
            }
            simulation.row(
                    Map.of("index", index, "data", data, "write", write), Map.of("read", state[index], "all", all));
            if (write) {
                state[index] = data;
            }
        }
        simulation.run();
    }

    /** A request with its answer, as the asking side sees it. */
    static final class Access extends Bundle<Access> {
        static final Type<Access> TYPE = Bundle.type(Access::new);

        final Bool valid = field(Circuit.bool());
        final SInt value = field(Circuit.sint(5));
        final Bool ready = field(Circuit.bool());

        @Override
        protected void asMaster() {
            output(valid, value);
            input(ready);
        }
    }

    static final class Relay extends Circuit {
        final Access source = slave(Access.TYPE);
        final Access sink = master(Access.TYPE);

        Relay() {
            sink.connect(source);
        }
    }

    static final class Chain extends Circuit {
        final Access source = slave(Access.TYPE);
        final Access sink = master(Access.TYPE);
        final List<Relay> relay = new ArrayList<>();

        Chain() {
            Access last = source;
            for (int i = 0; i < 2; i++) {
                Relay next = inst(new Relay());
                relay.add(next);
                next.source.connect(last);
                last = next.sink;
            }
            sink.connect(last);
        }
    }

    @Test
    void bundlePortsConnectByTheirDirections() {
        Emitted chain = Emitted.of(Chain::new);
        List<String> ports = List.of(
                "input 1 source_valid",
                "input 5 source_value",
                "output 1 source_ready",
                "output 1 sink_valid",
                "output 5 sink_value",
                "input 1 sink_ready");
        assertEquals(ports, chain.ports("Chain"));
        assertEquals(ports, chain.ports("Relay"));
        Simulation simulation = new Simulation(Chain.class, Chain::new);
        for (int i = -16; i < 16; i++) {
            simulation.row(
                    Map.of("source_valid", i % 2 == 0, "source_value", i, "sink_ready", i % 3 == 0),
                    Map.of("sink_valid", i % 2 == 0, "sink_value", i, "source_ready", i % 3 == 0));
        }
        simulation.run();
    }

    static final class Pixel extends Bundle<Pixel> {
        static final Type<Pixel> TYPE = Bundle.type(Pixel::new);

        final UInt red = field(Circuit.uint(3));
        final SInt green = field(Circuit.sint(2));
    }

    /** A bundle as register, memory word, vector element and choice. */
    static final class Whole extends Circuit {
        final Bits word = in(bits(5));
        final Bool first = in(bool());
        final UInt at = in(uint(2));
        final Bits kept = out(bits(5));
        final Bits chosen = out(bits(5));
        final Bits stored = out(bits(5));
        final Bits element = out(bits(5));
        final Bool same = out(bool());
        final Pixel pixel = wire(Pixel.TYPE);
        final Pixel last = reg(Pixel.TYPE);
        final Mem<Pixel> memory = mem(Pixel.TYPE, 4);
        final Vec<Pixel> vector = reg(vec(Pixel.TYPE, 4));

        Whole() {
            pixel.assignFromBits(word);
            last.red.init(7);
            last.green.init(-2);
            last.assign(pixel);
            kept.assign(last.asBits());
            Pixel choice = mux(first, last, pixel);
            chosen.assign(choice.green.cat(choice.red));
            same.assign(last.eq(pixel));
            memory.write(at, pixel);
            stored.assign(memory.readAsync(at).asBits());
            vector.get(at).assign(pixel);
            element.assign(vector.get(at).asBits());
        }
    }

    @Test
    void bundlesActAsOneValue() {
        Simulation simulation = new Simulation(Whole.class, Whole::new);
        SplittableRandom random = new SplittableRandom(4);
        int last = 7 | 2 << 3;
        int[] memory = {-1, -1, -1, -1};
        for (int i = 0; i < 300; i++) {
            int word = random.nextInt(4) == 0 ? last : random.nextInt(32);
            int at = random.nextInt(4);
            boolean first = random.nextBoolean();
            Map<String, Object> out =
                    new HashMap<>(Map.of("kept", last, "chosen", first ? last : word, "same", last == word));
            if (memory[at] >= 0) {
                out.put("stored", memory[at]);
                out.put("element", memory[at]);
            }
            simulation.row(Map.of("word", word, "first", first, "at", at), out);
            last = word;
            memory[at] = word;
        }
        simulation.run();
    }
}
