package h2learn.cosim.spinalsim;

import h2learn.cosim.spinalsim.Stimuli.Pin;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;
import scala.runtime.BoxedUnit;
import scala.util.Random;
import spinal.sim.BitsDataType;
import spinal.sim.BoolDataType;
import spinal.sim.Signal;
import spinal.sim.SimManager;
import spinal.sim.SimSuccess;
import spinal.sim.SimVerilator;
import spinal.sim.VerilatorBackend;
import spinal.sim.VerilatorBackendConfig;

/**
 * SpinalHDL's simulation in a process of its own, as it may end it. Builds the model; then, for each line it reads, drives a
 * new instance with the stimuli and answers with the nanoseconds that took and how many handshakes differed.
 *
 * <p>Driven in the fastest way that its scheduler has: two callbacks a cycle, no threads, only inputs that change.
 */
final class SpinalSimWorker {
    /** What an answer begins with. */
    static final String ANSWER = "@spinalsim ";

    private static final long HALF_PERIOD = 5;

    private final Stimuli stimuli;
    private final VerilatorBackend backend;
    private final Signal clock;
    private final Pin reset;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Output> handshakes = new ArrayList<>();

    /** What an input gets before a cycle. */
    private record Change(Signal signal, boolean wide, long value, BigInt whole) {}

    private record Input(Pin pin, Signal signal) {}

    private record Output(Pin pin, Signal signal) {}

    private SpinalSimWorker(Path folder, String top, String clockName, String resetName) throws IOException {
        stimuli = Stimuli.read(folder);
        VerilatorBackendConfig config = new VerilatorBackendConfig();
        config.toplevelName_$eq(top);
        // it is not made there
        Path workspace = Files.createDirectories(folder.resolve("spinalsim"));
        config.workspacePath_$eq(workspace.toString());
        config.workspaceName_$eq("model");
        // as in the harness: what the lint check waives is no error here
        config.simulatorFlags().addOne("-Wno-fatal");
        // must be named, though no waves are written
        config.vcdPath_$eq(workspace.toString());
        config.vcdPrefix_$eq("waves");
        try (Stream<Path> files = Files.list(folder.resolve("rtl"))) {
            files.sorted().forEach(file -> config.rtlSourcesPaths().addOne(file.toString()));
        }
        reset = stimuli.pin(resetName);
        Signal found = null;
        for (Pin pin : stimuli.pins()) {
            boolean handshake = !pin.input() && pin.width() == 1 && pin.name().matches(".*(valid|ready)");
            if (!pin.input() && !handshake) {
                continue;
            }
            Seq<String> path = CollectionConverters.asScala(List.of(pin.name())).toList();
            Signal signal = new Signal(path, pin.width() == 1 ? new BoolDataType() : new BitsDataType(pin.width()));
            signal.id_$eq(config.signals().size());
            config.signals().addOne(signal);
            if (handshake) {
                handshakes.add(new Output(pin, signal));
            } else if (pin.name().equals(clockName)) {
                found = signal;
            } else {
                inputs.add(new Input(pin, signal));
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("the model has no clock " + clockName);
        }
        clock = found;
        backend = new VerilatorBackend(config);
    }

    /** @param arguments folder with rtl and stimuli, top module, clock, active-high reset */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // what SpinalHDL prints is no answer
        System.setOut(System.err);
        SpinalSimWorker worker = new SpinalSimWorker(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
        out.println(ANSWER + "built");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int round = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(ANSWER + worker.new Run("round" + round++, line.equals("check")).nanoseconds());
        }
    }

    /** Ends a run well: an exception that Scala need not declare, and Java must not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void end() throws E {
        throw (E) new SimSuccess();
    }

    /** One instance from power-up to the last stimulus. */
    private final class Run {
        private final SimManager manager;
        private final boolean check;
        private final List<List<Change>> changes = new ArrayList<>();
        private int cycle;
        private long differences;

        Run(String name, boolean check) {
            this.check = check;
            for (int of = 0; of < stimuli.cycles(); of++) {
                changes.add(changes(of));
            }
            SimVerilator simulation = new SimVerilator(backend, backend.instanciate(name, 1));
            simulation.userData_$eq(null);
            manager = new SimManager(simulation, new Random(1), name);
        }

        private List<Change> changes(int of) {
            List<Change> changed = new ArrayList<>();
            for (Input input : inputs) {
                if (stimuli.changes(input.pin, of)) {
                    BigInteger value = stimuli.value(input.pin, of);
                    changed.add(new Change(
                            input.signal, input.pin.width() > Long.SIZE - 1, value.longValue(), new BigInt(value)));
                }
            }
            return changed;
        }

        String nanoseconds() {
            long start = System.nanoTime();
            manager.schedule(0, this::low);
            manager.runWhile(() -> true);
            return (System.nanoTime() - start) + " " + differences;
        }

        private BoxedUnit low() {
            if (cycle == stimuli.cycles()) {
                SpinalSimWorker.<RuntimeException>end();
            }
            for (Change change : changes.get(cycle)) {
                if (change.wide) {
                    manager.setBigInt(change.signal, change.whole);
                } else {
                    manager.setLong(change.signal, change.value);
                }
            }
            manager.setLong(clock, 0);
            manager.schedule(HALF_PERIOD, this::high);
            return BoxedUnit.UNIT;
        }

        private BoxedUnit high() {
            // what registers hold before and during a reset differs by its nature
            if (check && stimuli.value(reset, cycle).signum() == 0) {
                for (Output output : handshakes) {
                    if (manager.getLong(output.signal)
                            != stimuli.value(output.pin, cycle).longValue()) {
                        differences++;
                    }
                }
            }
            manager.setLong(clock, 1);
            cycle++;
            manager.schedule(HALF_PERIOD, this::low);
            return BoxedUnit.UNIT;
        }
    }
}
