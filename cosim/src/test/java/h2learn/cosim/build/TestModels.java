package h2learn.cosim.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hand-written Verilog of the tests, and a cache they share. */
public final class TestModels {
    /** In the build directory, so that a second run is fast and a clean one starts anew. */
    public static final VerilatorBuild BUILD = new VerilatorBuild(
            new BuildCache(Path.of("target", "model-cache"), BuildCache.DEFAULT_MAXIMUM_BYTES), Toolchain.standard());

    public static final ModelSource COUNTER = source("counter", "counter.v");
    public static final ModelSource STOPPER = source("stopper", "stopper.sv");
    public static final ModelSource AXI_SLAVE = source("axi_slave", "axi_slave.v", "word_ram.v")
            .withBackdoor(List.of(
                    new BackdoorVariable("word_ram", "mem"),
                    new BackdoorVariable("word_ram", "low"),
                    new BackdoorVariable("word_ram", "twice"),
                    new BackdoorVariable("word_ram", "thrice")));

    public static final ModelSource AXI_BOTH =
            source("axi_both", "axi_both.v", "axi_master.v", "axi_slave.v", "word_ram.v");

    private TestModels() {}

    /** {@code axi_master.v} with words of 32, 64 or 128 bits. */
    public static ModelSource axiMaster(int dataBits) {
        String text = text("axi_master.v").replace("DATA_BITS = 32", "DATA_BITS = " + dataBits);
        return ModelSource.of("axi_master", Map.of("axi_master.v", text));
    }

    static ModelSource source(String top, String... files) {
        Map<String, String> texts = new HashMap<>();
        for (String file : files) {
            texts.put(file, text(file));
        }
        return ModelSource.of(top, texts);
    }

    static String text(String file) {
        try (InputStream in = TestModels.class.getResourceAsStream("/verilog/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no test file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
