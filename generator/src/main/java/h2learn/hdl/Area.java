package h2learn.hdl;

/**
 * A group of hardware inside one circuit, without a module of its own. Kept in a field {@code stage}, its field
 * {@code sum} is called {@code stage_sum} in the Verilog.
 */
public abstract class Area extends Hardware {
    protected Area() {}
}
