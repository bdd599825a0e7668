package h2learn.cosim.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.contract.Engine;
import h2learn.cosim.bench.StepBench.Step;
import h2learn.exchange.graph.RandomSamples;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.NetworkReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepBenchTest {
    private static final AcceleratorConfig TINY = new ConfigReader().read("tiny");
    private static final int SAMPLES = 12;

    @Test
    void theStepIsPredictedAndTheOverlapGains() {
        Network network = new NetworkReader().read("tiny-mlp");
        StepBench bench = new StepBench(
                network,
                TINY,
                MasterWeights.initial(network, TINY.formats(), 1),
                RandomSamples.of(network, SAMPLES, 2));
        StepReport report = bench.report();
        Step together = report.together();
        Step apart = report.apart();
        assertTrue(together.cycles() < apart.cycles(), report.markdown());
        assertTrue(together.overlap() > 0, report.markdown());
        assertEquals(0, apart.overlap(), report.markdown());
        assertEquals(0, report.worstPrediction(), report.markdown());
        for (Engine engine : List.of(
                Engine.FORWARD, Engine.NEURON, Engine.LOSS, Engine.BACKWARD, Engine.NEURON_BACKWARD, Engine.UPDATE)) {
            assertEquals(
                    together.counters().get(engine).busy(),
                    together.predicted().get(engine),
                    engine + "\n" + report.markdown());
        }
        double off = (double) (together.predictedCycles() - together.cycles()) / together.cycles();
        assertTrue(Math.abs(off) <= StepReport.PREDICTION, report.markdown());
    }
}
