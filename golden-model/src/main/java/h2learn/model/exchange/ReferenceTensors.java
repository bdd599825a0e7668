package h2learn.model.exchange;

import static h2learn.model.exchange.DumpedTensor.BIAS_AXES;
import static h2learn.model.exchange.DumpedTensor.NEURON_AXES;
import static h2learn.model.exchange.DumpedTensor.weightAxes;

import h2learn.model.reference.ReferenceGradients;
import h2learn.model.reference.ReferenceStep;
import h2learn.model.reference.ReferenceTrace;
import h2learn.network.LayerShape;
import h2learn.tensor.ElementType;
import h2learn.tensor.NpyArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The tensors of a minibatch of the float model. */
final class ReferenceTensors {
    private final ReferenceStep step;
    private final ReferenceGradients gradients;
    private final List<DumpedTensor> tensors = new ArrayList<>();

    private ReferenceTensors(ReferenceStep step) {
        this.step = step;
        gradients = new ReferenceGradients(step.network());
        for (int index = 0; index < step.samples().size(); index++) {
            gradients.accumulate(step.traces().get(index), step.samples().get(index));
        }
    }

    static List<DumpedTensor> of(ReferenceStep step) {
        ReferenceTensors all = new ReferenceTensors(step);
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
        add(layer, "weight", weightAxes(shape), step.parameters().weight(layer), shape.weightShape());
        add(layer, "dweight", weightAxes(shape), gradients.weight(layer), shape.weightShape());
        if (shape.bias()) {
            add(layer, "bias", BIAS_AXES, step.parameters().bias(layer), shape.outputs());
            add(layer, "dbias", BIAS_AXES, gradients.bias(layer), shape.outputs());
        }
    }

    private void addNeurons(LayerShape shape) {
        addBinary(shape, "s", steps(shape, ReferenceTrace.Layer::spike));
        addBinary(shape, "h", steps(shape, ReferenceTrace.Layer::derivative));
        addSteps(shape, "u", steps(shape, ReferenceTrace.Layer::potential));
        addSteps(shape, "gu", steps(shape, ReferenceTrace.Layer::gradient));
    }

    /** Of a pool, the value that the next layer reads. */
    private void addPool(LayerShape shape) {
        addSteps(shape, "s", steps(shape, ReferenceTrace.Layer::spike));
    }

    private double[] steps(LayerShape shape, Function<ReferenceTrace.Layer, double[]> values) {
        int perSample = step.network().steps() * shape.outputValues();
        double[] all = new double[step.traces().size() * perSample];
        for (int index = 0; index < step.traces().size(); index++) {
            ReferenceTrace.Layer layer = step.traces().get(index).layers().get(shape.index());
            System.arraycopy(values.apply(layer), 0, all, index * perSample, perSample);
        }
        return all;
    }

    private void addSteps(LayerShape shape, String name, double[] values) {
        add(
                shape.index(),
                name,
                NEURON_AXES,
                values,
                step.traces().size(),
                step.network().steps(),
                shape.outputValues());
    }

    /** 1 where the value is not 0: the derivative is that of the surrogate exactly where the window is open. */
    private void addBinary(LayerShape shape, String name, double[] values) {
        long[] binary = new long[values.length];
        for (int index = 0; index < values.length; index++) {
            binary[index] = values[index] != 0 ? 1 : 0;
        }
        NpyArray array = NpyArray.integers(
                ElementType.UINT8, binary, step.traces().size(), step.network().steps(), shape.outputValues());
        tensors.add(new DumpedTensor(TensorNames.of(shape.index(), name), NEURON_AXES, array, DumpedTensor.FLOAT));
    }

    private void add(int layer, String name, List<String> axes, double[] values, int... shape) {
        tensors.add(
                new DumpedTensor(TensorNames.of(layer, name), axes, NpyArray.reals(values, shape), DumpedTensor.FLOAT));
    }
}
