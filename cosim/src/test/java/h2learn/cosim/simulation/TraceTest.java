package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.TestModels;
import h2learn.cosim.build.Trace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    @TempDir
    private Path directory;

    private static Model open(Trace trace) {
        Model model = Model.open(TestModels.BUILD, TestModels.COUNTER.withTrace(trace), ModelOptions.defaults());
        model.reset(1);
        model.port("enable").set(1);
        return model;
    }

    @Test
    void writesTheCyclesOfTheWindow() throws IOException {
        Path file = directory.resolve("window.vcd");
        try (Model model = open(Trace.VCD)) {
            model.trace(file, 100, 110);
            model.step(1000);
            List<String> lines = Files.readAllLines(file);
            List<Long> times = lines.stream()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> Long.valueOf(line.substring(1)))
                    .toList();
            assertEquals(1000, times.get(0), "cycle 100, clock low, at 10 time units a cycle");
            assertEquals(1095, times.get(times.size() - 1), "cycle 109, clock high");
            assertTrue(lines.stream().anyMatch(line -> line.contains(" count ")));
        }
    }

    @Test
    void takesOneWindowAfterAnother() throws IOException {
        Path first = directory.resolve("first.vcd");
        Path second = directory.resolve("second.vcd");
        try (Model model = open(Trace.VCD)) {
            model.trace(first, 0, Long.MAX_VALUE);
            model.step(5);
            model.endTrace();
            long size = Files.size(first);
            model.step(5);
            assertEquals(size, Files.size(first));
            model.trace(second, 0, Long.MAX_VALUE);
            model.step(5);
        }
        assertTrue(Files.readString(second).contains("#110"), "closing the model ends the file");
        assertFalse(Files.readString(second).contains("#60\n"));
    }

    @Test
    void writesFst() throws IOException {
        Path file = directory.resolve("waves.fst");
        try (Model model = open(Trace.FST)) {
            model.trace(file, 0, 50);
            model.step(100);
            model.settle();
            assertEquals(100, model.port("count").get());
        }
        assertTrue(Files.size(file) > 200, "bytes: " + Files.size(file));
    }

    @Test
    void settlingAddsNothing() throws IOException {
        Path file = directory.resolve("settled.vcd");
        try (Model model = open(Trace.VCD)) {
            model.trace(file, 0, 50);
            for (int i = 0; i < 5; i++) {
                model.settle();
                model.step(1);
            }
            assertEquals("", model.output(), "no complaint about time");
        }
        long times = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .distinct()
                .count();
        assertEquals(10, times);
    }

    /** A pipe no one reads any more stands for a disk that is full: both fail in the write. */
    private void pipeOpenedBy(Model model) throws IOException, InterruptedException {
        Path pipe = makePipe();
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            assertTrue(reader.getFD().valid());
            // past the check of Model.trace, which lets only regular files through
            assertEquals(0, NativeCore.h2_trace_open(model.handle(), pipe.toString(), 99, 0, Long.MAX_VALUE));
        }
    }

    private Path makePipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    @Test
    void aFileThatCannotBeWrittenBecomesAnException() throws IOException, InterruptedException {
        try (Model model = open(Trace.VCD)) {
            pipeOpenedBy(model);
            VerilogFatalException e = assertThrows(VerilogFatalException.class, () -> model.step(100_000));
            assertTrue(e.getMessage().contains("cannot write the waves"), e.getMessage());
        }
    }

    @Test
    void closingWithTextThatCannotBeWrittenDoesNoHarm() throws IOException, InterruptedException {
        Model model = open(Trace.VCD);
        pipeOpenedBy(model);
        model.step(2);
        model.close();
        assertThrows(IllegalStateException.class, model::cycle);
        try (Model next = open(Trace.VCD)) {
            next.step(3);
            assertEquals(4, next.cycle());
        }
    }

    @Test
    void leavesWhatIsNoRegularFileAlone() throws IOException, InterruptedException {
        Path pipe = makePipe();
        Path target = Files.writeString(directory.resolve("target"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        for (Trace format : List.of(Trace.VCD, Trace.FST)) {
            try (Model model = open(format)) {
                for (Path path : List.of(pipe, link, directory)) {
                    IllegalArgumentException e =
                            assertThrows(IllegalArgumentException.class, () -> model.trace(path, 0, 10));
                    assertTrue(e.getMessage().contains("not a regular file"), e.getMessage());
                }
            }
        }
        assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("precious", Files.readString(target));
    }

    @Test
    void refusesWhatItCannotTrace() {
        try (Model plain = open(Trace.NONE);
                Model traced = open(Trace.VCD)) {
            Path file = directory.resolve("x.vcd");
            assertThrows(IllegalStateException.class, () -> plain.trace(file, 0, 10));
            assertThrows(IllegalArgumentException.class, () -> traced.trace(file, 10, 10));
            Path nowhere = directory.resolve("no/such/place.vcd");
            assertThrows(IllegalArgumentException.class, () -> traced.trace(nowhere, 0, 10));
            traced.step(3);
            assertEquals(4, traced.cycle());
        }
    }
}
