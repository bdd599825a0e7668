package h2learn.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Backward;
import h2learn.config.AcceleratorConfig.Formats;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Leak;
import h2learn.config.AcceleratorConfig.Limits;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Memories;
import h2learn.config.AcceleratorConfig.Options;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.config.AcceleratorConfig.Sparsity;
import h2learn.config.AcceleratorConfig.Target;
import h2learn.config.ConfigCheck;
import h2learn.config.ConfigReader;
import h2learn.hdl.test.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verilator's lint with all warnings on, with the waivers of {@code ci/lint/waivers.vlt}, finds nothing. */
class LintTest {
    private static final Path WAIVERS =
            Path.of("..", "ci", "lint", "waivers.vlt").toAbsolutePath().normalize();
    private static final long SEED = 7;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "wide"})
    void theCheckedInVerilogIsClean(String name) {
        assertEquals("", lint(Path.of("..", "rtl-out", name).toAbsolutePath().normalize()));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void soIsThatOfOtherConfigurations(AcceleratorConfig config) {
        assertEquals(List.of(), ConfigCheck.problems(config));
        OutputFolder.write(Products.of(config, EnumSet.of(Product.VERILOG)), folder.resolve("out"));
        assertEquals("", lint(folder.resolve("out")));
    }

    @ParameterizedTest
    @EnumSource
    void soIsThatWithEveryOption(Leak alpha) {
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
                new Options(true, true, true, true, alpha, true, true, true),
                tiny.target());
        OutputFolder.write(Products.of(config, EnumSet.of(Product.VERILOG)), folder.resolve("out"));
        assertEquals("", lint(folder.resolve("out")));
    }

    /** All G from 2 to 8, every sparsity and every target at least once; half of them with adders. */
    static Stream<AcceleratorConfig> configs() {
        Random random = new Random(SEED);
        return IntStream.rangeClosed(2, 8).mapToObj(inputs -> {
            int lanes = inputs > 4 ? 8 : 4;
            int fraction = random.nextInt(8);
            return new AcceleratorConfig(
                    "random-" + inputs,
                    "drawn by seed " + SEED,
                    lanes,
                    new Lut(inputs > lanes ? lanes : inputs, 1),
                    new Forward(inputs % 2 == 0 ? Pe.LUT : Pe.ADDER),
                    new Backward(
                            1 << random.nextInt(Integer.numberOfTrailingZeros(lanes) + 1),
                            Sparsity.values()[inputs % Sparsity.values().length]),
                    new Formats(
                            4 + random.nextInt(13),
                            fraction,
                            16,
                            fraction + random.nextInt(4),
                            16,
                            8 + random.nextInt(9),
                            24 + random.nextInt(9)),
                    new Limits(
                            1 + random.nextInt(20),
                            1 + random.nextInt(16),
                            1 + random.nextInt(256),
                            1 + random.nextInt(16)),
                    new Memories(
                            1 << 1 + random.nextInt(8),
                            1 << 1 + random.nextInt(12),
                            1 << 1 + random.nextInt(12),
                            1 << 1 + random.nextInt(9)),
                    Target.values()[inputs % Target.values().length]);
        });
    }

    @Test
    void anUnusedSignalWithANameOfItsOwnIsFound() throws IOException {
        Path verilog = Files.createDirectories(folder.resolve("verilog"));
        Files.writeString(
                verilog.resolve("Accelerator.v"),
                "module Accelerator (input wire clk, output reg q);\n  wire forgotten = clk;\n"
                        + "  always @(posedge clk) q <= 1'b1;\nendmodule\n");
        Files.writeString(verilog.resolve("filelist.f"), "Accelerator.v\n");
        assertTrue(lint(folder).contains("forgotten"));
    }

    /** Verilator's output, with the command in front when there is any. */
    private static String lint(Path output) {
        List<String> command = List.of(
                "verilator",
                "--lint-only",
                "-Wall",
                WAIVERS.toString(),
                "-F",
                output.resolve("verilog/filelist.f").toString(),
                "--top-module",
                AcceleratorVerilog.TOP);
        Tools.Result result = Tools.run(output, command);
        return result.status() == 0 && result.output().isEmpty()
                ? ""
                : String.join(" ", command) + "\n" + result.output();
    }
}
