package h2learn.cosim.lockstep;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.cosim.simulation.Stalls;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Placement;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random networks on random configurations at random timing, every tensor of two updates compared. The seeds are fixed;
 * {@code -Dh2learn.randomSeed} and {@code -Dh2learn.randomNetworks} run others. In all 200 pairs.
 */
class RandomPairsTest {
    private static final long SEED = Long.getLong("h2learn.randomSeed", 20_261_124);
    private static final int NETWORKS = Integer.getInteger("h2learn.randomNetworks", 20);

    @ParameterizedTest(name = "configuration {0} of {1} lanes")
    @CsvSource({"0,4", "1,4", "2,8", "3,4", "4,8", "5,4", "6,16", "7,8", "8,4", "9,32"})
    void trainsBitExact(int index, int lanes) {
        RandomCases cases = new RandomCases(SEED + index);
        AcceleratorConfig config = cases.config(index, lanes);
        ModelSource source = ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config));
        VerilatorBuild build = VerilatorBuild.standard();
        for (int number = 0; number < NETWORKS; number++) {
            Network network = cases.network(number, config);
            int seed = cases.seed();
            try (Model model = Model.open(
                    build, source, ModelOptions.defaults().withBus("s_axi_").withSeed(seed))) {
                if (number % 2 == 1) {
                    model.bus().stalls(Stalls.uniform(seed, cases.between(1, 160)));
                }
                Placement placement = Placement.of(network, config);
                FixedModel golden = new FixedModel(network, config.formats());
                LockStep lockStep = new LockStep(
                        model,
                        placement,
                        golden,
                        MasterWeights.initial(network, config.formats(), seed),
                        seed,
                        "mvn test -Dtest=RandomPairsTest -Dh2learn.randomSeed=" + SEED + " # " + config + " "
                                + network);
                lockStep.step(cases.minibatch(network), network.training().learningRate());
                lockStep.step(cases.minibatch(network), network.training().learningRate());
            }
        }
    }
}
