package h2learn.host;

import java.util.List;

/** A network does not fit an accelerator; the message says every reason, one a line. */
public final class PlacementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PlacementException(String message) {
        super(message);
    }

    /** For what the golden model computes but no engine does yet. */
    static PlacementException notYet(String network, List<String> reasons) {
        return new PlacementException(
                "network " + network + " is not yet placed on the accelerator: " + String.join(", ", reasons));
    }

    /** For options that the accelerator was generated without. */
    static PlacementException withoutOptions(String network, String config, List<String> sentences) {
        return new PlacementException("network " + network + " needs options that config " + config
                + " does not have:\n  " + String.join("\n  ", sentences));
    }

    /** For weights or tensors of one sample that the scratchpads do not hold all at once. */
    public static PlacementException notResident(String network, String config, List<String> problems) {
        return new PlacementException("network " + network + " does not stay on the chip of config " + config + ":\n  "
                + String.join("\n  ", problems));
    }

    /** For what not even the smallest tile of the named layer leaves room for. */
    public static PlacementException notTiled(String network, String config, List<String> problems) {
        return new PlacementException("network " + network + " does not fit config " + config
                + " even in the smallest tiles:\n  " + String.join("\n  ", problems));
    }

    PlacementException(String network, String config, List<String> problems) {
        super("network " + network + " does not fit config " + config + " even one sample at a time:\n  "
                + String.join("\n  ", problems));
    }
}
