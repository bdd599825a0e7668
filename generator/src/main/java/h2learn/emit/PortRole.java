package h2learn.emit;

/**
 * What a port of the top belongs to.
 *
 * @param protocol the protocol that it speaks
 * @param bundle common prefix of the interface's ports, empty for a port that stands alone
 */
record PortRole(String protocol, String bundle) {
    /** Throws for a name without a role, so that a new port of the top gets one. */
    static PortRole of(String name) {
        if (name.startsWith("s_axi_")) {
            return new PortRole("AXI4-Lite slave", "s_axi");
        }
        if (name.startsWith("m_axi_")) {
            return new PortRole("AXI4 master", "m_axi");
        }
        return switch (name) {
            case "clk" -> new PortRole("clock, rising edge", "");
            case "reset" -> new PortRole("reset, active high, synchronous", "");
            case "interrupt" -> new PortRole("interrupt, active high, level", "");
            default -> throw new IllegalStateException("give port " + name + " a protocol");
        };
    }
}
