package h2learn.hdl.test;

import static java.math.BigInteger.ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.hdl.Bool;
import h2learn.hdl.Bundle;
import h2learn.hdl.Circuit;
import h2learn.hdl.Clock;
import h2learn.hdl.HdlException;
import h2learn.hdl.Mem;
import h2learn.hdl.Stream;
import h2learn.hdl.Type;
import h2learn.hdl.UInt;
import h2learn.hdl.Vec;
import h2learn.hdl.Verilog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake gives one message that says what is wrong and names the line of Java that made it. */
class ErrorsTest {
    private static final String FILE = "ErrorsTest.java";

    static final class Sound extends Circuit {
        final UInt a = in(uint(8));
        final UInt y = out(uint(8));

        Sound() {
            y.assign(a);
        }
    }

    /** No mistake spoils the next elaboration. */
    @AfterEach
    void theNextElaborationWorks() {
        Emitted.of(Sound::new).has("Sound", "assign y = a;");
    }

    /**
     * @param what must stand in the message
     * @param line must stand in the line of this file that the message names
     */
    private static HdlException refused(Supplier<? extends Circuit> circuit, String what, String line) {
        HdlException e =
                assertThrows(HdlException.class, () -> Verilog.inMemory().generate(circuit));
        String message = e.getMessage();
        assertTrue(message.contains(what), message);
        assertFalse(message.contains("\tat ") || message.contains("spinal.core"), message);
        assertEquals(FILE, e.file(), message);
        assertTrue(message.contains(FILE + ":" + e.line()), message);
        try {
            String source = Files.readAllLines(Path.of("src/test/java/h2learn/hdl/test", FILE))
                    .get(e.line() - 1);
            assertTrue(source.contains(line), () -> message + "\nnames the line " + source);
        } catch (IOException io) {
            throw new AssertionError(io);
        }
        return e;
    }

    static final class Forgotten extends Circuit {
        final Bool before = in(bool());
        final Sound child = new Sound();
        final Bool after = in(bool());
    }

    @Test
    void childWithoutInst() {
        HdlException e = refused(Forgotten::new, "not passed to inst(...)", "child = new Sound()");
        assertTrue(e.getMessage().contains("Sound"), e.getMessage());
    }

    static final class Twice extends Circuit {
        final Sound child = inst(new Sound());

        Twice() {
            inst(child);
        }
    }

    @Test
    void childInstantiatedTwice() {
        refused(Twice::new, "already passed to inst", "inst(child);");
    }

    static final class Width extends Circuit {
        final UInt a = in(uint(8));
        final UInt y = out(uint(9));

        Width() {
            y.assign(a);
        }
    }

    @Test
    void widthMismatch() {
        HdlException e = refused(Width::new, "WIDTH MISMATCH (9 bits <- 8 bits)", "y.assign(a);");
        assertTrue(e.getMessage().contains("toplevel/y"), e.getMessage());
    }

    static final class Latch extends Circuit {
        final Bool a = in(bool());
        final Bool held = out(bool());

        Latch() {
            when(a, () -> held.assign(true));
        }
    }

    @Test
    void latch() {
        refused(Latch::new, "LATCH DETECTED", "held = out(bool())");
    }

    static final class Undriven extends Circuit {
        final Bool floating = wire(bool());
        final Bool y = out(bool());

        Undriven() {
            y.assign(floating);
        }
    }

    @Test
    void noDriver() {
        refused(Undriven::new, "NO DRIVER ON", "floating = wire(bool())");
    }

    static final class Overlap extends Circuit {
        final Bool a = in(bool());
        final Bool y = out(bool());

        Overlap() {
            y.assign(a);
            y.assign(a.not());
        }
    }

    @Test
    void overlap() {
        refused(Overlap::new, "ASSIGNMENT OVERLAP", "y.assign(a.not());");
    }

    static final class Loop extends Circuit {
        final Bool a = in(bool());
        final Bool y = out(bool());
        final Bool looping = wire(bool());

        Loop() {
            looping.assign(looping.xor(a));
            y.assign(looping);
        }
    }

    @Test
    void combinationalLoop() {
        HdlException e = refused(Loop::new, "COMBINATORIAL LOOP", "looping");
        assertTrue(e.getMessage().contains("looping"), e.getMessage());
    }

    static final class Inner extends Circuit {
        final Bool hidden = wire(bool());

        Inner() {
            hidden.assign(true);
        }
    }

    static final class Reaching extends Circuit {
        final Bool y = out(bool());
        final Inner inner = inst(new Inner());

        Reaching() {
            y.assign(inner.hidden);
        }
    }

    @Test
    void hierarchyViolation() {
        refused(Reaching::new, "HIERARCHY VIOLATION", "y.assign(inner.hidden);");
    }

    static final class Crossing extends Circuit {
        final Bool otherClock = in(bool());
        final Bool d = in(bool());
        final Bool far = Clock.of(otherClock).in(() -> reg(bool()).init(false));
        final Bool near = outReg(bool());

        Crossing() {
            far.assign(d);
            near.assign(far);
        }
    }

    @Test
    void clockCrossing() {
        refused(Crossing::new, "CLOCK CROSSING VIOLATION", "far = Clock.of(otherClock)");
    }

    static final class Keyword extends Circuit {
        final Bool reg = in(bool());
    }

    @Test
    void keywordAsName() {
        HdlException e = refused(Keyword::new, "'reg' cannot be a Verilog name: rename the field", "class Keyword");
        assertTrue(e.getMessage().contains("Keyword"), e.getMessage());
    }

