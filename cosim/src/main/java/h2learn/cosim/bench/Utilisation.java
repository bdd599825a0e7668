package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Command;
import h2learn.contract.Engine;
import h2learn.contract.Opcode;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.lockstep.CosimTransport;
import h2learn.cosim.simulation.Model;
import h2learn.cosim.simulation.ModelOptions;
import h2learn.data.Sample;
import h2learn.emit.AcceleratorVerilog;
import h2learn.host.Driver;
import h2learn.host.Driver.Counters;
import h2learn.host.LayerTile;
import h2learn.host.Placement;
import h2learn.host.Schedule;
import h2learn.host.TrainingSession;
import h2learn.model.fixed.MasterWeights;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Runs whole parts of a minibatch in the simulated accelerator, command group by command group, and takes down what its
 * counters say of each engine and layer. The weights are given, so that masks and gradients are those of real training.
 */
public final class Utilisation {
    private static final int OUTSTANDING = 8;
    private static final long RESET_CYCLES = 4;

    private final Placement placement;
    private final Driver driver;
    private final Schedule schedule;
    private final Work work;
    private final Map<Engine, List<EngineUse>> uses = new EnumMap<>(Engine.class);

    private Utilisation(Placement placement, TrainingSession session) {
        this.placement = placement;
        driver = session.driver();
        schedule = session.schedule();
        work = new Work(placement, driver);
    }

    /**
     * Generates, builds and measures.
     *
     * @param weights to start from; they are not updated
     * @param samples of which as many whole parts are run as there are; the rest is left out
     * @param parts how many parts to run at most, at least 1
     * @param seed for the contents of memories at power-up
     * @throws IllegalArgumentException when there are fewer samples than one part has
     * @throws h2learn.host.PlacementException when the network does not fit
     */
    public static UtilisationReport measure(
            Network network,
            AcceleratorConfig config,
            MasterWeights weights,
            List<Sample> samples,
            int parts,
            int seed) {
        Placement placement = Placement.of(network, config);
        int count = placement.partSamples();
        if (samples.size() < count || parts < 1) {
            throw new IllegalArgumentException(
                    "one part has " + count + " samples, but only " + samples.size() + " are there");
        }
        ModelSource source = ModelSource.of(AcceleratorVerilog.TOP, AcceleratorVerilog.of(config));
        ModelOptions options = ModelOptions.defaults().withBus("s_axi_").withSeed(seed);
        try (Model model = Model.open(VerilatorBuild.standard(), source, options)) {
            model.bus().outstanding(OUTSTANDING);
            model.reset(RESET_CYCLES);
            TrainingSession session =
                    new TrainingSession(placement, new Driver(placement, new CosimTransport(model.bus())));
            session.open(weights);
            Utilisation run = new Utilisation(placement, session);
            int done = 0;
            while (done < parts && (done + 1) * count <= samples.size()) {
                run.part(samples.subList(done * count, (done + 1) * count));
                done++;
            }
            return new UtilisationReport(network, config, done * count, count, run.total(), run.work.densities());
        }
    }

    private void part(List<Sample> part) {
        int count = part.size();
        int last = placement.layers().size() - 1;
        driver.writePart(part);
        for (int layer = 0; layer <= last; layer++) {
            if (isPool(layer)) {
                run(schedule.forward(layer, count), layer, count, Engine.POOL);
                continue;
            }
            run(schedule.forward(layer, count), layer, count, Engine.FORWARD, Engine.NEURON);
            half(layer, count).ifPresent(tile -> {
                List<Command> half = schedule.forward(tile).stream()
                        .filter(command -> command.opcode() == Opcode.FORWARD)
                        .toList();
                repeatHalf(half, Engine.FORWARD);
            });
        }
        run(List.of(schedule.loss(count)), last, count, Engine.LOSS);
        for (int layer = last; layer >= 0; layer--) {
            if (isPool(layer)) {
                run(List.of(schedule.backward(layer, count)), layer, count, Engine.POOL_BACKWARD);
                continue;
            }
            run(schedule.neuronBackward(layer, count), layer, count, Engine.NEURON_BACKWARD);
            run(schedule.weightGradient(layer, count), layer, count, Engine.WEIGHT_GRADIENT);
            half(layer, count).ifPresent(tile -> repeatHalf(schedule.weightGradient(tile), Engine.WEIGHT_GRADIENT));
            if (layer > 0) {
                run(List.of(schedule.backward(layer, count)), layer, count, Engine.BACKWARD);
            }
        }
        work.countDensities(count);
    }

    private boolean isPool(int layer) {
        return !placement.layers().get(layer).shape().weighted();
    }

    private void run(List<Command> commands, int layer, int samples, Engine... engines) {
        Map<Engine, Counters> before = driver.counters();
        driver.run(commands);
        for (Engine engine : engines) {
            Counters difference = counters(driver.counters(), engine).minus(counters(before, engine));
            uses.computeIfAbsent(engine, unused -> new ArrayList<>()).add(work.use(engine, layer, samples, difference));
        }
    }

    /**
     * Half of a part: half its samples, or of a single one about half of the rows, such that the points are whole blocks of
     * N; empty when there is no such half.
     */
    private Optional<LayerTile> half(int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        LayerTile whole = LayerTile.whole(place, samples);
        if (samples > 1) {
            LayerTile half = LayerTile.whole(place, samples / 2);
            return samples % 2 == 0 && isWholeBlocks(half) ? Optional.of(half) : Optional.empty();
        }
        int rows = whole.outputRows();
        return IntStream.range(1, rows)
                .boxed()
                .sorted(Comparator.comparingInt(first -> Math.abs(2 * first - rows)))
                .map(whole::withFirstRows)
                .filter(this::isWholeBlocks)
                .findFirst();
    }

    private boolean isWholeBlocks(LayerTile tile) {
        boolean isStatic = tile.layer().shape().staticInput();
        return tile.points(isStatic ? 1 : placement.network().steps())
                        % placement.config().lanes()
                == 0;
    }

    /** Runs the commands of half a part again, on what the scratchpads hold, for the latest entry of the engine. */
    private void repeatHalf(List<Command> commands, Engine engine) {
        Map<Engine, Counters> before = driver.counters();
        driver.run(commands);
        Counters half = counters(driver.counters(), engine).minus(counters(before, engine));
        List<EngineUse> ofEngine = Objects.requireNonNull(uses.get(engine));
        int latest = ofEngine.size() - 1;
        ofEngine.set(latest, ofEngine.get(latest).withHalf(half));
    }

    private static Counters counters(Map<Engine, Counters> all, Engine engine) {
        return Objects.requireNonNull(all.get(engine), () -> "no counters of " + engine);
    }

    /** One for each engine and layer, summed over the parts. */
    private List<EngineUse> total() {
        List<EngineUse> sums = new ArrayList<>();
        for (List<EngineUse> ofEngine : uses.values()) {
            for (int layer = 0; layer < placement.layers().size(); layer++) {
                int wanted = layer;
                ofEngine.stream()
                        .filter(use -> use.layer() == wanted)
                        .reduce(EngineUse::plus)
                        .ifPresent(sums::add);
            }
        }
        return sums;
    }
}
