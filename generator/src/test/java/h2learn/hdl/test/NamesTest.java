package h2learn.hdl.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.hdl.Area;
import h2learn.hdl.Bits;
import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Fixed;
import h2learn.hdl.Mem;
import h2learn.hdl.NoName;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fields give names, wherever in a circuit's fields the hardware lies. */
class NamesTest {
    record Pair(UInt low, UInt high) {}

    static final class Request extends Bundle<Request> {
        static final Type<Request> TYPE = Bundle.type(Request::new);

        final Bool valid = field(Circuit.bool());
        final Vec<UInt> word = field(Circuit.vec(Circuit.uint(9), 2));

        @Override
        protected void asMaster() {
            output(valid, word);
        }
    }

    static final class Stage extends Area {
        final UInt sum = in(uint(5));
        final List<Bool> carry = List.of(in(bool()));
    }

    static class Base extends Circuit {
        final Bool inherited = in(bool());
        private final Bool hidden = in(bool());
    }

    static final class Everything extends Base {
        final List<UInt> list = List.of(in(uint(1)), in(uint(2)));
        final Bool[] array = {in(bool())};
        final List<List<Bool>> grid = List.of(List.of(in(bool())), List.of(in(bool()), in(bool())));
        final Map<String, Bool> map = new LinkedHashMap<>();
        final Pair pair = new Pair(in(uint(3)), in(uint(4)));
        final Optional<Bool> optional = Optional.of(in(bool()));
        final Stage stage = new Stage();
        final Request request = slave(Request.TYPE);
        final Request answer = master(Request.TYPE);
        final Vec<UInt> vector = in(vec(uint(6), 2));
        final Fixed number = Fixed.of(in(sint(8)), 2);
        final UInt field = in(uint(7)).named("given");
        final UInt first = in(uint(10));
        final UInt second = first;

        @NoName
        final Bits nameless;

        Everything() {
            map.put("beta", in(bool()));
            map.put("alpha", in(bool()));
            nameless = in(bits(11)).named("spoken");
            answer.connect(request);
        }
    }

    @Test
    void portsTakeTheNamesOfFieldsInTheOrderOfTheirCreation() {
        assertEquals(
                List.of(
                        "input 1 inherited",
                        "input 1 hidden",
                        "input 1 list_0",
                        "input 2 list_1",
                        "input 1 array_0",
                        "input 1 grid_0_0",
                        "input 1 grid_1_0",
                        "input 1 grid_1_1",
                        "input 3 pair_low",
                        "input 4 pair_high",
                        "input 1 optional",
                        "input 5 stage_sum",
                        "input 1 stage_carry_0",
                        "input 1 request_valid",
                        "input 9 request_word_0",
                        "input 9 request_word_1",
                        "output 1 answer_valid",
                        "output 9 answer_word_0",
                        "output 9 answer_word_1",
                        "input 6 vector_0",
                        "input 6 vector_1",
                        "input 8 number",
                        "input 7 given",
                        "input 10 first",
                        "input 1 map_beta",
                        "input 1 map_alpha",
                        "input 11 spoken"),
                Emitted.of(Everything::new).ports("Everything"));
    }

    static final class Leaf extends Circuit {
        final UInt a = in(uint(4));
        final UInt y = out(uint(4));

        Leaf(int increment) {
            moduleName("Leaf_" + increment);
            y.assign(a.add(increment));
        }
    }

    static final class Tree extends Circuit {
        final UInt a = in(uint(4));
        final UInt y = out(uint(4));
        final List<Leaf> leaves = new ArrayList<>();
        final Leaf single = inst(new Leaf(1));
        final Leaf called = inst("u_leaf", new Leaf(1));
        final UInt copy = single.y;
        final Mem<UInt> storage = mem(uint(4), 8);
        final UInt state = reg(uint(4)).init(3);

        Tree() {
            leaves.add(inst(new Leaf(2)));
            leaves.add(inst(new Leaf(3)));
            Leaf local = inst(new Leaf(4));
            single.a.assign(a);
            called.a.assign(copy);
            leaves.get(0).a.assign(called.y);
            leaves.get(1).a.assign(leaves.get(0).y);
            local.a.assign(leaves.get(1).y);
            storage.write(UInt.lit(1, 3), local.y);
            state.assign(storage.readAsync(UInt.lit(2, 3)));
            y.assign(state);
        }
    }

    @Test
    void instancesMemoriesAndRegistersTakeTheNamesOfFields() {
        Emitted tree = Emitted.of(Tree::new);
        tree.has(
                "Tree",
                "Leaf_1 single (",
                "Leaf_1 u_leaf (",
                "Leaf_2 leaves_0 (",
                "Leaf_3 leaves_1 (",
                "Leaf_4 leaf (",
                "reg [3:0] storage [0:7]",
                "reg [3:0] state");
        // one file a module, equal modules share one; a reference to another circuit's port names nothing
        assertEquals(
                List.of("Leaf_1.v", "Leaf_2.v", "Leaf_3.v", "Leaf_4.v", "Tree.v"),
                List.copyOf(tree.files().keySet()));
        tree.hasNot("Tree", "copy");
        assertEquals(List.of("input 4 a", "output 4 y"), tree.ports("Leaf_1"));
    }

    static final class Locals extends Circuit {
        final UInt a = in(uint(4));
        final UInt y = out(uint(4));

        Locals() {
            UInt kept = a.add(1).hint("faint").keep();
            UInt strong = a.add(2).named("firm");
            UInt unnamed = a.add(3);
            y.assign(kept.xor(strong).xor(unnamed).resize(4));
        }
    }

    @Test
    void localsAreNamedByHandOrAfterWhatTheyDrive() {
        Emitted.of(Locals::new).has("Locals", "assign faint = (a + 4'b0001)", "assign firm = (a + 4'b0010)", "_zz_y");
    }

    @Test
    void theTopModuleIsNamedAfterItsClassUnlessTold() {
        assertEquals(
                List.of("Leaf_7.v"),
                List.copyOf(Emitted.of(() -> new Leaf(7)).files().keySet()));
        assertEquals(
                List.of("Locals.v"), List.copyOf(Emitted.of(Locals::new).files().keySet()));
    }
}
