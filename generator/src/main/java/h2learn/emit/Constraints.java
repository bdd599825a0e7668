package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Design;
import java.util.SortedMap;

/** Templates of timing constraints for the accelerator as a top of its own: one clock, everything else relative to it. */
final class Constraints {
    /** Nanoseconds; to be changed by who knows the board. */
    private static final int PERIOD_NS = 10;

    private Constraints() {}

    /** Path, in the output folder, to text. */
    static void put(AcceleratorConfig config, Design design, SortedMap<String, String> files) {
        String base = "constraints/h2learn_" + Product.identifier(config);
        String comments = AcceleratorVerilog.comments(config, "# ", "");
        String sdc = comments
                + String.format(
                        """
                # A template: set the period to the board's clock. All ports belong to the one clock; where %1$s is a block of
                # a larger design, its clock is constrained there and nothing of this file is needed.
                create_clock -name clk -period %2$d [get_ports clk]
                """,
                        design.top(), PERIOD_NS);
        String ports =
                """
                set_input_delay -clock clk 2 [get_ports -filter {DIRECTION == IN && NAME != clk}]
                set_output_delay -clock clk 2 [get_ports -filter {DIRECTION == OUT}]
                """;
        files.put(base + ".sdc", sdc);
        files.put(base + ".xdc", sdc + ports);
        files.put(
                base + ".lpf",
                comments
                        + String.format(
                                """
                        # A template: set the frequency to the board's clock and add LOCATE and IOBUF lines for its pins.
                        FREQUENCY PORT "clk" %1$d MHZ;
                        """,
                                1000 / PERIOD_NS));
    }
}
