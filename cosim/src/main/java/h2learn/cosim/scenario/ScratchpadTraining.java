package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.Stalls;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.util.List;

/**
 * Trains through the scratchpads, every tensor compared after the command that wrote it.
 *
 * @param name of the scenario
 * @param network that fits the scratchpads
 * @param initial weights
 * @param minibatches one an update
 * @param learningRate of the updates
 * @param stalls chance in 1/256 that the bus master holds back
 * @param seed of what the memories hold at power-up, 1 or more
 */
record ScratchpadTraining(
        String name,
        Network network,
        MasterWeights initial,
        List<List<Sample>> minibatches,
        double learningRate,
        int stalls,
        int seed)
        implements Scenario {
    @Override
    public void run(Stage stage) {
        AcceleratorConfig config = stage.config();
        try (Stage.Run run = stage.open(Stage.options().withSeed(seed))) {
            Model model = run.model();
            if (stalls > 0) {
                model.bus().stalls(Stalls.uniform(seed, stalls));
            }
            LockStep lockStep = new LockStep(
                    model,
                    Placement.of(network, config),
                    new FixedModel(network, config.formats()),
                    initial,
                    seed,
                    "the scenario " + name,
                    Stage.LIMITS);
            for (List<Sample> minibatch : minibatches) {
                lockStep.step(minibatch, learningRate);
            }
        }
    }
}
