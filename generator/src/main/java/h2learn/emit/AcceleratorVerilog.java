package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Verilog;
import h2learn.rtl.Accelerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Verilog of one configuration, one file a module. */
public final class AcceleratorVerilog {
    public static final String TOP = "Accelerator";

    private AcceleratorVerilog() {}

    /** File names and texts, sorted by name. Same configuration, same bytes. */
    public static SortedMap<String, String> of(AcceleratorConfig config) {
        try {
            Path dir = Files.createTempDirectory("h2learn");
            var r = Verilog.to(dir.toString()).option("removePruned", true).option("_withEnumString", false).oneFilePerModule().generate(() -> new Accelerator(config));
            SortedMap<String, String> out = new TreeMap<>();
            for (Path p : r.files()) if (Files.exists(p) && p.toString().endsWith(".v")) out.put(p.getFileName().toString(), Files.readString(p));
            return out;
        } catch (IOException e) { throw new UncheckedIOException(e); }
    }
}
