package h2learn.cosim.lockstep;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.MemoryBus;
import h2learn.contract.Engine;
import h2learn.contract.MemoryMap;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.simulation.MemoryPlace;
import h2learn.cosim.simulation.MemoryTiming;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.CommandPort;
import h2learn.host.Driver.Counters;
import h2learn.host.Placement;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import h2learn.network.Network.Classes;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Encoding;
import h2learn.network.Network.Input;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training in lock-step while LOAD and STORE move other words of the same scratchpads: neither takes a cycle of an engine,
 * changes a word that an engine still needs, or loses one of its own.
 */
class BesideTransfersTest {
    private static final int SAMPLES = 4;

    private static AcceleratorConfig config(int dataBits) {
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
                new Memories(512, 4096, 2048, 256),
                tiny.options(),
                new MemoryBus(dataBits, 32),
                tiny.target());
    }

    private static Network pools(Reduction reduction) {
        return new Network(
                "beside",
                "made by hand",
                new Input(2, 5, 6, Encoding.SPIKES, 1, 0, false),
                2,
                new Neuron(0.5, 0.05, 0.4, 1),
                List.of(new Conv2d(6, 3, 1, 1, true, 6), new Pool(reduction, 2, 2), new Dense(6, true, 8)),
                new Classes(3, 2),
                new Training(SAMPLES, 1, 0.5, 1, 3));
    }

    private static List<Sample> samples(Network network, int step) {
        Random random = new Random(step);
        int steps = network.input().encoding() == Encoding.DIRECT ? 1 : network.steps();
        int bound = network.input().encoding() == Encoding.DIRECT ? 256 : 2;
        List<Sample> samples = new ArrayList<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            int[] values =
                    random.ints(steps * network.input().values(), 0, bound).toArray();
            samples.add(new Sample(values, sample % network.classes().count()));
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void nothingDisturbsTheOther(int dataBits) {
        AcceleratorConfig config = config(dataBits);
        try (Model model = Model.open(
                VerilatorBuild.standard(),
                ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config)),
                ModelOptions.defaults()
                        .withBus("s_axi_")
                        .withMemory(new MemoryPlace("m_axi_", BesideTransfers.BASE, BesideTransfers.BYTES))
                        .withSeed(3))) {
            long loadKept = 0;
            long storeKept = 0;
            int seed = 0;
            for (Network network : List.of(SmallNetworks.usual(), pools(Reduction.MAX), pools(Reduction.AVERAGE))) {
                for (MemoryTiming timing : List.of(MemoryTiming.FAST, MemoryTiming.random(seed))) {
                    seed++;
                    model.memory().timing(timing);
                    model.memory().fill(BesideTransfers.BASE, BesideTransfers.BYTES, (byte) 0);
                    BesideTransfers bus = new BesideTransfers(model, new MemoryMap(config), seed);
                    FixedModel golden = new FixedModel(network, config.formats());
                    Placement placement = Placement.of(network, config);
                    LockStep lockStep = new LockStep(
                            model,
                            placement,
                            golden,
                            LockStep.schedule(placement, golden),
                            bus,
                            MasterWeights.initial(network, config.formats(), 4),
                            4,
                            "mvn test -Dtest=BesideTransfersTest");
                    bus.begin();
                    for (int step = 0; step < 3; step++) {
                        lockStep.step(samples(network, step), 0.5);
                    }
                    Map<Engine, Counters> counters = new CommandPort(bus).counters();
                    loadKept += counters.get(Engine.LOAD).skipped();
                    storeKept += counters.get(Engine.STORE).skipped();
                    bus.check();
                }
            }
            assertTrue(loadKept > 100 && storeKept > 100, loadKept + " and " + storeKept + " cycles kept away");
        }
    }
}