    static final class Dollar extends Circuit {
        final Bool a$b = in(bool());
    }

    static final class BadCall extends Circuit {
        final Bool a = in(bool()).named("a b");
    }

    static final class BadModule extends Circuit {
        BadModule() {
            moduleName("1st");
        }
    }

    @Test
    void illegalNames() {
        refused(Dollar::new, "'a$b' cannot be a Verilog name", "class Dollar");
        refused(BadCall::new, "'a b' cannot be a Verilog name", "named(\"a b\")");
        refused(BadModule::new, "'1st' cannot be a Verilog name", "moduleName(\"1st\")");
    }

    static final class CaseOnly extends Circuit {
        final Bool data = in(bool());
        final Bool DATA = in(bool());
    }

    @Test
    void namesThatDifferOnlyInCase() {
        refused(CaseOnly::new, "two names differ only in case", "class CaseOnly");
    }

    static final class Unnamed extends Circuit {
        final Bool y = out(bool());

        Unnamed() {
            y.assign(in(bool()));
        }
    }

    @Test
    void portWithoutName() {
        refused(Unnamed::new, "a port has no name: keep it in a field or call named(...)", "Unnamed() {");
    }

    static final class Nested extends Circuit {
        Nested() {
            Verilog.inMemory().generate(Sound::new);
        }
    }

    @Test
    void nestedGenerate() {
        refused(Nested::new, "while another is under construction", "generate(Sound::new);");
    }

    @Test
    void circuitOutsideElaboration() {
        HdlException e = assertThrows(HdlException.class, Sound::new);
        assertTrue(e.getMessage().contains("can only be created during elaboration"), e.getMessage());
        assertEquals(FILE, e.file());
    }

    @Test
    void signalOutsideElaboration() {
        List<Runnable> mistakes = List.of(
                () -> Circuit.in(Circuit.bool()),
                () -> Circuit.wire(Circuit.uint(3)),
                () -> Circuit.mem(Circuit.bool(), 4),
                () -> Stream.master(Circuit.bool()),
                () -> UInt.lit(1, 2),
                () -> Bool.lit(true),
                () -> Clock.current());
        for (Runnable mistake : mistakes) {
            HdlException e = assertThrows(HdlException.class, mistake::run);
            assertTrue(e.getMessage().contains("only be created during elaboration"), e.getMessage());
            assertEquals(FILE, e.file());
        }
    }

    static final class Directionless extends Bundle<Directionless> {
        static final Type<Directionless> TYPE = Bundle.type(Directionless::new);
        final Bool a = field(Circuit.bool());
    }

    static final class Arguments extends Circuit {
        final UInt a = in(uint(4));

        Arguments() {
            says("does not fit", () -> a.eq(16));
            says("at least one bit", () -> wire(uint(0)));
            says("bits 4..0 lie outside a signal of 4 bits", () -> a.slice(4, 0));
            says("bits 4..4 lie outside", () -> a.bit(4));
            says("bits 3..4 lie outside", () -> a.shr(4));
            says("at least one element", () -> vec(uint(1), 0));
            Vec<UInt> vector = in(vec(uint(2), 5)).named("vector");
            says("an index of 4 bits for a vector of 5 elements: it takes 3", () -> vector.get(a));
            says("element 5 of a vector of 5", () -> vector.get(5));
            says("at least one word", () -> mem(uint(1), 0));
            Mem<UInt> memory = mem(uint(6), 4);
            says("an address of 4 bits for a memory of 4 words: it takes 2", () -> memory.readAsync(a));
            says("3 initial values for 4 words", () -> memory.init(List.of(ONE, ONE, ONE)));
            says(
                    "a mask of 4 bits does not divide words of 6 bits",
                    () -> memory.write(a.slice(1, 0), a.resize(6), a.bit(0), a.asBits()));
            says("cannot assign 4 bits to 6", () -> wire(uint(6)).assignFromBits(a.asBits()));
            says("cannot assign 4 bits to bits 3..1", () -> wire(uint(6)).assignBits(3, 1, a.asBits()));
            says("has no directions", () -> master(Directionless.TYPE));
            says("cannot switch", () -> switch_(a, s -> s.is(1.5, () -> {})));
            says("a delay of -1 cycles", () -> delay(a, -1));
            throw new Reached();
        }

        private static void says(String what, Runnable mistake) {
            HdlException e = assertThrows(HdlException.class, mistake::run);
            assertTrue(e.getMessage().startsWith(FILE + ":") && e.getMessage().contains(what), e.getMessage());
        }
    }

    @Test
    void wrongArguments() {
        assertThrows(Reached.class, () -> Verilog.inMemory().generate(Arguments::new));
    }

    /** Ends an elaboration whose circuit is not meant to be sound. */
    static final class Reached extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class OwnBug extends Circuit {
        OwnBug() {
            throw new IllegalArgumentException("lanes 12 is no power of two");
        }
    }

    @Test
    void theUsersOwnExceptionComesThrough() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Verilog.inMemory().generate(OwnBug::new));
        assertEquals("lanes 12 is no power of two", e.getMessage());
    }

    @Test
    void aRefusedCircuitLeavesNoFile(@TempDir Path directory) throws IOException {
        assertThrows(HdlException.class, () -> Verilog.to(directory).generate(Width::new));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
        Verilog.to(directory.resolve("new")).generate(Sound::new);
        try (var files = Files.list(directory.resolve("new"))) {
            assertEquals(
                    List.of("Sound.v"),
                    files.map(f -> f.getFileName().toString()).toList());
        }
    }
}
