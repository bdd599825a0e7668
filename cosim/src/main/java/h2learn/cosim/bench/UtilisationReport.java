package h2learn.cosim.bench;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.contract.Engine;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@link Utilisation} measured.
 *
 * @param samples measured in all
 * @param partSamples samples of a part
 * @param uses one for each engine and layer that ran
 * @param densities of each layer
 */
public record UtilisationReport(
        Network network,
        AcceleratorConfig config,
        int samples,
        int partSamples,
        List<EngineUse> uses,
        List<Work.Densities> densities) {
    /** Least share of useful cycles of the forward and the weight update engine (DESIGN section 4). */
    public static final double LEAST_UTILISATION = 0.95;
    /** Smallest tile, points or input channels, of which that is said. */
    public static final int LEAST_TILE = 64;
    /** Most cycles of the backward engine by ideal ones, with both skips (DESIGN section 4). */
    public static final double MOST_OVER_IDEAL = 1.25;

    public UtilisationReport {
        uses = List.copyOf(uses);
        densities = List.copyOf(densities);
    }

    /** What breaks the contract of the engines, a line each; empty when they keep it. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        for (EngineUse use : uses) {
            if (use.tile() >= LEAST_TILE && use.steadyUtilisation() < LEAST_UTILISATION) {
                missed.add(format(
                        "%s of layer %d: %.3f of its cycles are useful in the steady state, the contract is at least %.2f",
                        use.engine(), use.layer(), use.steadyUtilisation(), LEAST_UTILISATION));
            }
            boolean dual = config.backward().sparsity() == Sparsity.DUAL;
            if (use.engine() == Engine.BACKWARD && dual && use.overIdeal() > MOST_OVER_IDEAL) {
                missed.add(format(
                        "BACKWARD of layer %d: %.3f times the ideal cycles, the contract is at most %.2f",
                        use.layer(), use.overIdeal(), MOST_OVER_IDEAL));
            }
        }
        return missed;
    }

    /** Busy cycles of one engine over all layers, for one sample. */
    public double cyclesPerSample(Engine engine) {
        return (double) uses.stream()
                        .filter(use -> use.engine() == engine)
                        .mapToLong(use -> use.counters().busy())
                        .sum()
                / samples;
    }

    /** Two tables: engines and densities. Same report, same text. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%s on %s: %d samples in parts of %d (%d points), %d lanes, %d backward lanes, sparsity %s.%n%n",
                network.name(),
                config.name(),
                samples,
                partSamples,
                partSamples * network.steps(),
                config.lanes(),
                config.backward().lanes(),
                config.backward().sparsity().name().toLowerCase(Locale.ROOT)));
        text.append(
                "| engine | layer | cycles | cycles a sample | useful | useful / cycles | steady state | ideal cycles | cycles / ideal"
                        + " | work left of dense | skipped |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (EngineUse use : uses) {
            text.append(format(
                    "| %s | %d | %d | %.1f | %d | %.3f | %.3f | %.1f | %.3f | %.4f | %d |%n",
                    use.engine(),
                    use.layer(),
                    use.counters().busy(),
                    (double) use.counters().busy() / samples,
                    use.counters().useful(),
                    use.utilisation(),
                    use.steadyUtilisation(),
                    use.idealCycles(),
                    use.overIdeal(),
                    (double) use.needed() / Math.max(1, use.dense()),
                    use.counters().skipped()));
        }
        text.append("\n| layer | spikes | windows open | gu not zero |\n|---|---|---|---|\n");
        for (int layer = 0; layer < densities.size(); layer++) {
            Work.Densities own = densities.get(layer);
            text.append(format("| %d | %.3f | %.3f | %.3f |%n", layer, own.spikes(), own.windows(), own.gradients()));
        }
        return text.toString();
    }

    /** The engine with its lowest share of useful cycles in the steady state, of tiles of which the contract speaks. */
    public double leastUtilisation(Engine engine) {
        return uses.stream()
                .filter(use -> use.engine() == engine && use.tile() >= LEAST_TILE)
                .mapToDouble(EngineUse::steadyUtilisation)
                .min()
                .orElse(Double.NaN);
    }

    /** BACKWARD's cycles by the ideal ones, of the layer where that is most. */
    public double mostOverIdeal() {
        return uses.stream()
                .filter(use -> use.engine() == Engine.BACKWARD)
                .mapToDouble(EngineUse::overIdeal)
                .max()
                .orElse(Double.NaN);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values).replace(System.lineSeparator(), "\n");
    }
}
