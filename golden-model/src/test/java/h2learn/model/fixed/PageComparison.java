package h2learn.model.fixed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.stream.IntStream;

/** Compares all that the integer model computes for one sample with {@link PageTranscription}. */
final class PageComparison {
    private PageComparison() {}

    /** @param sums gradients of this sample alone */
    static void assertEqual(Network network, PageTranscription page, SampleTrace trace, WeightGradients sums) {
        assertArrayEquals(
                page.count, IntStream.of(trace.classCounts()).asLongStream().toArray());
        for (LayerShape shape : network.shapes()) {
            values(shape, trace.layer(shape.index()), page, network.steps());
            gradients(shape, sums, page);
        }
    }

    private static void values(LayerShape shape, LayerTrace trace, PageTranscription page, int steps) {
        int l = shape.index() + 1;
        int outputs = page.spike[l][1].length;
        assertEquals(outputs, trace.outputs(), "outputs of layer " + l);
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < outputs; o++) {
                int at = (t - 1) * outputs + o;
                String where = "layer " + l + " step " + t + " output " + o;
                assertEquals(page.spike[l][t][o], trace.spike()[at], where);
                assertEquals(page.window[l][t][o], trace.window()[at], where);
                assertEquals(page.dspike[l][t][o] * page.window[l][t][o], trace.dspike()[at], where);
                if (shape.weighted()) {
                    assertEquals(page.potential[l][t][o], trace.potential()[at], where);
                    assertEquals(page.gradient[l][t][o], trace.gradient()[at], where);
                }
            }
        }
        assertEquals(page.saturations[l], trace.saturations(), "saturations of layer " + l);
    }

    private static void gradients(LayerShape shape, WeightGradients sums, PageTranscription page) {
        int l = shape.index() + 1;
        int[] weight = sums.weight(shape.index());
        for (int index = 0; index < weight.length; index++) {
            assertEquals(page.weightGradient(l, index), weight[index], "dW of layer " + l + " at " + index);
        }
        for (int o = 0; o < sums.bias(shape.index()).length; o++) {
            assertEquals(page.biasGradient(l, o), sums.bias(shape.index())[o], "db of layer " + l + " at " + o);
        }
    }
}
