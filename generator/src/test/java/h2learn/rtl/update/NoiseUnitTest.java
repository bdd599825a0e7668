package h2learn.rtl.update;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.hdl.test.Simulation;
import h2learn.number.RoundingNoise;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The random bits of every weight and bias of small layers against {@link RoundingNoise}. */
class NoiseUnitTest {
    private static final int LANES = 4;

    private final AcceleratorConfig tiny = new ConfigReader().read("tiny");
    private final Map<Integer, Map<String, Object>> expected = new HashMap<>();
    private int cycle;

    @ParameterizedTest(name = "{0} channels, {1} taps, {2} outputs")
    @CsvSource({"1, 1, 1", "4, 1, 4", "9, 1, 6", "3, 9, 5", "8, 4, 9", "5, 2, 13"})
    void isThatOfTheRowMajorIndex(int channels, int taps, int outputs) {
        Simulation simulation = new Simulation("NoiseUnit", () -> new NoiseUnit(tiny));
        SplittableRandom random = new SplittableRandom(channels + 100L * taps);
        int key = random.nextInt();
        int inputBlocks = (channels + LANES - 1) / LANES;
        int outputBlocks = (outputs + LANES - 1) / LANES;
        int row = channels * taps;
        Map<String, Object> fields = Map.of(
                "option_NOISE_KEY", Integer.toUnsignedLong(key),
                "option_INPUT_BLOCKS", inputBlocks,
                "option_INPUT_CHANNELS", channels,
                "option_ROW_WEIGHTS", row,
                "option_LAYER_WEIGHTS", row * outputs);
        tick(simulation, fields, false, false, false);
        tick(simulation, fields, true, false, false);
        for (int block = 0; block < outputBlocks; block++) {
            for (int tap = 0; tap < taps; tap++) {
                for (int channel = 0; channel < inputBlocks * LANES; channel++) {
                    for (int lane = 0; lane < LANES && channel < channels; lane++) {
                        int output = block * LANES + lane;
                        expect(lane, RoundingNoise.bits(key, output * row + tap * channels + channel));
                    }
                    tick(simulation, fields, false, true, false);
                }
            }
        }
        for (int block = 0; block < outputBlocks; block++) {
            for (int lane = 0; lane < LANES; lane++) {
                expect(lane, RoundingNoise.bits(key, row * outputs + block * LANES + lane));
            }
            tick(simulation, fields, false, true, true);
        }
        for (int drain = 0; drain <= NoiseUnit.LATENCY; drain++) {
            tick(simulation, fields, false, false, true);
        }
        simulation.run();
    }

    private void expect(int lane, int bits) {
        expected.computeIfAbsent(cycle + NoiseUnit.LATENCY, at -> new HashMap<>())
                .put("noise_" + lane, Integer.toUnsignedLong(bits));
    }

    private void tick(Simulation simulation, Map<String, Object> fields, boolean start, boolean advance, boolean bias) {
        Map<String, Object> in = new HashMap<>(fields);
        in.putAll(Map.of("start", start, "advance", advance, "bias", bias));
        simulation.row(in, expected.getOrDefault(cycle, Map.of()));
        cycle++;
    }
}
