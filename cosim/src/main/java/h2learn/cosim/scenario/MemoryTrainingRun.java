package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.lockstep.PlanLockStep;
import h2learn.cosim.lockstep.ProgramOptions;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.train.Simulated;
import h2learn.data.Sample;
import h2learn.host.plan.StepPlan;
import h2learn.model.fixed.MasterWeights;
import java.util.List;

/**
 * Trains through external memory with all queues at work, everything compared that a program wrote.
 *
 * @param name of the scenario
 * @param plan of the network
 * @param minibatches one an update
 * @param timing of the external memory
 * @param seed of the weights
 */
record MemoryTrainingRun(String name, StepPlan plan, List<List<Sample>> minibatches, MemoryTiming timing, long seed)
        implements Scenario {
    @Override
    public void run(Stage stage) {
        AcceleratorConfig config = stage.config();
        try (Stage.Run run = stage.open(Stage.options().withMemory(Simulated.memory(plan)))) {
            Model model = run.model();
            model.memory().timing(timing);
            PlanLockStep lockStep = new PlanLockStep(
                    model,
                    plan,
                    MasterWeights.initial(plan.layout().placement().network(), config.formats(), seed),
                    ProgramOptions.standard().withRun(Stage.LIMITS),
                    "the scenario " + name);
            for (List<Sample> minibatch : minibatches) {
                lockStep.step(
                        minibatch,
                        plan.layout().placement().network().training().learningRate());
            }
        }
    }
}
