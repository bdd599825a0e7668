package h2learn.model.reference;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.model.exchange.RealWeights;
import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedModel;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.MasterWeights;
import h2learn.model.fixed.SampleTrace;
import h2learn.model.fixed.WeightGradients;
import h2learn.network.LayerShape;
import h2learn.network.LayerShape.Operation;
import h2learn.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The integer model's gradients of some samples against the float model's, both with the same rounded weights: once
 * as each computes them, and once with the float backward pass on the integer model's spikes and potentials, which
 * leaves out that a rounded potential may cross the threshold.
 */
final class GradientComparison {
    private final Network network;
    private final Formats formats;
    private final List<LayerShape> shapes;
    private final FixedModel fixed;
    private final ReferenceModel reference;
    private final EngineWeights weights;
    private final ReferenceWeights realWeights;
    private final double[] squaredError;
    private final long[] gradients;
    private final long[] saturated;
    private final long[] spikesThatDiffer;
    private final double[][] integer;
    private final ReferenceGradients onSameSpikes;
    private final ReferenceGradients onOwnSpikes;
    private int samples;

    GradientComparison(Network network, Formats formats, MasterWeights master) {
        this.network = network;
        this.formats = formats;
        shapes = network.shapes();
        fixed = new FixedModel(network, formats);
        reference = new ReferenceModel(network);
        weights = EngineWeights.of(master, formats);
        realWeights = new ReferenceWeights(network, RealWeights.of(network, master, formats));
        squaredError = new double[shapes.size()];
        gradients = new long[shapes.size()];
        saturated = new long[shapes.size()];
        spikesThatDiffer = new long[shapes.size()];
        integer = new double[shapes.size()][];
        for (LayerShape shape : shapes) {
            integer[shape.index()] = new double[shape.outputs() * shape.inputs()];
        }
        onSameSpikes = new ReferenceGradients(network);
        onOwnSpikes = new ReferenceGradients(network);
    }

    void add(Sample sample) {
        SampleTrace trace = fixed.run(weights, sample);
        ReferenceTrace own = reference.run(realWeights, sample);
        ReferenceTrace same = onSpikesOf(trace, sample);
        onOwnSpikes.accumulate(own, sample);
        onSameSpikes.accumulate(same, sample);
        WeightGradients sums = new WeightGradients(network);
        sums.accumulate(trace, sample);
        samples++;
        for (LayerShape shape : shapes) {
            int layer = shape.index();
            int[] dw = sums.weight(layer);
            for (int index = 0; index < dw.length; index++) {
                integer[layer][index] +=
                        Math.scalb((double) dw[index], -shape.gradientExponent() - shape.inputFractionBits());
            }
            int[] gu = trace.layer(layer).gradient();
            for (int index = 0; index < gu.length; index++) {
                double real = Math.scalb(same.layers().get(layer).gradient[index], shape.gradientExponent());
                if (formats.gradient(0).maximum() == gu[index]
                        || formats.gradient(0).minimum() == gu[index]) {
                    saturated[layer]++;
                } else if (gu[index] != 0 || real != 0) {
                    squaredError[layer] += (gu[index] - real) * (gu[index] - real);
                    gradients[layer]++;
                }
                spikesThatDiffer[layer] +=
                        trace.layer(layer).spike()[index] != own.layers().get(layer).spike[index] ? 1 : 0;
            }
        }
    }

    private ReferenceTrace onSpikesOf(SampleTrace trace, Sample sample) {
        List<ReferenceTrace.Layer> layers = new ArrayList<>();
        for (LayerShape shape : shapes) {
            LayerTrace from = trace.layer(shape.index());
            ReferenceTrace.Layer to = new ReferenceTrace.Layer(network.steps(), shape);
            boolean average = shape.operation() == Operation.AVERAGE_POOL;
            int fraction = average ? shapes.get(shape.index() + 1).inputFractionBits() : 0;
            Network.Neuron neuron = network.neuron(shape.index());
            for (int index = 0; index < to.spike.length; index++) {
                to.spike[index] = Math.scalb((double) from.spike()[index], -fraction);
                to.derivative[index] = from.window()[index];
                if (shape.weighted()) {
                    to.potential[index] = formats.potential().toReal(from.potential()[index]);
                    to.derivative[index] *= SpikeFunction.of(neuron).derivative(to.potential[index] - neuron.theta());
                }
            }
            layers.add(to);
        }
        ReferenceTrace.Layer last = layers.get(layers.size() - 1);
        double[] counts = reference.counts(last);
        double loss = reference.lossAndGradient(counts, sample.label(), last);
        reference.backward(realWeights, layers);
        return new ReferenceTrace(layers, counts, loss);
    }

    /**
     * Root mean square error of gu in units of its last bit, on the same spikes; without those that are 0 in both models
     * and those at either end of the format.
     */
    double gradientError(int layer) {
        return Math.sqrt(squaredError[layer] / Math.max(1, gradients[layer]));
    }

    /** Share of the gu that are not 0 in both models which lie at either end of the format. */
    double saturated(int layer) {
        return (double) saturated[layer] / Math.max(1, saturated[layer] + gradients[layer]);
    }

    /** |dW - float dW| / |float dW| on the same spikes. */
    double sameSpikes(int layer) {
        return relative(integer[layer], onSameSpikes.weight(layer));
    }

    /** |dW - float dW| / |float dW|, each on its own spikes. */
    double ownSpikes(int layer) {
        return relative(integer[layer], onOwnSpikes.weight(layer));
    }

    /** Share of (neuron, step) pairs that spike in one model only. */
    double differing(int layer) {
        return (double) spikesThatDiffer[layer]
                / ((long) samples * network.steps() * shapes.get(layer).outputValues());
    }

    private static double relative(double[] values, double[] reference) {
        double error = 0;
        double norm = 0;
        for (int index = 0; index < values.length; index++) {
            error += (values[index] - reference[index]) * (values[index] - reference[index]);
            norm += reference[index] * reference[index];
        }
        return Math.sqrt(error / norm);
    }
}
