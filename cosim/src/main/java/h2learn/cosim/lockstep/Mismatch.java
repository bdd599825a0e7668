package h2learn.cosim.lockstep;

/**
 * One value in which Verilog and golden model differ.
 *
 * @param engine that wrote it, or the command
 * @param tensor s, h, u, gu, ds, sum of gu, dW, W or a copy of W; or a word of a scratchpad or of external memory
 * @param layer from 0; -1 where that is not known
 * @param update updates done before, from 0; -1 where that is not known
 * @param sample of the minibatch, from 0; -1 where the tensor has no samples
 * @param step from 0; -1 where the tensor has no steps
 * @param row of the image, from 0; -1 where the tensor has no image
 * @param column of the image, from 0; -1 where the tensor has no image
 * @param channel output channel, from 0; the lane where a word differs; -1 where there is none
 * @param input input of a weight, [row][column][channel] of the kernel; -1 for a bias or where the tensor has none
 * @param expected by the golden model
 * @param got from the Verilog
 * @param cycle clock cycle in which the commands had ended that wrote it
 * @param seed of weights and data; -1 where that is not known
 */
public record Mismatch(
        String engine,
        String tensor,
        int layer,
        long update,
        int sample,
        int step,
        int row,
        int column,
        int channel,
        int input,
        int expected,
        int got,
        long cycle,
        long seed) {

    /** One line that names everything. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append(engine)
                .append(" wrote a wrong ")
                .append(tensor)
                .append(": layer ")
                .append(layer < 0 ? "unknown" : layer);
        if (sample >= 0) {
            text.append(", sample ").append(sample);
        }
        if (step >= 0) {
            text.append(", step ").append(step);
        }
        if (row >= 0) {
            text.append(", row ").append(row).append(", column ").append(column);
        }
        if (channel >= 0) {
            text.append(", channel ").append(channel);
        }
        if (input >= 0) {
            text.append(", input ").append(input);
        }
        text.append(": expected ").append(expected).append(", got ").append(got).append(" (");
        if (update >= 0) {
            text.append("update ").append(update).append(", ");
        }
        text.append("cycle ").append(cycle);
        if (seed >= 0) {
            text.append(", seed ").append(seed);
        }
        return text.append(')').toString();
    }
}
