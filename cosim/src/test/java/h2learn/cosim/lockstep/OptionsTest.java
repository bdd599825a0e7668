package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.host.PlacementException;
import h2learn.host.Schedule;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerConstants;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Loss;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Training;
import h2learn.network.Network.UpdateRounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One accelerator with every option: networks that use them, that do not, and differences that must be found. */
@SuppressWarnings("NullAway.Init")
class OptionsTest {
    private static final Options EVERY = new Options(true, true, true, true, Leak.MULTIPLIER, true, true, true);
    private static final AcceleratorConfig CONFIG = config(EVERY);
    private static final Neuron SOFT = new Neuron(0.5, 0.4, 0.5, 1, Reset.SOFT, false, Surrogate.TRIANGLE);
    private static final Neuron FREE = new Neuron(0.3, 0.3, 0.4, 0.7, Reset.NONE, false, Surrogate.RECTANGLE);
    private static final Neuron DETACHED = new Neuron(0.75, 0.25, 0.5, 1.5, Reset.HARD, true, Surrogate.TRIANGLE);
    private static Model model;

    @BeforeAll
    static void open() {
        model = Accelerators.open(CONFIG, 7);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static AcceleratorConfig config(Options options) {
        AcceleratorConfig tiny = Accelerators.tiny();
        return new AcceleratorConfig(
                tiny.name(),
                tiny.description(),
                tiny.lanes(),
                tiny.lut(),
                tiny.forward(),
                tiny.backward(),
                tiny.formats(),
                tiny.limits(),
                tiny.memories(),
                options,
                tiny.target());
    }

    private static Training training(double momentum, double weightDecay, UpdateRounding rounding) {
        return new Training(4, 1, 0.5, 1, 3, momentum, weightDecay, rounding, 77, Loss.MSE);
    }

    /** Three layers with kernels, biases and channels that no four divide. */
    private static Network convolution(Training training) {
        return network(
                List.of(
                        new Conv2d(5, 3, 2, 1, true, 7, SOFT),
                        new Conv2d(6, 2, 1, 0, false, 7, FREE),
                        new Dense(6, true, 6, DETACHED)),
                training);
    }

    private static Network network(List<Layer> layers, Training training) {
        Input input = new Input(2, 5, 4, Encoding.SPIKES, 1, 0, false);
        return new Network(
                "options", "made by hand", input, 4, SmallNetworks.NEURON, layers, new Classes(3, 2), training);
    }

    private static Network dense(Neuron neuron, Training training) {
        return network(List.of(new Dense(6, false, 6, neuron)), training);
    }

    private static List<Sample> samples(Network network, int count, long seed) {
        Random random = new Random(seed);
        int values = network.shapes().get(0).input().values() * network.steps();
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            samples.add(new Sample(random.ints(values, 0, 2).toArray(), random.nextInt(3)));
        }
        return samples;
    }

    private static LockStep lockStep(Network network, Schedule schedule) {
        FixedModel golden = new FixedModel(network, CONFIG.formats());
        return new LockStep(
                model,
                Placement.of(network, CONFIG),
                golden,
                schedule,
                new CosimTransport(model.bus()),
                MasterWeights.initial(network, CONFIG.formats(), 5),
                1,
                "mvn test -Dtest=OptionsTest");
    }

    private static LockStep lockStep(Network network) {
        return lockStep(
                network, LockStep.schedule(Placement.of(network, CONFIG), new FixedModel(network, CONFIG.formats())));
    }

    /** @return the weights after three updates, the last of a smaller minibatch */
    private static MasterWeights train(Network network) {
        LockStep lockStep = lockStep(network);
        lockStep.step(samples(network, 4, 1), 0.5);
        lockStep.step(samples(network, 4, 2), 0.5);
        lockStep.step(samples(network, 3, 3), 0.25);
        return lockStep.master();
    }

    @Test
    void everyOptionAtOnce() {
        train(convolution(training(0.9, 0.1, UpdateRounding.STOCHASTIC)));
    }

    @Test
    void eachOptionOfTheUpdateAloneChangesTheWeights() {
        MasterWeights plain = train(convolution(training(0, 0, UpdateRounding.NEAREST)));
        assertNotEquals(plain, train(convolution(training(0.9, 0, UpdateRounding.NEAREST))));
        assertNotEquals(plain, train(convolution(training(0, 0.2, UpdateRounding.NEAREST))));
        assertNotEquals(plain, train(convolution(training(0, 0, UpdateRounding.STOCHASTIC))));
    }

