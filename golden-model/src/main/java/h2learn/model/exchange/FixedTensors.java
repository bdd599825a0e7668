package h2learn.model.exchange;

import static h2learn.model.exchange.DumpedTensor.BIAS_AXES;
import static h2learn.model.exchange.DumpedTensor.NEURON_AXES;
import static h2learn.model.exchange.DumpedTensor.weightAxes;

import h2learn.model.fixed.EngineWeights;
import h2learn.model.fixed.FixedStep;
import h2learn.model.fixed.LayerTrace;
import h2learn.model.fixed.WeightGradients;
import h2learn.network.LayerShape;
import h2learn.tensor.ElementType;
import h2learn.tensor.NpyArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The tensors of a minibatch of the integer model, as the real numbers that its integers stand for. */
final class FixedTensors {
    private final FixedStep step;
    private final EngineWeights weights;
    private final WeightGradients gradients;
    private final List<DumpedTensor> tensors = new ArrayList<>();

    private FixedTensors(FixedStep step) {
        this.step = step;
        weights = EngineWeights.of(step.master(), step.formats());
        gradients = new WeightGradients(step.network());
        for (int index = 0; index < step.samples().size(); index++) {
            gradients.accumulate(step.traces().get(index), step.samples().get(index));
        }
    }

    static List<DumpedTensor> of(FixedStep step) {
        FixedTensors all = new FixedTensors(step);
        all.tensors.addAll(MinibatchInputs.of(step.network(), step.samples()));
        for (LayerShape shape : step.network().shapes()) {
            if (shape.weighted()) {
                all.addWeights(shape);
                all.addNeurons(shape);
            } else {
                all.addPool(shape);
            }
        }
        return all.tensors;
    }

    private void addWeights(LayerShape shape) {
        int layer = shape.index();
        int weightBits = step.formats().weightFractionBits();
        int gradientBits = shape.gradientExponent() + shape.inputFractionBits();
        addReal(layer, "weight", weightAxes(shape), weights.weight(layer), weightBits, shape.weightShape());
        addReal(layer, "dweight", weightAxes(shape), gradients.weight(layer), gradientBits, shape.weightShape());
        if (shape.bias()) {
            addReal(layer, "bias", BIAS_AXES, weights.bias(layer), weightBits, shape.outputs());
            addReal(layer, "dbias", BIAS_AXES, gradients.bias(layer), gradientBits, shape.outputs());
        }
    }

    private void addNeurons(LayerShape shape) {
        addBinary(shape, "s", LayerTrace::spike);
        addBinary(shape, "h", LayerTrace::window);
        addSteps(shape, "u", LayerTrace::potential, step.formats().weightFractionBits());
        addSteps(shape, "gu", LayerTrace::gradient, shape.gradientExponent());
    }

    /** Of a pool, the value that the next layer reads. */
    private void addPool(LayerShape shape) {
        int fractionBits = step.network().shapes().get(shape.index() + 1).inputFractionBits();
        addSteps(shape, "s", FixedTensors::values, fractionBits);
    }

    private static int[] values(LayerTrace trace) {
        int[] values = new int[trace.spike().length];
        for (int index = 0; index < values.length; index++) {
            values[index] = trace.spike()[index];
        }
        return values;
    }

    private void addSteps(LayerShape shape, String name, Function<LayerTrace, int[]> values, int fractionBits) {
        int samples = step.traces().size();
        int steps = step.network().steps();
        int[] all = new int[samples * steps * shape.outputValues()];
        for (int index = 0; index < samples; index++) {
            int[] own = values.apply(step.traces().get(index).layer(shape.index()));
            System.arraycopy(own, 0, all, index * own.length, own.length);
        }
        addReal(shape.index(), name, NEURON_AXES, all, fractionBits, samples, steps, shape.outputValues());
    }

    private void addBinary(LayerShape shape, String name, Function<LayerTrace, byte[]> values) {
        int samples = step.traces().size();
        int steps = step.network().steps();
        long[] all = new long[samples * steps * shape.outputValues()];
        int at = 0;
        for (int index = 0; index < samples; index++) {
            for (byte value : values.apply(step.traces().get(index).layer(shape.index()))) {
                all[at++] = value;
            }
        }
        NpyArray array = NpyArray.integers(ElementType.UINT8, all, samples, steps, shape.outputValues());
        tensors.add(new DumpedTensor(TensorNames.of(shape.index(), name), NEURON_AXES, array, 0));
    }

    private void addReal(int layer, String name, List<String> axes, int[] integers, int fractionBits, int... shape) {
        double[] values = new double[integers.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = Math.scalb((double) integers[index], -fractionBits);
        }
        tensors.add(new DumpedTensor(TensorNames.of(layer, name), axes, NpyArray.reals(values, shape), fractionBits));
    }
}
