package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.Scratchpad;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.data.DataSets;
import h2learn.data.Encoder;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.plan.MemoryLayout;
import h2learn.host.plan.Overlap;
import h2learn.host.plan.StepPlan;
import h2learn.host.plan.TiledPlan;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.UpdateConstants;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lock-step through external memory notices what differs from the golden machine, and what differs from the model. */
class PlanLockStepTest {
    private static final int MINIBATCH = 4;
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final Network NETWORK = new NetworkReader().read("tiny-mlp");
    private static final List<Sample> SAMPLES =
            Encoder.encode(DataSets.embedded(), NETWORK, 1).train().subList(0, MINIBATCH);

    private static Model model() {
        VerilatorBuild build = VerilatorBuild.standard();
        return Model.open(
                build,
                build.model(ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(TINY))),
                ModelOptions.defaults().withBus("s_axi_").withMemory(new MemoryPlace("m_axi_", 0, 1 << 20)));
    }

    private static PlanLockStep lockStep(Model model, StepPlan plan) {
        return new PlanLockStep(model, plan, MasterWeights.initial(NETWORK, TINY.formats(), 1), "the same again");
    }

    private static StepPlan tiled() {
        return new TiledPlan(NETWORK, TINY, MINIBATCH, Overlap.FULL);
    }

    @Test
    void sameWordsGoUnnoticed() {
        try (Model model = model()) {
            PlanLockStep lockStep = lockStep(model, tiled());
            long loaded = lockStep.comparedWords();
            assertEquals(MINIBATCH, lockStep.step(SAMPLES, 0.5).size());
            lockStep.infer(SAMPLES.subList(0, 2));
            assertTrue(lockStep.comparedWords() > loaded + 1000);
        }
    }

    @Test
    void aChangedWordOfExternalMemoryDiffersFromTheMachine() {
        try (Model model = model()) {
            StepPlan plan = tiled();
            PlanLockStep lockStep = lockStep(model, plan);
            long address = plan.layout().tensor(Scratchpad.MASTER, 1).address();
            model.memory().load(address, new int[] {model.memory().read(address, 1)[0] ^ 1});
            ProgramMismatchException difference =
                    assertThrows(ProgramMismatchException.class, () -> lockStep.step(SAMPLES, 0.5));
            assertTrue(difference.getMessage().contains("the machine"), difference.getMessage());
            assertTrue(difference.getMessage().endsWith("repeat it with: the same again"), difference.getMessage());
        }
    }

    /** Accelerator and machine run the same wrong program alike. */
    @Test
    void aWrongProgramDiffersFromTheGoldenModel() {
        try (Model model = model()) {
            PlanLockStep lockStep = lockStep(model, new WithoutUpdate(tiled()));
            ProgramMismatchException difference =
                    assertThrows(ProgramMismatchException.class, () -> lockStep.step(SAMPLES, 0.5));
            assertTrue(
                    difference.getMessage().matches("(?s)after 1 updates master weight \\d+ of layer 0 is .*"),
                    difference.getMessage());
        }
    }

    /** Of every step changes no weight. */
    private record WithoutUpdate(StepPlan plan) implements StepPlan {
        @Override
        public MemoryLayout layout() {
            return plan.layout();
        }

        @Override
        public List<Command> begin() {
            return plan.begin();
        }

        @Override
        public List<Command> step(int samples, List<UpdateConstants> constants) {
            return plan.step(samples, Collections.nCopies(constants.size(), UpdateConstants.NOTHING));
        }

        @Override
        public List<Command> infer(int samples) {
            return plan.infer(samples);
        }

        @Override
        public List<Command> end() {
            return plan.end();
        }

        @Override
        public List<String> describe() {
            return plan.describe();
        }
    }
}
