package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Verilog;
import h2learn.rtl.Accelerator;
import java.util.List;
import java.util.SortedMap;

/** The Verilog of one configuration, one file a module. */
public final class AcceleratorVerilog {
    public static final String TOP = "Accelerator";

    private AcceleratorVerilog() {}

    /** File names and texts, sorted by name. Same configuration, same bytes. */
    public static SortedMap<String, String> of(AcceleratorConfig config) {
        return Verilog.inMemory().header(List.of("h2learn " + config.name())).generate(() -> new Accelerator(config));
    }
}
