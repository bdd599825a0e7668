package h2learn.network;

import java.util.Arrays;

/**
 * Which input points the output points of a convolution read, and through which taps. Tap (ky, kx) is ky * kernel + kx;
 * output point (y, x) reads input point (y * stride + ky - padding, x * stride + kx - padding) through it.
 */
public final class Connections {
    private final int[][] segments;
    private final int[][] reach;

    public Connections(LayerShape shape) {
        segments = new int[shape.points()][];
        reach = new int[shape.input().points()][0];
        int[] pairs = new int[shape.input().points()];
        int[][] reached = new int[shape.input().points()][2 * shape.taps()];
        for (int point = 0; point < segments.length; point++) {
            segments[point] = segments(shape, point);
            for (int at = 0; at < segments[point].length; at += 3) {
                int channels = shape.input().channels();
                int count = segments[point][at + 2] / channels;
                for (int index = 0; index < count; index++) {
                    int input = segments[point][at] / channels + index;
                    reached[input][2 * pairs[input]] = point;
                    reached[input][2 * pairs[input] + 1] = segments[point][at + 1] / channels + index;
                    pairs[input]++;
                }
            }
        }
        for (int input = 0; input < reach.length; input++) {
            reach[input] = Arrays.copyOf(reached[input], 2 * pairs[input]);
        }
    }

    /**
     * What an output point reads, without the padding, as runs of (first input value, first weight in an output
     * channel's row, length): an input row of the kernel is contiguous in both. Not to be changed.
     */
    public int[] segments(int outputPoint) {
        return segments[outputPoint];
    }

    /** The (output point, tap) pairs that read an input point. Not to be changed. */
    public int[] reach(int inputPoint) {
        return reach[inputPoint];
    }

    private static int[] segments(LayerShape shape, int point) {
        int channels = shape.input().channels();
        int top = point / shape.output().width() * shape.stride() - shape.padding();
        int left = point % shape.output().width() * shape.stride() - shape.padding();
        int firstColumn = Math.max(0, -left);
        int columns = Math.min(shape.kernel(), shape.input().width() - left) - firstColumn;
        int[] found = new int[3 * shape.kernel()];
        int used = 0;
        for (int row = 0; row < shape.kernel(); row++) {
            int y = top + row;
            if (y >= 0 && y < shape.input().height() && columns > 0) {
                found[used++] = (y * shape.input().width() + left + firstColumn) * channels;
                found[used++] = (row * shape.kernel() + firstColumn) * channels;
                found[used++] = columns * channels;
            }
        }
        return Arrays.copyOf(found, used);
    }
}
