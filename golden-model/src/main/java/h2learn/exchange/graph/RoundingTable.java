package h2learn.exchange.graph;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.reference.ReferenceModel;
import h2learn.model.reference.ReferenceTrace;
import h2learn.model.reference.ReferenceWeights;
import h2learn.network.LayerShape;
import h2learn.network.Network;
import h2learn.network.Network.Neuron;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an accelerator's number formats change of a network: every constant and every layer's weights, each with its
 * error and with the spikes that differ from the unrounded network's when this one thing alone is rounded.
 */
public final class RoundingTable {
    private final Network network;
    private final Parameters parameters;
    private final Formats formats;
    private final List<Sample> samples;
    private final List<List<double[]>> exact;

    private RoundingTable(Network network, Parameters parameters, Formats formats, List<Sample> samples) {
        this.network = network;
        this.parameters = parameters;
        this.formats = formats;
        this.samples = samples;
        exact = spikes(network, parameters);
    }

    /**
     * @param layer from 0; -1 for the whole network
     * @param quantity alpha, theta, weight, bias or everything
     * @param given the exact value; NaN where there are several
     * @param used the rounded value; NaN where there are several
     * @param error largest absolute error
     * @param saturated values beyond the format's range
     * @param spikesChanged on the sample data
     * @param spikes all (neuron, step) pairs of the sample data
     */
    public record Row(
            int layer,
            String quantity,
            double given,
            double used,
            double error,
            int saturated,
            long spikesChanged,
            long spikes) {

        /** The heading of {@link #text}. */
        public static String heading() {
            return String.format(
                    Locale.ROOT,
                    "%-8s %-10s %12s %12s %12s %10s  %s",
                    "layer",
                    "quantity",
                    "given",
                    "used",
                    "error",
                    "saturated",
                    "spikes changed");
        }

        /** One line. */
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "%-8s %-10s %12s %12s %12s %10s  %d of %d",
                    layer < 0 ? "all" : "layer" + (layer + 1),
                    quantity,
                    number(given),
                    number(used),
                    number(error),
                    layer < 0 ? "" : Integer.toString(saturated),
                    spikesChanged,
                    spikes);
        }

        private static String number(double value) {
            return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
        }
    }

    /**
     * The table of a network: alpha, theta, weights and biases of each layer, then everything together, computed by the
     * integer model.
     *
     * @param samples that the spikes are counted on
     */
    public static List<Row> of(Network network, Parameters parameters, Formats formats, List<Sample> samples) {
        return new RoundingTable(network, parameters, formats, samples).rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (LayerShape shape : network.shapes()) {
            if (network.layers().get(shape.index()) instanceof Network.Weighted) {
                int layer = shape.index();
                Neuron neuron = network.neuron(layer);
                double alpha = Math.scalb(
                        Math.rint(Math.scalb(neuron.alpha(), Formats.LEAK_FRACTION_BITS)), -Formats.LEAK_FRACTION_BITS);
                double theta = formats.potential().toReal(formats.potential().quantize(neuron.theta()));
                rows.add(constant(layer, "alpha", neuron.alpha(), alpha, with(neuron, alpha, neuron.theta())));
                rows.add(constant(layer, "theta", neuron.theta(), theta, with(neuron, neuron.alpha(), theta)));
                rows.add(tensor(layer, "weight", false));
                if (shape.bias()) {
                    rows.add(tensor(layer, "bias", true));
                }
            }
        }
        rows.add(everything());
        return rows;
    }

    private Row constant(int layer, String quantity, double given, double used, Neuron rounded) {
        Network changed = withNeuron(layer, rounded);
        long count = given == used ? 0 : changed(spikes(changed, parameters));
        return new Row(layer, quantity, given, used, Math.abs(given - used), 0, count, total());
    }

    private Row tensor(int layer, String quantity, boolean bias) {
        Parameters rounded = new Parameters(network);
        for (int other = 0; other < parameters.layers(); other++) {
            copy(parameters.weight(other), rounded.weight(other));
            copy(parameters.bias(other), rounded.bias(other));
        }
        double[] values = bias ? rounded.bias(layer) : rounded.weight(layer);
        double error = 0;
        int saturated = 0;
        double largest = formats.weight().toReal(formats.weight().maximum());
        double least = formats.weight().toReal(formats.weight().minimum());
        double half = formats.weight().toReal(1) / 2;
        for (int index = 0; index < values.length; index++) {
            double used = formats.weight()
                    .toReal(EngineWeights.round((int) formats.master().quantize(values[index]), formats));
            error = Math.max(error, Math.abs(used - values[index]));
            saturated += values[index] > largest + half || values[index] < least - half ? 1 : 0;
            values[index] = used;
        }
        long count = changed(spikes(network, rounded));
        return new Row(layer, quantity, Double.NaN, Double.NaN, error, saturated, count, total());
    }

    private Row everything() {
        FixedModel model = new FixedModel(network, formats);
        EngineWeights weights = EngineWeights.of(MasterWeights.of(network, parameters, formats), formats);
        long count = 0;
        for (int number = 0; number < samples.size(); number++) {
            List<LayerTrace> layers = model.run(weights, samples.get(number)).layers();
            for (int layer = 0; layer < layers.size(); layer++) {
                if (network.layers().get(layer) instanceof Network.Weighted) {
                    byte[] spike = layers.get(layer).spike();
                    double[] before = exact.get(number).get(layer);
                    for (int index = 0; index < spike.length; index++) {
                        count += spike[index] == before[index] ? 0 : 1;
                    }
                }
            }
        }
        return new Row(-1, "everything", Double.NaN, Double.NaN, Double.NaN, 0, count, total());
    }

    private List<List<double[]>> spikes(Network of, Parameters with) {
        ReferenceModel model = new ReferenceModel(of);
        ReferenceWeights weights = new ReferenceWeights(of, with);
        List<List<double[]>> spikes = new ArrayList<>();
        for (Sample sample : samples) {
            spikes.add(model.run(weights, sample).layers().stream()
                    .map(ReferenceTrace.Layer::spike)
                    .toList());
        }
        return spikes;
    }

    private long changed(List<List<double[]>> spikes) {
        long count = 0;
        for (int number = 0; number < spikes.size(); number++) {
            for (int layer = 0; layer < network.layers().size(); layer++) {
                if (network.layers().get(layer) instanceof Network.Weighted) {
                    double[] before = exact.get(number).get(layer);
                    double[] after = spikes.get(number).get(layer);
                    for (int index = 0; index < before.length; index++) {
                        count += before[index] == after[index] ? 0 : 1;
                    }
                }
            }
        }
        return count;
    }

    private long total() {
        long neurons = 0;
        for (LayerShape shape : network.shapes()) {
            neurons += shape.weighted() ? shape.outputValues() : 0;
        }
        return neurons * network.steps() * samples.size();
    }

    private Network withNeuron(int layer, Neuron neuron) {
        List<Network.Layer> layers = new ArrayList<>(network.layers());
        Network.Layer old = layers.get(layer);
        Network.@Nullable Layer changed = null;
        if (old instanceof Network.Dense dense) {
            changed = new Network.Dense(dense.outputs(), dense.bias(), dense.gradientExponent(), neuron);
        } else if (old instanceof Network.Conv2d conv) {
            changed = new Network.Conv2d(
                    conv.outputs(),
                    conv.kernel(),
                    conv.stride(),
                    conv.padding(),
                    conv.bias(),
                    conv.gradientExponent(),
                    neuron);
        }
        layers.set(layer, changed == null ? old : changed);
        return new Network(
                network.name(),
                network.description(),
                network.input(),
                network.steps(),
                network.neuron(),
                layers,
                network.classes(),
                network.training());
    }

    private static Neuron with(Neuron neuron, double alpha, double theta) {
        return new Neuron(
                alpha, theta, neuron.window(), neuron.beta(), neuron.reset(), neuron.detachReset(), neuron.surrogate());
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
