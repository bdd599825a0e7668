package h2learn.cosim.scenario;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Register;
import h2learn.cosim.lockstep.LockStep;
import h2learn.cosim.simulation.Model;
import h2learn.data.Sample;
import h2learn.host.Placement;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Resets of random lengths at random times, in the midst of a training step too, on registers and memories that begin with
 * random values: after each, the accelerator is as new.
 */
record ResetTimes(String name, Network network, int seed) implements Scenario {
    private static final int LONGEST = 9;
    private static final int RESETS = 6;
    private static final int SAMPLES = 2;

    @Override
    public void run(Stage stage) {
        AcceleratorConfig config = stage.config();
        List<Sample> minibatch = SmallSamples.of(network, SAMPLES, seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (Stage.Run run = stage.open(Stage.options().withSeed(seed))) {
            Model model = run.model();
            for (int time = 0; time < RESETS; time++) {
                model.reset(1 + random.nextInt(LONGEST));
                for (Register register : List.of(
                        Register.STATUS, Register.ERROR, Register.COMPLETED, Register.SCRATCH, Register.RING_TAIL)) {
                    ScenarioException.checkEqual(0, model.bus().read(register.offset()), register + " after a reset");
                }
                ScenarioException.checkEqual(
                        Register.IDENTIFIER, model.bus().read(Register.ID.offset()), "ID after a reset");
                model.bus().write(Register.SCRATCH.offset(), -1);
                model.step(1 + random.nextInt(50));
                if (time % 2 == 1) {
                    train(model, config, minibatch);
                    model.bus().write(Register.COMMAND.offset(0), -1);
                }
            }
        }
    }

    private void train(Model model, AcceleratorConfig config, List<Sample> minibatch) {
        new LockStep(
                        model,
                        Placement.of(network, config),
                        new FixedModel(network, config.formats()),
                        MasterWeights.initial(network, config.formats(), seed),
                        seed,
                        "the scenario " + name,
                        Stage.LIMITS)
                .step(minibatch, 0.5);
    }
}
