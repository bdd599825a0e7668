package h2learn.host;

import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Scratchpad;
import h2learn.contract.WordLayout;
import h2learn.data.Sample;
import h2learn.network.LayerShape;
import java.util.List;
import java.util.function.Function;

/**
 * Tensors as scratchpads hold them, packed into 32-bit beats, and back. Channels behind the last real one are 0. A part's
 * tensors are given as one flat array a sample, [t][channel].
 */
public final class TensorImages {
    private final Placement placement;
    private final MemoryMap map;
    private final int lanes;

    public TensorImages(Placement placement) {
        this.placement = placement;
        this.map = new MemoryMap(placement.config());
        this.lanes = placement.config().lanes();
    }

    /**
     * A region of a scratchpad and what it holds.
     *
     * @param address byte address of the first beat
     * @param beats the packed words
     */
    public record Image(Scratchpad scratchpad, long address, int[] beats) {}

    /** A region of a scratchpad. */
    public record Region(Scratchpad scratchpad, long address, int beats) {}

    /** One element of a tensor: who it is in the report of a mismatch. */
    public record Element(int sample, int step, int row, int column, int channel) {}

    private Image image(Scratchpad scratchpad, int firstWord, int[] elements) {
        Window window = map.window(scratchpad);
        WordLayout layout = window.layout();
        int words = elements.length / layout.elements();
        int[] beats = new int[words * layout.beats()];
        for (int word = 0; word < words; word++) {
            layout.pack(elements, word * layout.elements(), beats, word * layout.beats());
        }
        return new Image(scratchpad, window.address(firstWord), beats);
    }

    /** s, h, u, gu or ds of a layer for all samples of a part; s of an average-pool as bit-planes. */
    public Image trace(Scratchpad scratchpad, int layer, int samples, Function<Integer, int[]> sampleToValues) {
        Placement.Layer place = placement.layers().get(layer);
        int first = scratchpad == Scratchpad.SPIKE ? place.spikeOutput() : place.trace();
        int[] elements = padded(place, samples, placement.network().steps(), sampleToValues);
        return image(scratchpad, first, inPlanes(elements, place, planes(scratchpad, place)));
    }

    /** Bit-planes that a trace tensor is stored as; 1 where a word holds whole values. */
    private static int planes(Scratchpad scratchpad, Placement.Layer place) {
        return scratchpad == Scratchpad.SPIKE ? place.shape().outputPlanes() : 1;
    }

    /** Splits each point's values into their bits: [point][plane][channel]. */
    private int[] inPlanes(int[] values, Placement.Layer place, int planes) {
        if (planes == 1) {
            return values;
        }
        int width = place.outputBlocks() * lanes;
        int[] bits = new int[values.length * planes];
        for (int index = 0; index < values.length; index++) {
            for (int plane = 0; plane < planes; plane++) {
                bits[(index / width * planes + plane) * width + index % width] = values[index] >> plane & 1;
            }
        }
        return bits;
    }

    /** The sum of gu over time of a layer with a static input, one value an output. */
    public Image gradientSum(int layer, int samples, Function<Integer, int[]> sampleToValues) {
        Placement.Layer place = placement.layers().get(layer);
        return image(Scratchpad.GRADIENT_SUM, 0, padded(place, samples, 1, sampleToValues));
    }

    /** Where the trace tensor of all samples of a part lies, and how many beats it has. */
    public Region region(Scratchpad scratchpad, int layer, int samples) {
        Placement.Layer place = placement.layers().get(layer);
        int first = scratchpad == Scratchpad.SPIKE ? place.spikeOutput() : place.trace();
        Window window = map.window(scratchpad);
        int words =
                samples * place.points(placement.network().steps()) * planes(scratchpad, place) * place.outputBlocks();
        return new Region(
                scratchpad, window.address(first), words * window.layout().beats());
    }

