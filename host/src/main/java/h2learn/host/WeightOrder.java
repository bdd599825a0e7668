package h2learn.host;

import h2learn.contract.WordLayout;

/**
 * How the weights of a layer lie behind one another in MASTER, BACKWARD_WEIGHT and WEIGHT_GRADIENT: N x N blocks [output
 * block][tap][input block], each in words of N outputs, one an input channel; then the biases.
 *
 * @param lanes N
 * @param taps of the kernel
 * @param channels of the input
 * @param inputBlocks channels / N, rounded up
 * @param biasBlock first bias block, counted from the layer's first block
 */
public record WeightOrder(int lanes, int taps, int channels, int inputBlocks, int biasBlock) {
    /** Element of a weight, counted from the layer's first: word element / N, lane element % N. */
    public int weight(int output, int input) {
        int tap = output / lanes * taps + input / channels;
        int channel = input % channels;
        int block = tap * inputBlocks + channel / lanes;
        return (block * lanes + channel % lanes) * lanes + output % lanes;
    }

    /** Element of a bias, likewise. */
    public int bias(int output) {
        return (biasBlock * lanes + output / lanes) * lanes + output % lanes;
    }

    /** The value of an element in the layer's beats, signed. */
    static int value(WordLayout layout, int[] beats, int element) {
        int word = element / layout.elements();
        return layout.unpack(beats, word * layout.beats(), element % layout.elements(), true);
    }

    /** All weights out of a layer's beats, row-major [output][input]. */
    public int[] weights(WordLayout layout, int[] beats, int outputs) {
        int inputs = taps * channels;
        int[] weights = new int[outputs * inputs];
        for (int output = 0; output < outputs; output++) {
            for (int input = 0; input < inputs; input++) {
                weights[output * inputs + input] = value(layout, beats, weight(output, input));
            }
        }
        return weights;
    }

    /** All biases out of a layer's beats. */
    public int[] biases(WordLayout layout, int[] beats, int outputs) {
        int[] biases = new int[outputs];
        for (int output = 0; output < outputs; output++) {
            biases[output] = value(layout, beats, bias(output));
        }
        return biases;
    }
}
