package h2learn.exchange.graph;

import h2learn.network.LayerShape;
import h2learn.network.Network;
import java.util.List;

/**
 * Frameworks keep channels first, [out][channel][y][x], in kernels and in the columns of a dense layer that reads a
 * flattened image; this project keeps them last, [out][y][x][channel].
 *
 * @param outputs rows
 * @param channels of the kernel or of the image
 * @param height of the kernel or of the image
 * @param width of the kernel or of the image
 * @param kernel whether the framework's tensor has four dimensions, not two
 */
public record WeightOrder(int outputs, int channels, int height, int width, boolean kernel) {
    /** The order of a layer with weights. */
    public static WeightOrder of(Network network, int layer) {
        List<LayerShape> shapes = network.shapes();
        LayerShape shape = shapes.get(layer);
        if (network.layers().get(layer) instanceof Network.Conv2d) {
            return new WeightOrder(shape.outputs(), shape.input().channels(), shape.kernel(), shape.kernel(), true);
        }
        Network.Input input = network.input();
        LayerShape.Extent image = layer == 0
                ? new LayerShape.Extent(input.channels(), input.height(), input.width())
                : shapes.get(layer - 1).output();
        return new WeightOrder(shape.outputs(), image.channels(), image.height(), image.width(), false);
    }

    /** The framework's shape. */
    public List<Integer> shape() {
        return kernel ? List.of(outputs, channels, height, width) : List.of(outputs, channels * height * width);
    }

    /** The project's order of a framework's elements. */
    public double[] channelsLast(double[] channelsFirst) {
        double[] moved = new double[channelsFirst.length];
        int points = height * width;
        for (int output = 0; output < outputs; output++) {
            int row = output * channels * points;
            for (int channel = 0; channel < channels; channel++) {
                for (int point = 0; point < points; point++) {
                    moved[row + point * channels + channel] = channelsFirst[row + channel * points + point];
                }
            }
        }
        return moved;
    }

    /** The framework's order of the project's elements. */
    public double[] channelsFirst(double[] channelsLast) {
        // moving channels first is the same as moving points last
        return new WeightOrder(outputs, height * width, channels, 1, kernel).channelsLast(channelsLast);
    }
}
