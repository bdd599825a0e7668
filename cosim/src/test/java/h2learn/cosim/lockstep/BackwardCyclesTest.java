package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.cosim.bench.TrainedMasks;
import h2learn.cosim.cases.Case;
import h2learn.cosim.cases.CaseDraw;
import h2learn.cosim.cases.CaseId;
import h2learn.cosim.cases.CaseSamples;
import h2learn.cosim.simulation.Model;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Driver;
import h2learn.host.Driver.Counters;
import h2learn.host.LayerGeometry;
import h2learn.host.Placement;
import h2learn.host.Schedule;
import h2learn.host.TrainingSession;
import h2learn.host.predict.BackwardCycles;
import h2learn.host.predict.BackwardCycles.Prediction;
import h2learn.host.predict.NonZero;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prediction of BACKWARD's cycles is what the counters say, to the cycle; the issue asks for 3 %. */
class BackwardCyclesTest {
    private static final long SEED = 20_315_414;
    private static final int NETWORKS = 8;

    /** Accelerators, and networks that fit their scratchpads, of the fixed regression: they are built already. */
    @ParameterizedTest(name = "accelerator {0}: {1} lanes, {2}, {3} backward, {4}")
    @CsvSource({
        "2, 4, LUT, 4, DUAL",
        "1, 4, ADDER, 4, NONE",
        "17, 4, LUT, 4, INPUT",
        "8, 16, LUT, 16, OUTPUT",
        "3, 8, LUT, 8, DUAL",
        "6, 4, LUT, 1, DUAL",
        "11, 32, LUT, 32, DUAL"
    })
    void drawnNetworks(int accelerator, int lanes, Pe pe, int backwardLanes, Sparsity sparsity) {
        AcceleratorConfig config = CaseDraw.accelerator(new CaseId(SEED, accelerator, 0));
        assertEquals(
                List.of(lanes, pe, new Backward(backwardLanes, sparsity)),
                List.of(config.lanes(), config.forward().pe(), config.backward()),
                "other accelerators are drawn now; choose anew");
        Map<String, String> verilog = AcceleratorVerilog.of(config);
        long busy = 0;
        int networks = 0;
        for (int number = 0; networks < NETWORKS; number++) {
            Case drawn = CaseDraw.of(new CaseId(SEED, accelerator, number)).of();
            Network network = drawn.network();
            if (drawn.plan() != Case.Plan.SCRATCHPADS || network.layers().size() < 2) {
                continue;
            }
            networks++;
            MasterWeights weights = MasterWeights.initial(network, config.formats(), drawn.seed());
            try (Model model = Accelerators.open(verilog, accelerator + 1)) {
                List<Sample> samples = CaseSamples.minibatch(network, drawn.seed(), 0, drawn.samples());
                busy += check(model, Placement.of(network, config), weights, samples);
            }
        }
        assertTrue(busy > 0, "no gradient was propagated");
    }

    @ParameterizedTest
    @CsvSource({"fashion-conv, 2", "fashion-mlp, 16"})
    void realTraining(String name, int samples) {
        Network network = new NetworkReader().read(name);
        AcceleratorConfig config = new ConfigReader().read("base");
        List<Sample> images = Encoder.encode(DataSets.embedded(), network, 1).train();
        TrainedMasks masks;
        try (Workers workers = new Workers(2)) {
            masks = TrainedMasks.after(10, network, config, images, samples, 1, workers);
        }
        try (Model model = Accelerators.open(config, 1)) {
            long busy = check(model, Placement.of(network, config), masks.weights(), masks.next());
            assertTrue(busy > 1000, "only " + busy + " cycles");
        }
    }

    @Test
    void otherCommandsAreRefused() {
        NonZero nothing = (sample, step, point, channel) -> false;
        Command loss = Command.of(Opcode.LOSS).build();
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> BackwardCycles.of(Accelerators.tiny(), loss, nothing, nothing));
        assertTrue(String.valueOf(failure.getMessage()).contains("LOSS"), failure.getMessage());
    }

    /** Runs the samples part by part; the busy cycles of all BACKWARD commands, each of which is compared. */
    private static long check(Model model, Placement placement, MasterWeights weights, List<Sample> samples) {
        model.reset(4);
        Driver driver = new Driver(placement, new CosimTransport(model.bus()));
        TrainingSession session = new TrainingSession(placement, driver);
        session.open(weights);
        Schedule schedule = session.schedule();
        long busy = 0;
        for (List<Sample> part : placement.parts(samples)) {
            driver.writePart(part);
            int layers = placement.layers().size();
            for (int layer = 0; layer < layers; layer++) {
                driver.run(schedule.forward(layer, part.size()));
            }
            driver.run(List.of(schedule.loss(part.size())));
            for (int layer = layers - 1; layer > 0; layer--) {
                driver.run(schedule.neuronBackward(layer, part.size()));
                Command command = schedule.backward(layer, part.size());
                Counters before = backward(driver);
                driver.run(List.of(command));
                Counters seen = backward(driver).minus(before);
                if (command.opcode() == Opcode.BACKWARD) {
                    String what = "layer " + layer + " of " + placement.network();
                    assertEquals(
                            new Prediction(seen.busy(), seen.useful()),
                            predict(driver, placement, command, layer, part.size()),
                            what);
                    busy += seen.busy();
                }
            }
        }
        return busy;
    }

    private static Prediction predict(Driver driver, Placement placement, Command command, int layer, int samples) {
        LayerGeometry geometry = placement.layers().get(layer).geometry();
        NonZero gradient = NonZero.of(
                driver.readTrace(Scratchpad.GRADIENT, layer, samples),
                geometry.output().points(),
                geometry.output().channels());
        NonZero window = NonZero.of(
                driver.readTrace(Scratchpad.WINDOW, layer - 1, samples),
                geometry.input().points(),
                geometry.input().channels());
        return BackwardCycles.of(placement.config(), command, gradient, window);
    }

    private static Counters backward(Driver driver) {
        return Objects.requireNonNull(driver.counters().get(Engine.BACKWARD));
    }
}