    /** Reads a trace tensor out of the beats of its {@link #region}: as [sample][t * outputs + output]. */
    public int[][] unpackTrace(Scratchpad scratchpad, int layer, int samples, int[] beats) {
        Placement.Layer place = placement.layers().get(layer);
        WordLayout layout = map.window(scratchpad).layout();
        int channels = place.geometry().output().channels();
        int positions = place.geometry().output().points();
        int steps = placement.network().steps();
        int planes = planes(scratchpad, place);
        int[][] values = new int[samples][steps * positions * channels];
        for (int index = 0; index < samples * positions * steps; index++) {
            int sample = index / steps / positions;
            int first = (index % steps * positions + index / steps % positions) * channels;
            for (int element = 0; element < planes * channels; element++) {
                int plane = element / channels;
                int channel = element % channels;
                int word = (index * planes + plane) * place.outputBlocks() + channel / lanes;
                values[sample][first + channel] +=
                        layout.unpack(beats, word * layout.beats(), channel % lanes, scratchpad.signed()) << plane;
            }
        }
        return values;
    }

    /** The model has a sample's values as [t][position][channel], the scratchpads as [position][t][channel]. */
    private int[] padded(Placement.Layer place, int samples, int steps, Function<Integer, int[]> sampleToValues) {
        int channels = place.geometry().output().channels();
        int positions = place.geometry().output().points();
        int width = place.outputBlocks() * lanes;
        int[] elements = new int[samples * positions * steps * width];
        for (int sample = 0; sample < samples; sample++) {
            int[] values = sampleToValues.apply(sample);
            for (int step = 0; step < steps; step++) {
                for (int position = 0; position < positions; position++) {
                    int point = (sample * positions + position) * steps + step;
                    System.arraycopy(
                            values, (step * positions + position) * channels, elements, point * width, channels);
                }
            }
        }
        return elements;
    }

    /** Which element of a trace tensor lies in bit {@code bit} of beat {@code beat} of its image. */
    public Element element(Image image, int layer, int beat, int bit) {
        Placement.Layer place = placement.layers().get(layer);
        WordLayout layout = map.window(image.scratchpad()).layout();
        int word = beat / layout.beats();
        int lane = beat % layout.beats() * layout.elementsPerBeat() + bit / layout.elementBits();
        int block = word % place.outputBlocks();
        int point = word / place.outputBlocks() / planes(image.scratchpad(), place);
        int steps = image.scratchpad() == Scratchpad.GRADIENT_SUM
                ? 1
                : placement.network().steps();
        LayerShape.Extent output = place.geometry().output();
        int position = point / steps % output.points();
        return new Element(
                point / steps / output.points(),
                point % steps,
                position / output.width(),
                position % output.width(),
                block * lanes + lane);
    }

    /** Whether a layer's output has rows and columns. */
    public boolean isImage(int layer) {
        return placement.layers().get(layer).geometry().output().points() > 1;
    }

    /** The part's input: bit-planes of direct values, or spikes. */
    public Image input(List<Sample> samples) {
        Placement.Layer place = placement.layers().get(0);
        LayerShape.Extent extent = place.geometry().input();
        int steps = place.shape().staticInput() ? 1 : placement.network().steps();
        int planes = place.shape().inputPlanes();
        int width = place.inputBlocks() * lanes;
        int[] elements = new int[samples.size() * extent.points() * steps * planes * width];
        int at = 0;
        for (Sample sample : samples) {
            for (int position = 0; position < extent.points(); position++) {
                for (int step = 0; step < steps; step++) {
                    for (int plane = 0; plane < planes; plane++) {
                        for (int channel = 0; channel < extent.channels(); channel++) {
                            int value = inputValue(place, sample, step, position, channel);
                            elements[at + channel] = value >> plane & 1;
                        }
                        at += width;
                    }
                }
            }
        }
        return image(Scratchpad.SPIKE, place.spikeInput(), elements);
    }

    /** A sample's values lie as [t][row][column][channel]; an unfolded channel is a tap's channel. */
    private static int inputValue(Placement.Layer place, Sample sample, int step, int position, int channel) {
        LayerShape shape = place.shape();
        LayerShape.Extent image = shape.input();
        int first = step * image.values();
        if (!place.geometry().unfolded()) {
            return sample.values()[first + position * image.channels() + channel];
        }
        int tap = channel / image.channels();
        int row = position / shape.output().width() * shape.stride() + tap / shape.kernel() - shape.padding();
        int column = position % shape.output().width() * shape.stride() + tap % shape.kernel() - shape.padding();
        if (row < 0 || row >= image.height() || column < 0 || column >= image.width()) {
            return 0;
        }
        return sample.values()[first + (row * image.width() + column) * image.channels() + channel % image.channels()];
    }

