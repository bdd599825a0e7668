package h2learn.network;

import java.util.ArrayList;
import java.util.List;

/**
 * What one layer of a {@link Network} reads and writes.
 *
 * @param index 0 for the first layer
 * @param inputs input channels
 * @param outputs output channels
 * @param bias whether there is one
 * @param inputPlanes bit-planes of an input value, 1 for spikes
 * @param inputFractionBits the input value is integer / 2^inputFractionBits
 * @param inputSigned whether the top plane is negative
 * @param staticInput whether the input is the same for every step: computed once, used T times
 * @param gradientExponent of this layer's gu and ds
 */
public record LayerShape(
        int index,
        int inputs,
        int outputs,
        boolean bias,
        int inputPlanes,
        int inputFractionBits,
        boolean inputSigned,
        boolean staticInput,
        int gradientExponent) {

    static List<LayerShape> of(Network network) {
        List<LayerShape> shapes = new ArrayList<>();
        Network.Input input = network.input();
        int inputs = input.channels();
        for (int index = 0; index < network.layers().size(); index++) {
            Network.Layer layer = network.layers().get(index);
            boolean first = index == 0;
            shapes.add(new LayerShape(
                    index,
                    inputs,
                    layer.outputs(),
                    layer.bias(),
                    first ? input.bits() : 1,
                    first ? input.fractionBits() : 0,
                    first && input.signed(),
                    first && input.encoding() == Network.Encoding.DIRECT,
                    layer.gradientExponent()));
            inputs = layer.outputs();
        }
        return List.copyOf(shapes);
    }
}
