package h2learn.model.reference;

import h2learn.data.Sample;
import h2learn.model.Parameters;
import h2learn.network.Network;
import h2learn.network.Network.Conv2d;
import h2learn.network.Network.Layer;
import h2learn.network.Network.Neuron;
import h2learn.network.Network.Pool;
import h2learn.network.Network.Reduction;
import h2learn.network.Network.Surrogate;
import h2learn.network.Network.Weighted;

/**
 * The loss of a network whose spikes are the integral of their surrogate, in naive loops that share nothing with the
 * model but the parameters: what the model's gradients are the derivative of. Where {@code detachReset} holds, resets
 * use the spikes of a nominal run.
 */
final class SmoothNetwork {
    private final Network network;
    private final Sample sample;
    private final double[][][] nominal;
    private final double[][][] spikes;
    private int height;
    private int width;
    private int channels;

    /** @param parameters of the nominal run */
    SmoothNetwork(Network network, Sample sample, Parameters parameters) {
        this.network = network;
        this.sample = sample;
        nominal = new double[network.layers().size()][][];
        spikes = new double[network.layers().size()][][];
        loss(parameters);
        System.arraycopy(spikes, 0, nominal, 0, spikes.length);
    }

    /** The integral of the neuron's surrogate with respect to u - theta, 0 below the window. */
    static double spike(Neuron neuron, double distance) {
        double a = neuron.window();
        double x = Math.max(-1, Math.min(1, distance / a));
        if (neuron.surrogate() == Surrogate.RECTANGLE) {
            return neuron.beta() * a * (1 + x);
        }
        return neuron.beta() * a * (0.5 + x - Math.signum(x) * x * x / 2);
    }

    /** What the model is to use: the same spike, and its own surrogate. */
    static SpikeFunction function(Neuron neuron) {
        SpikeFunction surrogate = SpikeFunction.of(neuron);
        return new SpikeFunction() {
            @Override
            public double spike(double distance) {
                return SmoothNetwork.spike(neuron, distance);
            }

            @Override
            public double derivative(double distance) {
                return surrogate.derivative(distance);
            }
        };
    }

    /** Half the squared distance of the class rates from the label's. */
    double loss(Parameters parameters) {
        Network.Input input = network.input();
        height = input.height();
        width = input.width();
        channels = input.channels();
        double[][] current = new double[network.steps()][input.values()];
        boolean direct = input.encoding() == Network.Encoding.DIRECT;
        for (int t = 0; t < network.steps(); t++) {
            for (int c = 0; c < input.values(); c++) {
                current[t][c] =
                        sample.values()[direct ? c : t * input.values() + c] / (double) (1 << input.fractionBits());
            }
        }
        for (int index = 0; index < network.layers().size(); index++) {
            current = network.layers().get(index) instanceof Pool pool
                    ? pool(pool, current)
                    : neurons(index, parameters, current);
            spikes[index] = current;
        }
        double loss = 0;
        int neurons = network.classes().neurons();
        for (int k = 0; k < network.classes().count(); k++) {
            double rate = 0;
            for (int t = 0; t < network.steps(); t++) {
                for (int o = k * neurons; o < (k + 1) * neurons; o++) {
                    rate += current[t][o] / (network.steps() * neurons);
                }
            }
            double error = rate - (k == sample.label() ? 1 : 0);
            loss += error * error / 2;
        }
        return loss;
    }

    private double[][] neurons(int index, Parameters parameters, double[][] below) {
        Layer layer = network.layers().get(index);
        Neuron neuron = network.neuron(index);
        int outputs = ((Weighted) layer).outputs();
        double[][] spike = new double[network.steps()][];
        double[] potential = new double[0];
        for (int t = 0; t < network.steps(); t++) {
            double[] sum = layer instanceof Conv2d conv
                    ? convolution(conv, parameters.weight(index), below[t])
                    : dense(outputs, parameters.weight(index), below[t]);
            spike[t] = new double[sum.length];
            for (int o = 0; o < sum.length; o++) {
                double x = sum[o] + (((Weighted) layer).bias() ? parameters.bias(index)[o % outputs] : 0);
                double leak = 0;
                if (t > 0) {
                    double s =
                            neuron.detachReset() && nominal[index] != null ? nominal[index][t - 1][o] : spike[t - 1][o];
                    leak = switch (neuron.reset()) {
                        case HARD -> potential[o] * (1 - s);
                        case SOFT -> potential[o] - neuron.theta() * s;
                        case NONE -> potential[o];
                    };
                }
                sum[o] = neuron.alpha() * leak + x;
                spike[t][o] = spike(neuron, sum[o] - neuron.theta());
            }
            potential = sum;
        }
        height = layer instanceof Conv2d conv ? points(height, conv) : 1;
        width = layer instanceof Conv2d conv ? points(width, conv) : 1;
        channels = outputs;
        return spike;
    }

    private static int points(int size, Conv2d conv) {
        return (size + 2 * conv.padding() - conv.kernel()) / conv.stride() + 1;
    }

    private static double[] dense(int outputs, double[] weight, double[] in) {
        double[] sum = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            for (int c = 0; c < in.length; c++) {
                sum[o] += weight[o * in.length + c] * in[c];
            }
        }
        return sum;
    }

    private double[] convolution(Conv2d conv, double[] weight, double[] in) {
        int k = conv.kernel();
        int rows = points(height, conv);
        int columns = points(width, conv);
        double[] sum = new double[rows * columns * conv.outputs()];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                for (int o = 0; o < conv.outputs(); o++) {
                    for (int tap = 0; tap < k * k; tap++) {
                        int iy = y * conv.stride() + tap / k - conv.padding();
                        int ix = x * conv.stride() + tap % k - conv.padding();
                        for (int c = 0; iy >= 0 && ix >= 0 && iy < height && ix < width && c < channels; c++) {
                            sum[(y * columns + x) * conv.outputs() + o] +=
                                    weight[(o * k * k + tap) * channels + c] * in[(iy * width + ix) * channels + c];
                        }
                    }
                }
            }
        }
        return sum;
    }

    private double[][] pool(Pool pool, double[][] below) {
        int k = pool.kernel();
        int rows = (height - k) / pool.stride() + 1;
        int columns = (width - k) / pool.stride() + 1;
        double[][] pooled = new double[below.length][rows * columns * channels];
        for (int t = 0; t < below.length; t++) {
            for (int output = 0; output < pooled[t].length; output++) {
                int y = output / channels / columns * pool.stride();
                int x = output / channels % columns * pool.stride();
                double sum = 0;
                double largest = 0;
                for (int tap = 0; tap < k * k; tap++) {
                    double value = below[t][((y + tap / k) * width + x + tap % k) * channels + output % channels];
                    sum += value;
                    largest = Math.max(largest, value);
                }
                pooled[t][output] = pool.reduction() == Reduction.MAX ? largest : sum / (k == 2 ? 4 : 8);
            }
        }
        height = rows;
        width = columns;
        return pooled;
    }
}
