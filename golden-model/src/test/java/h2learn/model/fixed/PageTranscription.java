package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Dense;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Reset;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Weighted;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * docs/03-numbers.md once more, formula by formula, in BigIntegers and naive loops: shares no arithmetic and no shapes
 * with the model it checks. Indices as on the page, layers and steps from 1; an output's index is that of its value.
 */
final class PageTranscription {
    final long[][][] spike;
    final long[][][] window;
    final long[][][] potential;
    final long[][][] dspike;
    final long[][][] gradient;
    final long[] count;
    final long[] saturations;
    private final Network network;
    private final Formats formats;
    private final MasterWeights master;
    private final Sample sample;
    private final int layers;
    private final int steps;
    private final int[] channels;
    private final int[] height;
    private final int[] width;

    PageTranscription(Network network, Formats formats, MasterWeights master, Sample sample) {
        this.network = network;
        this.formats = formats;
        this.master = master;
        this.sample = sample;
        layers = network.layers().size();
        steps = network.steps();
        channels = new int[layers + 1];
        height = new int[layers + 1];
        width = new int[layers + 1];
        channels[0] = network.input().channels();
        height[0] = network.input().height();
        width[0] = network.input().width();
        for (int l = 1; l <= layers; l++) {
            boolean dense = layer(l) instanceof Dense;
            height[l] = dense ? 1 : (height[l - 1] + 2 * padding(l) - kernel(l)) / stride(l) + 1;
            width[l] = dense ? 1 : (width[l - 1] + 2 * padding(l) - kernel(l)) / stride(l) + 1;
            channels[l] = layer(l) instanceof Weighted weighted ? weighted.outputs() : channels[l - 1];
        }
        spike = arrays();
        window = arrays();
        potential = arrays();
        dspike = arrays();
        gradient = arrays();
        count = new long[network.classes().count()];
        saturations = new long[layers + 1];
        for (int l = 1; l <= layers; l++) {
            if (layer(l) instanceof Pool pool) {
                pool(l, pool.reduction());
            } else {
                forward(l, (Weighted) layer(l));
            }
        }
        loss();
        for (int l = layers; l >= 1; l--) {
            if (layer(l) instanceof Pool pool) {
                poolBackward(l, pool.reduction());
            } else {
                backward(l);
            }
        }
    }

    private long[][][] arrays() {
        long[][][] arrays = new long[layers + 1][][];
        for (int l = 1; l <= layers; l++) {
            arrays[l] = new long[steps + 2][channels[l] * height[l] * width[l]];
        }
        return arrays;
    }

    private Layer layer(int l) {
        return network.layers().get(l - 1);
    }

    private int kernel(int l) {
        return layer(l) instanceof Conv2d conv ? conv.kernel() : ((Pool) layer(l)).kernel();
    }

    private int stride(int l) {
        return layer(l) instanceof Conv2d conv ? conv.stride() : ((Pool) layer(l)).stride();
    }

    private int padding(int l) {
        return layer(l) instanceof Conv2d conv ? conv.padding() : 0;
    }

    private int inputs(int l) {
        return channels[l - 1] * height[l - 1] * width[l - 1];
    }

    private int exponent(int l) {
        return layer(l) instanceof Weighted weighted ? weighted.gradientExponent() : exponent(l - 1);
    }

    private int fin(int l) {
        if (l == 1) {
            return network.input().fractionBits();
        }
        return layer(l - 1) instanceof Pool pool && pool.reduction() == Reduction.AVERAGE
                ? (pool.kernel() == 2 ? 2 : 3)
                : 0;
    }

    private long in(int l, int t, int c) {
        if (l > 1) {
            return spike[l - 1][t][c];
        }
        boolean direct = network.input().encoding() == Network.Encoding.DIRECT;
        return sample.values()[direct ? c : (t - 1) * inputs(1) + c];
    }

    /** The index of a layer's value at (y, x, c). */
    private int at(int l, int y, int x, int c) {
        return (y * width[l] + x) * channels[l] + c;
    }

    /** Which input an output reads through a tap of its kernel and an input channel; -1 in the padding. */
    private int read(int l, int output, int ky, int kx, int c) {
        int point = output / channels[l];
        int y = point / width[l] * stride(l) + ky - padding(l);
        int x = point % width[l] * stride(l) + kx - padding(l);
        boolean inside = y >= 0 && y < height[l - 1] && x >= 0 && x < width[l - 1];
        return inside ? at(l - 1, y, x, c) : -1;
    }

