package h2learn.cosim.lockstep;

import h2learn.contract.WordLayout;
import h2learn.host.LayerGeometry;
import h2learn.host.Placement;
import h2learn.host.TensorImages;
import h2learn.host.TensorImages.Image;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both sides' values of the tensor that differs, or of the words that do.
 *
 * @param axes what each dimension counts, outermost first
 * @param shape size of each
 * @param expected by the golden model, in C order
 * @param got from the Verilog
 * @param compared whether each value matters; the others may be anything
 */
public record TensorDifference(List<String> axes, int[] shape, int[] expected, int[] got, boolean[] compared) {
    /** What each dimension of s, h, u, gu and ds counts. */
    private static final List<String> TRACE_AXES = List.of("sample", "step", "row", "column", "channel");

    /** Whether the values at an index differ where that matters. */
    public boolean differs(int index) {
        return compared[index] && expected[index] != got[index];
    }

    /** How many values differ. */
    public int differing() {
        int count = 0;
        for (int index = 0; index < expected.length; index++) {
            count += differs(index) ? 1 : 0;
        }
        return count;
    }

    /** Of words of a memory, as [word][lane]. */
    static TensorDifference words(WordLayout layout, boolean signed, int[] expected, int[] got) {
        int words = expected.length / layout.beats();
        int[] shape = {words, layout.elements()};
        return new TensorDifference(
                List.of("word", "lane"),
                shape,
                unpack(layout, signed, expected),
                unpack(layout, signed, got),
                all(shape));
    }

    private static int[] unpack(WordLayout layout, boolean signed, int[] beats) {
        int[] values = new int[beats.length / layout.beats() * layout.elements()];
        for (int index = 0; index < values.length; index++) {
            int word = index / layout.elements();
            values[index] = layout.unpack(beats, word * layout.beats(), index % layout.elements(), signed);
        }
        return values;
    }

    private static boolean[] all(int[] shape) {
        boolean[] compared = new boolean[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(compared, true);
        return compared;
    }

    /** Of s, h, u, gu or ds of the samples of a part. */
    static TensorDifference trace(
            TensorImages images, Placement placement, Image image, int layer, int[] got, int @Nullable [] masks) {
        LayerGeometry geometry = placement.layers().get(layer).geometry();
        int steps = placement.network().steps();
        int beats = images.region(image.scratchpad(), layer, 1).beats();
        int samples = image.beats().length / beats;
        int[] shape = {
            samples,
            steps,
            geometry.output().height(),
            geometry.output().width(),
            geometry.output().channels()
        };
        boolean[] compared = all(shape);
        if (masks != null) {
            int[] mask = flat(images.unpackTrace(image.scratchpad(), layer, samples, masks));
            for (int index = 0; index < mask.length; index++) {
                compared[index] = mask[index] != 0;
            }
        }
        return new TensorDifference(
                TRACE_AXES,
                shape,
                flat(images.unpackTrace(image.scratchpad(), layer, samples, image.beats())),
                flat(images.unpackTrace(image.scratchpad(), layer, samples, got)),
                compared);
    }

    private static int[] flat(int[][] values) {
        return Arrays.stream(values).flatMapToInt(Arrays::stream).toArray();
    }

    /** Of weights, as [output][input], the bias being the input after the last. */
    static TensorDifference weights(
            TensorImages images, Placement placement, WordLayout layout, Image image, int layer, int[] got) {
        int outputs = placement.layers().get(layer).shape().outputs();
        int inputs = placement.layers().get(layer).shape().inputs();
        int[] shape = {outputs, inputs + 1};
        int[] expected = new int[outputs * (inputs + 1)];
        int[] found = new int[expected.length];
        for (int beat = 0; beat < got.length; beat++) {
            for (int inBeat = 0; inBeat < layout.elementsPerBeat(); inBeat++) {
                TensorImages.WeightElement element =
                        images.weightElement(image, layer, beat, inBeat * layout.elementBits());
                int input = element.input() < 0 ? inputs : element.input();
                if (element.output() < outputs && input <= inputs) {
                    int at = element.output() * (inputs + 1) + input;
                    expected[at] = layout.unpack(new int[] {image.beats()[beat]}, 0, inBeat, true);
                    found[at] = layout.unpack(new int[] {got[beat]}, 0, inBeat, true);
                }
            }
        }
        return new TensorDifference(List.of("output", "input"), shape, expected, found, all(shape));
    }
}
