package h2learn.exchange.graph;

import h2learn.network.Network.Reset;
import java.util.Optional;

/**
 * What a file of another framework cannot tell.
 *
 * @param name of the network, a lower-case identifier
 * @param dt length of a step; absent when the file is asked
 * @param reset what a spike does to the potential; absent when the file is asked
 * @param method from continuous time to steps
 * @param steps time steps T; absent when the file is asked
 * @param inputBits 1 for spikes, more for values that are the same in every step
 * @param classNeurons output neurons a class
 * @param window half-width a of the surrogate window
 */
public record ImportOptions(
        String name,
        Optional<Double> dt,
        Optional<Reset> reset,
        Discretisation.Method method,
        Optional<Integer> steps,
        int inputBits,
        int classNeurons,
        double window) {
    /** One output neuron a class, spikes, EULER, a window of 0.5. */
    public static ImportOptions of(String name, double dt, Reset reset, int steps) {
        return new ImportOptions(
                name, Optional.of(dt), Optional.of(reset), Discretisation.Method.EULER, Optional.of(steps), 1, 1, 0.5);
    }
}