    /** The weight with which an output reads an input, through whichever tap; 0 when it does not. */
    private long weight(int l, int output, int input) {
        int o = output % channels[l];
        if (layer(l) instanceof Dense) {
            return rounded(l, o * inputs(l) + input);
        }
        for (int ky = 0; ky < kernel(l); ky++) {
            for (int kx = 0; kx < kernel(l); kx++) {
                int c = input % channels[l - 1];
                if (read(l, output, ky, kx, c) == input) {
                    return rounded(l, ((o * kernel(l) + ky) * kernel(l) + kx) * channels[l - 1] + c);
                }
            }
        }
        return 0;
    }

    private long rounded(int l, int index) {
        return sat(rne(big(master.weight(l - 1)[index]), shift()), formats.weightBits());
    }

    private int shift() {
        return formats.masterFractionBits() - formats.weightFractionBits();
    }

    private Neuron neuron(int l) {
        Neuron own = ((Weighted) layer(l)).neuron();
        return own == null ? network.neuron() : own;
    }

    private long alpha(int l) {
        return Math.round(neuron(l).alpha() * 256);
    }

    private long theta(int l) {
        return Math.round(neuron(l).theta() * (1 << formats.weightFractionBits()));
    }

    private long a(int l) {
        return Math.round(neuron(l).window() * (1 << formats.weightFractionBits()));
    }

    private BigInteger surrogate(int l, long u) {
        long beta = Math.round(neuron(l).beta() * 256);
        if (neuron(l).surrogate() == Surrogate.RECTANGLE) {
            return big(beta);
        }
        BigDecimal factor = new BigDecimal(beta).divide(new BigDecimal(a(l)), 60, RoundingMode.HALF_EVEN);
        return scaled(big(a(l) - Math.abs(u - theta(l))), factor);
    }