    public Image labels(List<Sample> samples) {
        return image(
                Scratchpad.LABEL, 0, samples.stream().mapToInt(Sample::label).toArray());
    }

    /**
     * A layer's weights, gradients of them, or their backward copies: MASTER, WEIGHT_GRADIENT or BACKWARD_WEIGHT; or v: MOMENTUM.
     *
     * @param weight row-major [out][in]; an input of an image is [row][column][channel] of the kernel
     * @param bias [out], or empty
     */
    public Image weights(Scratchpad scratchpad, int layer, int[] weight, int[] bias) {
        Placement.Layer place = placement.layers().get(layer);
        WeightOrder order = order(place);
        int inputs = place.shape().inputs();
        int outputs = place.shape().outputs();
        int[] elements = new int[place.blocks() * lanes * lanes];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                elements[order.weight(output, input)] = weight[output * inputs + input];
            }
            if (bias.length > 0) {
                elements[order.bias(output)] = bias[output];
            }
        }
        return image(scratchpad, place.weightBlock() * lanes, elements);
    }

    /** A layer's weights as the forward engine has them: FORWARD_WEIGHT. */
    public Image forwardWeights(int layer, int[] weight, int[] bias) {
        Placement.Layer place = placement.layers().get(layer);
        WeightOrder order = order(place);
        int inputs = place.shape().inputs();
        int[] elements = new int[place.blocks() * lanes * lanes];
        for (int output = 0; output < place.shape().outputs(); output++) {
            for (int input = 0; input < inputs; input++) {
                elements[rowMajor(order.weight(output, input))] = weight[output * inputs + input];
            }
            if (bias.length > 0) {
                elements[rowMajor(order.bias(output))] = bias[output];
            }
        }
        return image(Scratchpad.FORWARD_WEIGHT, place.weightBlock() * lanes, elements);
    }

    /** Reads weights back out of an image's beats into {@code weight} and {@code bias}. */
    public void unpackWeights(Image image, int layer, int[] beats, int[] weight, int[] bias) {
        Placement.Layer place = placement.layers().get(layer);
        WordLayout layout = map.window(image.scratchpad()).layout();
        int outputs = place.shape().outputs();
        WeightOrder order = order(place);
        System.arraycopy(order.weights(layout, beats, outputs), 0, weight, 0, weight.length);
        if (bias.length > 0) {
            System.arraycopy(order.biases(layout, beats, outputs), 0, bias, 0, bias.length);
        }
    }

    private WeightOrder order(Placement.Layer place) {
        return new WeightOrder(
                lanes,
                place.geometry().taps(),
                place.geometry().input().channels(),
                place.inputBlocks(),
                place.weightBlocks());
    }

    /** The same weight in the forward engine's order: within a block, output lane and input column change places. */
    private int rowMajor(int columnMajor) {
        int block = columnMajor / (lanes * lanes);
        int column = columnMajor / lanes % lanes;
        int lane = columnMajor % lanes;
        return (block * lanes + lane) * lanes + column;
    }

    /** Which weight lies in bit {@code bit} of beat {@code beat} of an image; the input is -1 for a bias. */
    public WeightElement weightElement(Image image, int layer, int beat, int bit) {
        Placement.Layer place = placement.layers().get(layer);
        WordLayout layout = map.window(image.scratchpad()).layout();
        int lane = beat % layout.beats() * layout.elementsPerBeat() + bit / layout.elementBits();
        int element = beat / layout.beats() * lanes + lane;
        if (image.scratchpad() == Scratchpad.FORWARD_WEIGHT) {
            element = rowMajor(element);
        }
        int block = element / (lanes * lanes);
        int column = element / lanes % lanes;
        int outputLane = element % lanes;
        int biasBlock = place.biasBlock() - place.weightBlock();
        if (block >= biasBlock) {
            return new WeightElement(((block - biasBlock) * lanes + column) * lanes + outputLane, -1);
        }
        int tap = block / place.inputBlocks();
        int channel = block % place.inputBlocks() * lanes + column;
        return new WeightElement(
                tap / place.geometry().taps() * lanes + outputLane,
                tap % place.geometry().taps() * place.geometry().input().channels() + channel);
    }

    /** @param input input channel, -1 for the bias */
    public record WeightElement(int output, int input) {}
}
