package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.Opcode;
import h2learn.contract.Scratchpad;
import h2learn.cosim.bench.TrainedMasks;
import h2learn.cosim.cases.CaseSamples;
import h2learn.cosim.simulation.Model;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
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
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prediction of BACKWARD's cycles is what the counters say, to the cycle; the issue asks for 3 %. */
class BackwardCyclesTest {
    private static final int NETWORKS = 8;

    /** The configurations are those of {@link RandomPairsTest}; the networks are others. */
    @ParameterizedTest(name = "configuration {0}: {1} lanes, {2}, {3}, {4}")
    @CsvSource({
        "0, 4, LUT, DUAL, GENERIC",
        "1, 4, ADDER, NONE, ASIC",
        "2, 8, LUT, INPUT, XILINX",
        "3, 4, LUT, OUTPUT, ICE40",
        "4, 16, LUT, DUAL, ECP5",
        "7, 32, LUT, DUAL, GENERIC"
    })
    void randomNetworks(int index, int lanes, Pe pe, Sparsity sparsity, Target target) {
        RandomCases ofConfig = new RandomCases(RandomPairsTest.seed(index, -1));
        AcceleratorConfig config = ofConfig.config(index, lanes, pe, sparsity, target, Options.none());
        long busy = 0;
        for (int number = 0; number < NETWORKS; number++) {
            RandomCases cases = new RandomCases(index * 1000L + number);
            Network network = number % 4 == 0 ? cases.network(number, config) : cases.convolution(number, config);
            MasterWeights weights = MasterWeights.initial(network, config.formats(), cases.seed());
            try (Model model = Accelerators.open(config, cases.seed())) {
                int count = cases.between(1, network.training().minibatch());
                List<Sample> samples = CaseSamples.minibatch(network, cases.seed(), 0, count);
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
