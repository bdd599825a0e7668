package h2learn.host.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.contract.Register;
import h2learn.data.Sample;
import h2learn.host.driver.SelfTest.Outcome;
import h2learn.host.driver.SelfTest.Result;
import h2learn.host.image.NetworkImage;
import h2learn.host.image.TestImages;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateState;
import h2learn.model.fixed.WeightGradients;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the self-test says of a sound board and of each fault. */
class SelfTestTest {
    private static final NetworkImage IMAGE = TestImages.tiny(2, 2);
    private static final long BASE = 0x40000;
    private final FakeAccelerator fake = new FakeAccelerator(TestImages.TINY, BASE + IMAGE.memoryBytes());

    private List<Result> run() {
        return new SelfTest(board(), TestImages.TINY, IMAGE).run();
    }

    private Board board() {
        return new Board(fake, fake.memory(), BASE, IMAGE.memoryBytes());
    }

    @Test
    void aSoundBoardPasses() {
        List<Result> results = run();
        assertTrue(SelfTest.passed(results), results::toString);
        assertEquals(4, results.size());
    }

    /** The image's weights are those of the golden model, which knows nothing of commands. */
    @Test
    void anImageTrainsAsTheGoldenModel() {
        FixedModel model = new FixedModel(TestImages.TINY_MLP, TestImages.TINY.formats());
        MasterWeights master = TestImages.initial();
        UpdateState state = new UpdateState(TestImages.TINY_MLP);
        ImageDriver driver = new ImageDriver(board(), TestImages.TINY, IMAGE);
        driver.open();
        driver.begin();
        int step = 0;
        for (List<Sample> minibatch : TestImages.minibatches(TestImages.TINY_MLP, 2, 2)) {
            driver.step(step++);
            EngineWeights weights = EngineWeights.of(master, model.formats());
            WeightGradients gradients = new WeightGradients(TestImages.TINY_MLP);
            for (Sample sample : minibatch) {
                gradients.accumulate(model.run(weights, sample), sample);
            }
            model.update(master, gradients, state, TestImages.LEARNING_RATE, minibatch.size());
        }
        driver.end();
        for (int layer = 0; layer < master.layers(); layer++) {
            assertArrayEquals(master.weight(layer), driver.weights(layer), "layer " + layer);
            assertArrayEquals(master.bias(layer), driver.biases(layer), "layer " + layer);
        }
    }

    @Test
    void identityTellsFourFaultsApart() {
        fake.set(Register.HASH_LOW, 5);
        failed("identity", "was generated from another configuration: its hash is");
        fake.set(Register.ID, 0x12345678);
        failed("identity", "the ID register reads 0x12345678, not 0x48324C52");
        fake.set(Register.ID, -1);
        failed("identity", "reads 0xFFFFFFFF, all ones: nothing drives the bus");
        fake.silence();
        failed("identity", "the ID register cannot be read: no answer");
    }

    @Test
    void aStuckBitIsNamed() {
        fake.stick(BASE + 0x1234, 5, 0);
        failed("memory", "memory at address 0x41234: bit 5 is stuck at 0");
    }

    @Test
    void aStuckDataLineIsNamed() {
        fake.stick(BASE, 31, 1);
        failed("memory", "memory at address 0x40000: bit 31 is stuck at 1");
    }

    @Test
    void aMissingAddressLineIsNamed() {
        fake.cut(12);
        failed("memory", "another address leads to the same word");
    }

    @Test
    void aWrongResultIsNamed() {
        // An accelerator that computes otherwise: the host reads one bit wrong, and only after the memory test.
        NetworkImage other = TestImages.tiny(1, 2);
        NetworkImage mixed = new NetworkImage(
                IMAGE.config(),
                IMAGE.hash(),
                IMAGE.network(),
                IMAGE.memoryBytes(),
                IMAGE.ring(),
                IMAGE.regions(),
                IMAGE.layers(),
                List.of(
                        IMAGE.stages().get(0),
                        IMAGE.stages().get(1),
                        IMAGE.stages().get(2),
                        new NetworkImage.Stage(
                                NetworkImage.StageKind.END,
                                0,
                                List.of(),
                                IMAGE.stages().get(3).firstCommand(),
                                IMAGE.stages().get(3).commands(),
                                other.stages().get(2).checks())),
                IMAGE.commands());
        List<Result> results = new SelfTest(board(), TestImages.TINY, mixed).run();
        Result last = results.get(3);
        assertEquals(Outcome.FAILED, last.outcome());
        assertTrue(
                last.detail().contains("after stage 3 (END)")
                        && last.detail().contains("of MASTER of layer 0, have the checksum"),
                last.detail());
    }

    @Test
    void aHangSaysWhatEachQueueDoes() {
        fake.hang();
        failed(
                "known answer",
                "queue LOAD waits with command 17 (LOAD) for a token of FORWARD; queue FORWARD is idle;"
                        + " queue BACKWARD is idle; queue GRADIENT is idle; queue STORE is idle; engines at work: LOAD;"
                        + " 0 commands completed, 0 of ");
    }

    @Test
    void aRegisterThatForgetsIsNamed() {
        fake.set(Register.CAPABILITIES, 0);
        failed("registers", "register CAPABILITIES has 0 as LANES, the config 4");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Board small = new Board(fake, fake.memory(), BASE, IMAGE.memoryBytes() - 64);
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> new ImageDriver(small, TestImages.TINY, IMAGE));
        assertTrue(
                refused.getMessage()
                        .contains("needs " + IMAGE.memoryBytes() + " bytes of external memory, the board has"),
                refused.getMessage());
        refused = assertThrows(
                InvalidInputException.class, () -> new ImageDriver(board(), new ConfigReader().read("base"), IMAGE));
        assertTrue(refused.getMessage().contains("is for the config tiny with hash"), refused.getMessage());
    }

    private void failed(String test, String detail) {
        List<Result> results = run();
        Result failure = results.stream()
                .filter(result -> result.outcome() == Outcome.FAILED)
                .findFirst()
                .orElseThrow();
        assertEquals(test, failure.test(), failure.detail());
        assertTrue(failure.detail().contains(detail), failure.detail());
        int at = results.indexOf(failure);
        for (Result after : results.subList(at + 1, results.size())) {
            assertEquals(Outcome.NOT_RUN, after.outcome());
        }
    }
}