    @Test
    void anAcceleratorWithOptionsTrainsNetworksWithoutThem() {
        Network network = network(
                List.of(new Conv2d(5, 3, 2, 1, true, 7), new Dense(6, true, 6)),
                training(0, 0, UpdateRounding.NEAREST));
        train(network);
    }

    @Test
    void aWrongResetIsFound() {
        Network network = dense(SOFT, training(0, 0, UpdateRounding.NEAREST));
        Network other = dense(
                new Neuron(0.5, 0.4, 0.5, 1, Reset.HARD, false, Surrogate.TRIANGLE),
                training(0, 0, UpdateRounding.NEAREST));
        assertEquals("u", difference(network, other));
    }

    @Test
    void aWrongSurrogateIsFound() {
        Network network = dense(DETACHED, training(0, 0, UpdateRounding.NEAREST));
        Network other = dense(
                new Neuron(0.75, 0.25, 0.5, 1.5, Reset.HARD, true, Surrogate.RECTANGLE),
                training(0, 0, UpdateRounding.NEAREST));
        assertEquals("gu", difference(network, other));
    }

    @Test
    void aResetThatIsNotDetachedIsFound() {
        Network network = dense(DETACHED, training(0, 0, UpdateRounding.NEAREST));
        Network other = dense(
                new Neuron(0.75, 0.25, 0.5, 1.5, Reset.HARD, false, Surrogate.TRIANGLE),
                training(0, 0, UpdateRounding.NEAREST));
        assertEquals("gu", difference(network, other));
    }

    /** What is compared first when the accelerator computes one network's neurons and the golden model another's. */
    private static String difference(Network network, Network other) {
        Schedule wrong = new Schedule(Placement.of(network, CONFIG), LayerConstants.of(other, CONFIG.formats()));
        LockStep lockStep = lockStep(network, wrong);
        return assertThrows(LockStepException.class, () -> lockStep.step(samples(network, 4, 1), 0.5))
                .mismatch()
                .tensor();
    }

    @Test
    void aWrongMomentumIsFound() {
        Network network = convolution(training(0.5, 0, UpdateRounding.NEAREST));
        LockStep lockStep = lockStep(network);
        lockStep.step(samples(network, 4, 1), 0.5);
        int words = CONFIG.masterWords();
        lockStep.driver()
                .write(new h2learn.host.TensorImages.Image(
                        Scratchpad.MOMENTUM,
                        new h2learn.contract.MemoryMap(CONFIG)
                                .window(Scratchpad.MOMENTUM)
                                .address(0),
                        new int[words]));
        LockStepException failure =
                assertThrows(LockStepException.class, () -> lockStep.step(samples(network, 4, 1), 0.5));
        assertTrue(List.of("v", "W (master)").contains(failure.mismatch().tensor()), failure.getMessage());
    }

    @Test
    void aRegisterShowsTheOptions() {
        LockStep lockStep = lockStep(dense(SOFT, training(0, 0, UpdateRounding.NEAREST)));
        int shiftOnly = 1 << Register.OPTIONS.field("ALPHA_SHIFT").low();
        assertEquals(0xFF & ~shiftOnly, lockStep.driver().port().read(Register.OPTIONS));
    }

    @Test
    void aMissingOptionIsRefusedWithTheKeyToSet() {
        Network network = convolution(training(0.9, 0.1, UpdateRounding.STOCHASTIC));
        Options shift = new Options(false, false, false, false, Leak.SHIFT, false, false, false);
        String message = assertThrows(PlacementException.class, () -> Placement.of(network, config(shift)))
                .getMessage();
        assertEquals(
                """
                network options needs options that config tiny does not have:
                  layer 0 resets softly: set options.softReset: true in the config
                  layer 0 has the triangular surrogate: set options.triangle: true in the config
                  layer 1 has no reset: set options.noReset: true in the config
                  layer 1 has alpha 0.3, no power of two from 2^-8 to 1: set options.alpha: multiplier in the config
                  layer 2 detaches the reset: set options.detachReset: true in the config
                  layer 2 has the triangular surrogate: set options.triangle: true in the config
                  layer 2 has alpha 0.75, no power of two from 2^-8 to 1: set options.alpha: multiplier in the config
                  training.momentum is not 0: set options.momentum: true in the config
                  training.weightDecay is not 0: set options.weightDecay: true in the config
                  training.rounding is stochastic: set options.stochasticRounding: true in the config""",
                message);
    }
}
