package h2learn.rtl.logic;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.ConfigReader;
import h2learn.hdl.Circuit;
import h2learn.hdl.SInt;
import h2learn.hdl.UInt;
import h2learn.hdl.test.Simulation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every power of two times every number of nine bits, by multiplier and by shift. */
class LeakTest {
    static final class Product extends Circuit {
        final UInt alpha = in(uint(9));
        final SInt value = in(sint(9));
        final SInt product = out(sint(19));

        Product(AcceleratorConfig config) {
            product.assign(h2learn.rtl.logic.Leak.of(config, alpha, value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheProduct(Leak leak) {
        AcceleratorConfig tiny = new ConfigReader().read("tiny");
        AcceleratorConfig config = new AcceleratorConfig(
                tiny.name(),
                tiny.description(),
                tiny.lanes(),
                tiny.lut(),
                tiny.forward(),
                tiny.backward(),
                tiny.formats(),
                tiny.limits(),
                tiny.memories(),
                new Options(false, false, false, false, leak, false, false, false),
                tiny.target());
        Simulation simulation = new Simulation(Product.class, () -> new Product(config));
        for (int shift = 0; shift <= 8; shift++) {
            for (int value = -256; value < 256; value++) {
                int alpha = 1 << shift;
                simulation.row(Map.of("alpha", alpha, "value", value), Map.of("product", alpha * value));
            }
        }
        simulation.run();
    }
}
