package h2learn.exchange.inspect;

import h2learn.config.AcceleratorConfig;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network in words, and what it takes of an accelerator's memories. */
final class NetworkText {
    private NetworkText() {}

    /**
     * @param problems why the accelerator cannot run it
     * @param timed whether the leak is known; without a time step it is not
     */
    static List<String> describe(Network network, AcceleratorConfig config, List<String> problems, boolean timed) {
        List<String> lines = new ArrayList<>();
        Network.Input input = network.input();
        lines.add(String.format(
                Locale.ROOT,
                "network %s: %d x %d x %d values (channels, height, width), %s, %d bit, T %d, %d classes",
                network.name(),
                input.channels(),
                input.height(),
                input.width(),
                input.encoding().name().toLowerCase(Locale.ROOT),
                input.bits(),
                network.steps(),
                network.classes().count()));
        lines.add(String.format(
                Locale.ROOT,
                "  %-6s %-13s %-16s %10s %8s %8s %13s %12s %12s",
                "layer",
                "type",
                "output",
                "parameters",
                "alpha",
                "theta",
                "weight blocks",
                "spike words",
                "trace words"));
        long blocks = 0;
        long trace = 0;
        long spikes =
                spikeWords((long) input.height() * input.width(), input.channels(), planesOrSteps(network), config);
        for (LayerShape shape : network.shapes()) {
            long layerBlocks = weightBlocks(shape, config);
            long words = (long) network.steps()
                    * shape.points()
                    * config.blocks(shape.output().channels());
            long layerTrace = shape.weighted() ? words : 0;
            blocks += layerBlocks;
            trace += layerTrace;
            spikes += words;
            lines.add(line(network, shape, timed, layerBlocks, words, layerTrace));
        }
        AcceleratorConfig.Memories memories = config.memories();
        lines.add("memory of accelerator " + config.name() + " (N = " + config.lanes() + "), for one sample:");
        lines.add(use("weight blocks", blocks, memories.weightBlocks()));
        lines.add(use("spike words", spikes, memories.spikeWords()));
        lines.add(use("trace words", trace, memories.traceWords()));
        if (problems.isEmpty()) {
            lines.add("Accelerator " + config.name() + " can run it.");
        } else {
            lines.add("Accelerator " + config.name() + " cannot run it:");
            problems.forEach(problem -> lines.add("  " + problem));
        }
        return lines;
    }

    private static String line(Network network, LayerShape shape, boolean timed, long blocks, long words, long trace) {
        Network.Layer layer = network.layers().get(shape.index());
        Network.Neuron neuron = network.neuron(shape.index());
        long parameters = (long) shape.outputs() * shape.inputs() + (shape.bias() ? shape.outputs() : 0);
        return String.format(
                Locale.ROOT,
                "  %-6d %-13s %-16s %10d %8s %8s %13d %12d %12d",
                shape.index() + 1,
                layer.type(),
                shape.output().channels() + "x" + shape.output().height() + "x"
                        + shape.output().width(),
                parameters,
                shape.weighted() ? (timed ? String.format(Locale.ROOT, "%.4f", neuron.alpha()) : "needs dt") : "",
                shape.weighted() ? String.format(Locale.ROOT, "%.4f", neuron.theta()) : "",
                blocks,
                words,
                trace);
    }

    private static long weightBlocks(LayerShape shape, AcceleratorConfig config) {
        if (!shape.weighted()) {
            return 0;
        }
        long outputBlocks = config.blocks(shape.outputs());
        long biasBlocks = shape.bias() ? config.blocks((int) outputBlocks) : 0;
        return outputBlocks * shape.taps() * config.blocks(shape.input().channels()) + biasBlocks;
    }

    private static int planesOrSteps(Network network) {
        return network.input().encoding() == Network.Encoding.DIRECT
                ? network.input().bits()
                : network.steps();
    }

    private static long spikeWords(long points, int channels, int planes, AcceleratorConfig config) {
        return points * planes * config.blocks(channels);
    }

    private static String use(String what, long used, int available) {
        return String.format(Locale.ROOT, "  %-14s %10d of %10d", what, used, available);
    }
}
