package h2learn.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Command;
import h2learn.contract.Scratchpad;
import h2learn.data.Sample;
import h2learn.host.PlacementException;
import h2learn.host.program.AnyOrder;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.machine.ExternalMemory;
import h2learn.model.machine.Machine;
import h2learn.model.train.FixedEngine;
import h2learn.model.train.Workers;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that trains through external memory: on the golden machine it gets the fixed engine's weights and spikes. */
class ProgramSessionTest {
    private static final double LEARNING_RATE = 0.5;

    /** The golden machine, whose commands run in any order that their tokens allow. */
    private static final class OnMachine implements ProgramRunner {
        private final Machine machine;
        private final Random random = new Random(1);

        OnMachine(AcceleratorConfig config, StepPlan plan) {
            machine = new Machine(config, new ExternalMemory(plan.layout().bytes()));
        }

        @Override
        public void run(List<Command> program) {
            machine.run(AnyOrder.of(program, random));
        }

        @Override
        public void write(long address, int[] words) {
            machine.external().write(address, words);
        }

        @Override
        public int[] read(long address, int count) {
            return machine.external().read(address, count);
        }
    }

    private static void train(Network network, AcceleratorConfig config, StepPlan plan, long seed) {
        RandomPlans draw = new RandomPlans(seed);
        MasterWeights initial = MasterWeights.initial(network, config.formats(), seed);
        FixedEngine fixed = new FixedEngine(network, config.formats(), initial.copy());
        ProgramSession session = new ProgramSession(plan, new OnMachine(config, plan));
        session.open(initial);
        assertEquals(initial, session.readMasters());
        try (Workers workers = new Workers(1)) {
            for (int step = 0; step < 3; step++) {
                List<Sample> minibatch = draw.samples(network, Math.max(1, session.mostSamples() - step));
                fixed.step(minibatch, LEARNING_RATE, workers);
                session.step(minibatch, LEARNING_RATE);
                assertEquals(fixed.master(), session.readMasters(), "after step " + step);
            }
        }
        List<Sample> test = draw.samples(network, session.mostSamples());
        session.infer(test);
        FixedModel model = new FixedModel(network, config.formats());
        EngineWeights weights = EngineWeights.of(fixed.master(), config.formats());
        int last = network.layers().size() - 1;
        int[][] spikes = session.readTrace(Scratchpad.SPIKE, last, test.size());
        for (int sample = 0; sample < test.size(); sample++) {
            byte[] expected = model.run(weights, test.get(sample)).layer(last).spike();
            int[] got = spikes[sample];
            assertEquals(expected.length, got.length);
            for (int index = 0; index < got.length; index++) {
                assertEquals(expected[index], got[index], "sample " + sample + ", spike " + index);
            }
        }
        assertEquals(fixed.master(), session.readMasters(), "inference changes no weight");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trainsAsTheFixedEngineDoes(boolean pipelined) {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = new ConfigReader().read("tiny");
        StepPlan plan = pipelined
                ? PipelinedPlan.of(network, config, 8, Overlap.FULL)
                : new TiledPlan(network, config, 8, Overlap.FULL);
        train(network, config, plan, 1);
        assertEquals(!pipelined, new ProgramSession(plan, new OnMachine(config, plan)).keeps(Scratchpad.WINDOW, 0));
    }

    /** Momentum, weight decay and stochastic rounding among them, whose constants change with every update. */
    @Test
    void randomNetworksTrainAsTheFixedEngineDoes() {
        int stochastic = 0;
        int momentum = 0;
        for (int seed = 0; seed < 40; seed++) {
            RandomPlans draw = new RandomPlans(seed);
            AcceleratorConfig config = draw.config(seed);
            Network network = draw.network(seed, config);
            StepPlan plan;
            try {
                plan = Plans.of(network, config, network.training().minibatch(), Overlap.FULL);
            } catch (PlacementException tooLarge) {
                continue;
            }
            train(network, config, plan, seed);
            stochastic += network.training().rounding() == Network.UpdateRounding.STOCHASTIC ? 1 : 0;
            momentum += network.training().momentum() > 0 ? 1 : 0;
        }
        assertTrue(stochastic > 3 && momentum > 3, stochastic + " with stochastic rounding, " + momentum + " momentum");
    }

    @Test
    void refusesMoreSamplesThanPlanned() {
        Network network = new NetworkReader().read("tiny-mlp");
        AcceleratorConfig config = new ConfigReader().read("tiny");
        StepPlan plan = Plans.of(network, config, 4, Overlap.FULL);
        ProgramSession session = new ProgramSession(plan, new OnMachine(config, plan));
        List<Sample> five = new RandomPlans(1).samples(network, 5);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> session.step(five, LEARNING_RATE));
        assertEquals("the plan is for 1 to 4 samples at a time, not 5", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> session.infer(List.of()));
    }
}
