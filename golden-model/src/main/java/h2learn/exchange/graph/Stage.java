package h2learn.exchange.graph;

import java.util.List;

/**
 * One layer of the accelerator as the graph describes it: pools, then weights, then neurons.
 *
 * @param pools in the graph's order, before the weights
 * @param weightsName node of the weights
 * @param weights Dense or Convolution
 * @param neuronsName node of the neurons
 * @param input shape that the weights read: [channels] or [channels, height, width]
 * @param output shape of the neurons
 */
public record Stage(
        List<PoolStage> pools,
        String weightsName,
        Node weights,
        String neuronsName,
        Node.Neurons neurons,
        List<Integer> input,
        List<Integer> output) {
    public Stage {
        pools = List.copyOf(pools);
        input = List.copyOf(input);
        output = List.copyOf(output);
    }

    /**
     * @param input shape [channels, height, width] that the pool reads
     * @param output shape that it answers
     */
    public record PoolStage(String name, Node.Pool pool, List<Integer> input, List<Integer> output) {}
}