    private void forward(int l, Weighted layer) {
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < spike[l][t].length; o++) {
                BigInteger acc = BigInteger.ZERO;
                for (int c = 0; c < inputs(l); c++) {
                    if (in(l, t, c) != 0) {
                        acc = acc.add(big(weight(l, o, c)).multiply(big(in(l, t, c))));
                    }
                }
                if (layer.bias()) {
                    long bias = sat(rne(big(master.bias(l - 1)[o % channels[l]]), shift()), formats.weightBits());
                    acc = acc.add(big(bias).shiftLeft(fin(l)));
                }
                BigInteger x = rne(acc, fin(l));
                BigInteger leak =
                        rne(big(alpha(l)).multiply(big(kept(l, potential[l][t - 1][o], spike[l][t - 1][o]))), 8);
                long u = sat(leak.add(x), 16);
                potential[l][t][o] = u;
                spike[l][t][o] = u > theta(l) ? 1 : 0;
                window[l][t][o] = Math.abs(u - theta(l)) < a(l) ? 1 : 0;
            }
        }
    }

    private long kept(int l, long u, long s) {
        return switch (neuron(l).reset()) {
            case HARD -> s == 1 ? 0 : u;
            case SOFT -> u - s * theta(l);
            case NONE -> u;
        };
    }

    private long resetBy(int l, long u) {
        if (neuron(l).detachReset()) {
            return 0;
        }
        return switch (neuron(l).reset()) {
            case HARD -> u;
            case SOFT -> theta(l);
            case NONE -> 0;
        };
    }

    private void pool(int l, Reduction reduction) {
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < spike[l][t].length; o++) {
                for (int tap = 0; tap < kernel(l) * kernel(l); tap++) {
                    int i = read(l, o, tap / kernel(l), tap % kernel(l), o % channels[l]);
                    long s = spike[l - 1][t][i];
                    spike[l][t][o] = reduction == Reduction.MAX ? Math.max(spike[l][t][o], s) : spike[l][t][o] + s;
                    if (reduction == Reduction.AVERAGE || i == first(l, t, o)) {
                        window[l][t][o] = Math.max(window[l][t][o], window[l - 1][t][i]);
                    }
                }
            }
        }
    }

    /** The neuron of a square with the first largest spike, rows first. */
    private int first(int l, int t, int o) {
        int first = -1;
        for (int tap = 0; tap < kernel(l) * kernel(l); tap++) {
            int i = read(l, o, tap / kernel(l), tap % kernel(l), o % channels[l]);
            if (first < 0 || spike[l - 1][t][i] > spike[l - 1][t][first]) {
                first = i;
            }
        }
        return first;
    }

    private void loss() {
        int neurons = network.classes().neurons();
        int full = steps * neurons;
        int outputs = spike[layers][1].length;
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < outputs; o++) {
                count[o / neurons] += spike[layers][t][o];
            }
        }
        BigDecimal factor =
                new BigDecimal(2).pow(exponent(layers)).divide(new BigDecimal(full).pow(2), 60, RoundingMode.HALF_EVEN);
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < outputs; o++) {
                long target = o / neurons == sample.label() ? full : 0;
                dspike[layers][t][o] = counted(scaled(big(count[o / neurons] - target), factor), layers);
            }
        }
    }

    /** rne(value * mult, shift) with mult / 2^shift the nearest factor. */
    private static BigInteger scaled(BigInteger value, BigDecimal factor) {
        int shift = 0;
        while (shift < 47
                && factor.multiply(new BigDecimal(2).pow(shift + 1))
                                .setScale(0, RoundingMode.HALF_EVEN)
                                .compareTo(new BigDecimal(65535))
                        <= 0) {
            shift++;
        }
        BigInteger mult = factor.multiply(new BigDecimal(2).pow(shift))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
        return rne(value.multiply(mult), shift);
    }

    private void backward(int l) {
        int fw = formats.weightFractionBits();
        for (int t = steps; t >= 1; t--) {
            for (int o = 0; o < gradient[l][t].length; o++) {
                long u = potential[l][t][o];
                BigInteger next = big(alpha(l)).multiply(big(gradient[l][t + 1][o]));
                BigInteger g = window[l][t][o] == 1
                        ? big(dspike[l][t][o]).shiftLeft(8 + fw).subtract(next.multiply(big(resetBy(l, u))))
                        : BigInteger.ZERO;
                boolean cleared = neuron(l).reset() == Reset.HARD && spike[l][t][o] == 1;
                BigInteger kept = cleared ? BigInteger.ZERO : next.shiftLeft(8 + fw);
                BigInteger through = window[l][t][o] == 1 ? surrogate(l, u).multiply(g) : BigInteger.ZERO;
                gradient[l][t][o] = counted(rne(through.add(kept), 16 + fw), l);
            }
        }
        if (l == 1) {
            return;
        }
        for (int t = 1; t <= steps; t++) {
            for (int c = 0; c < inputs(l); c++) {
                if (window[l - 1][t][c] == 1) {
                    BigInteger sum = BigInteger.ZERO;
                    for (int o = 0; o < gradient[l][t].length; o++) {
                        if (gradient[l][t][o] != 0) {
                            sum = sum.add(big(weight(l, o, c)).multiply(big(gradient[l][t][o])));
                        }
                    }
                    int right = fw + fin(l) + exponent(l) - exponent(l - 1);
                    dspike[l - 1][t][c] = counted(rne(sum, right), l - 1);
                }
            }
        }
    }

    private void poolBackward(int l, Reduction reduction) {
        for (int t = 1; t <= steps; t++) {
            long[] sum = new long[inputs(l)];
            for (int o = 0; o < dspike[l][t].length; o++) {
                for (int tap = 0; tap < kernel(l) * kernel(l); tap++) {
                    int i = read(l, o, tap / kernel(l), tap % kernel(l), o % channels[l]);
                    if (reduction == Reduction.AVERAGE || i == first(l, t, o)) {
                        sum[i] += dspike[l][t][o];
                    }
                }
            }
            for (int c = 0; c < sum.length; c++) {
                if (window[l - 1][t][c] == 1) {
                    dspike[l - 1][t][c] = counted(big(sum[c]), l - 1);
                }
            }
        }
    }

    /** dW of one weight, by its index in the row-major matrix, from this sample. */
    long weightGradient(int l, int index) {
        int row = master.weight(l - 1).length / channels[l];
        long sum = 0;
        for (int t = 1; t <= steps; t++) {
            for (int output = index / row; output < gradient[l][t].length; output += channels[l]) {
                int input = index % row;
                if (layer(l) instanceof Conv2d) {
                    int tap = input / channels[l - 1];
                    input = read(l, output, tap / kernel(l), tap % kernel(l), input % channels[l - 1]);
                }
                sum += input < 0 ? 0 : gradient[l][t][output] * in(l, t, input);
            }
        }
        return sum;
    }

    long biasGradient(int l, int o) {
        long sum = 0;
        for (int t = 1; t <= steps; t++) {
            for (int output = o; output < gradient[l][t].length; output += channels[l]) {
                sum += gradient[l][t][output] << fin(l);
            }
        }
        return sum;
    }

    private long counted(BigInteger value, int l) {
        long saturated = sat(value, formats.gradientBits());
        if (!big(saturated).equals(value)) {
            saturations[l]++;
        }
        return saturated;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger rne(BigInteger value, int k) {
        return new BigDecimal(value)
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(k)), 0, RoundingMode.HALF_EVEN)
                .toBigInteger();
    }

    private static long sat(BigInteger value, int bits) {
        BigInteger limit = BigInteger.ONE.shiftLeft(bits - 1);
        return value.max(limit.negate()).min(limit.subtract(BigInteger.ONE)).longValueExact();
    }
}
