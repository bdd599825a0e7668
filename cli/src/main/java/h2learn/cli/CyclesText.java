package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.CommandQueue;
import h2learn.host.PlacementException;
import h2learn.host.plan.PlanPrediction;
import h2learn.host.predict.AssumedFindings;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cycles that training a network will take, layer by layer, as {@link PlanPrediction} predicts them. */
final class CyclesText {
    /** Cycles until the external memory answers: of a usual DRAM controller at the clock of an FPGA. */
    private static final int LATENCY = 60;

    private static final int SAMPLES = 8;

    private CyclesText() {}

    static List<String> of(Network network, AcceleratorConfig config) {
        AssumedFindings findings = AssumedFindings.EARLY;
        int samples = Math.min(SAMPLES, network.training().minibatch());
        PlanPrediction prediction;
        try {
            prediction = PlanPrediction.of(network, config, samples, findings, LATENCY);
        } catch (PlacementException tooLarge) {
            return List.of("cycles: none predicted, since the network does not fit.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "cycles a sample of a training step of %d, predicted with %.0f %% of gu not zero and %.0f %% of windows"
                        + " open:",
                samples,
                100 * findings.gradients(),
                100 * findings.windows()));
        lines.add(String.format(
                Locale.ROOT,
                "  %-6s %12s %12s %12s %12s %12s",
                "layer",
                "load",
                "forward",
                "backward",
                "gradient",
                "store"));
        for (int layer = 0; layer < prediction.layers().size(); layer++) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-6d", layer + 1));
            for (CommandQueue queue : CommandQueue.values()) {
                long cycles = prediction.layers().get(layer).getOrDefault(queue, 0L);
                line.append(String.format(Locale.ROOT, " %12d", cycles / samples));
            }
            lines.add(line.toString());
        }
        lines.add(String.format(
                Locale.ROOT,
                "  with overlapping queues %d cycles a sample; %s",
                prediction.cycles() / samples,
                prediction.plan().describe().get(0)));
        return lines;
    }
}
