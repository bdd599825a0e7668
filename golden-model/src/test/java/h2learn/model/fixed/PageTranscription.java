package h2learn.model.fixed;

import h2learn.config.AcceleratorConfig.Formats;
import h2learn.data.Sample;
import h2learn.network.Network;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * docs/03-numbers.md once more, formula by formula, in BigIntegers and naive loops: shares no arithmetic with the
 * model it checks. Indices as on the page, layers and steps from 1.
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

    PageTranscription(Network network, Formats formats, MasterWeights master, Sample sample) {
        this.network = network;
        this.formats = formats;
        this.master = master;
        this.sample = sample;
        layers = network.layers().size();
        steps = network.steps();
        spike = arrays();
        window = arrays();
        potential = arrays();
        dspike = arrays();
        gradient = arrays();
        count = new long[network.classes().count()];
        saturations = new long[layers + 1];
        for (int l = 1; l <= layers; l++) {
            forward(l);
        }
        loss();
        for (int l = layers; l >= 1; l--) {
            backward(l);
        }
    }

    private long[][][] arrays() {
        long[][][] arrays = new long[layers + 1][][];
        for (int l = 1; l <= layers; l++) {
            arrays[l] = new long[steps + 2][outputs(l)];
        }
        return arrays;
    }

    private int outputs(int l) {
        return network.layers().get(l - 1).outputs();
    }

    private int inputs(int l) {
        return l == 1 ? network.input().channels() : outputs(l - 1);
    }

    private int exponent(int l) {
        return network.layers().get(l - 1).gradientExponent();
    }

    private int fin(int l) {
        return l == 1 ? network.input().fractionBits() : 0;
    }

    private long in(int l, int t, int c) {
        if (l > 1) {
            return spike[l - 1][t][c];
        }
        boolean direct = network.input().encoding() == Network.Encoding.DIRECT;
        return sample.values()[direct ? c : (t - 1) * inputs(1) + c];
    }

    private long weight(int l, int o, int c) {
        return sat(rne(big(master.weight(l - 1)[o * inputs(l) + c]), shift()), formats.weightBits());
    }

    private int shift() {
        return formats.masterFractionBits() - formats.weightFractionBits();
    }

    private long alpha() {
        return Math.round(network.neuron().alpha() * 256);
    }

    private long beta() {
        return Math.round(network.neuron().beta() * 256);
    }

    private void forward(int l) {
        long theta = Math.round(network.neuron().theta() * (1 << formats.weightFractionBits()));
        long a = Math.round(network.neuron().window() * (1 << formats.weightFractionBits()));
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < outputs(l); o++) {
                BigInteger acc = BigInteger.ZERO;
                for (int c = 0; c < inputs(l); c++) {
                    acc = acc.add(big(weight(l, o, c)).multiply(big(in(l, t, c))));
                }
                if (network.layers().get(l - 1).bias()) {
                    long bias = sat(rne(big(master.bias(l - 1)[o]), shift()), formats.weightBits());
                    acc = acc.add(big(bias).shiftLeft(fin(l)));
                }
                BigInteger x = rne(acc, fin(l));
                BigInteger leak = spike[l][t - 1][o] == 1
                        ? BigInteger.ZERO
                        : rne(big(alpha()).multiply(big(potential[l][t - 1][o])), 8);
                long u = sat(leak.add(x), 16);
                potential[l][t][o] = u;
                spike[l][t][o] = u > theta ? 1 : 0;
                window[l][t][o] = Math.abs(u - theta) < a ? 1 : 0;
            }
        }
    }

    private void loss() {
        int neurons = network.classes().neurons();
        int full = steps * neurons;
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < outputs(layers); o++) {
                count[o / neurons] += spike[layers][t][o];
            }
        }
        BigDecimal factor =
                new BigDecimal(2).pow(exponent(layers)).divide(new BigDecimal(full).pow(2), 60, RoundingMode.HALF_EVEN);
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
        for (int t = 1; t <= steps; t++) {
            for (int o = 0; o < outputs(layers); o++) {
                long target = o / neurons == sample.label() ? full : 0;
                BigInteger rounded = rne(big(count[o / neurons] - target).multiply(mult), shift);
                dspike[layers][t][o] = counted(rounded, layers);
            }
        }
    }

    private void backward(int l) {
        int fw = formats.weightFractionBits();
        for (int t = steps; t >= 1; t--) {
            for (int o = 0; o < outputs(l); o++) {
                BigInteger next = big(alpha()).multiply(big(gradient[l][t + 1][o]));
                BigInteger g = window[l][t][o] == 1
                        ? big(dspike[l][t][o]).shiftLeft(8 + fw).subtract(next.multiply(big(potential[l][t][o])))
                        : BigInteger.ZERO;
                BigInteger kept = spike[l][t][o] == 1 ? BigInteger.ZERO : next.shiftLeft(8 + fw);
                gradient[l][t][o] = counted(rne(big(beta()).multiply(g).add(kept), 16 + fw), l);
            }
        }
        if (l == 1) {
            return;
        }
        for (int t = 1; t <= steps; t++) {
            for (int c = 0; c < inputs(l); c++) {
                if (window[l - 1][t][c] == 1) {
                    BigInteger sum = BigInteger.ZERO;
                    for (int o = 0; o < outputs(l); o++) {
                        sum = sum.add(big(weight(l, o, c)).multiply(big(gradient[l][t][o])));
                    }
                    dspike[l - 1][t][c] = counted(rne(sum, fw + exponent(l) - exponent(l - 1)), l - 1);
                }
            }
        }
    }

    /** dW of one weight from this sample. */
    long weightGradient(int l, int o, int c) {
        long sum = 0;
        for (int t = 1; t <= steps; t++) {
            sum += gradient[l][t][o] * in(l, t, c);
        }
        return sum;
    }

    long biasGradient(int l, int o) {
        long sum = 0;
        for (int t = 1; t <= steps; t++) {
            sum += gradient[l][t][o] << fin(l);
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
