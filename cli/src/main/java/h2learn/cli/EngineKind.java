package h2learn.cli;

/** What computes: the names that {@code --engine} takes. */
enum EngineKind {
    /** The float64 reference. */
    FLOAT,
    /** The bit-exact integer model. */
    FIXED,
    /** Generated Verilog, simulated. */
    RTL
}
