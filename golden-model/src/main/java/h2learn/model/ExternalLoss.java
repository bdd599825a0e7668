package h2learn.model;

/** A loss that the host computes ({@code training.loss: external}) from the spikes of the classes. Holds no state. */
public interface ExternalLoss {
    /**
     * The derivative of the loss with respect to one spike of a class, whichever of its neurons and steps, as [class].
     *
     * @param classCounts spikes of each class over its neurons and all steps
     * @param label class, from 0
     */
    double[] gradient(double[] classCounts, int label);

    /** The loss itself. */
    double value(double[] classCounts, int label);
}
