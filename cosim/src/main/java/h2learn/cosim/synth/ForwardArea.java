package h2learn.cosim.synth;

import h2learn.config.AcceleratorConfig;
import h2learn.config.AcceleratorConfig.Forward;
import h2learn.config.AcceleratorConfig.Lut;
import h2learn.config.AcceleratorConfig.Pe;
import h2learn.cosim.synth.SynthTarget.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What the forward engine costs with tables of 2 to 8 inputs, and with adders that do the same number of synapses a cycle. */
public final class ForwardArea {
    private static final int LEAST_INPUTS = 2;
    private static final int MOST_INPUTS = 8;
    private static final String MODULE = "ForwardEngine";

    /** One engine on one target. */
    private record Line(String what, boolean isDefault, SynthReport report) {}

    private final List<Line> lines;

    private ForwardArea(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * Maps each engine to each target.
     *
     * @param started is told what is begun
     */
    public static ForwardArea measure(
            AcceleratorConfig config, List<SynthTarget> targets, Synthesis synthesis, Consumer<String> started)
            throws IOException {
        List<Line> lines = new ArrayList<>();
        for (SynthTarget target : targets) {
            AcceleratorConfig adders = config.withTables(config.lut(), new Forward(Pe.ADDER));
            started.accept(target + ", adders");
            lines.add(new Line("adders", false, synthesis.run(adders, target, MODULE)));
            for (int inputs = LEAST_INPUTS; inputs <= MOST_INPUTS; inputs++) {
                Lut lut = new Lut(inputs, config.lut().readPorts());
                started.accept(target + ", tables of " + inputs);
                AcceleratorConfig tables = config.withTables(lut, new Forward(Pe.LUT));
                boolean isDefault = inputs == config.lut().inputs();
                lines.add(new Line("tables, G = " + inputs, isDefault, synthesis.run(tables, target, MODULE)));
            }
        }
        return new ForwardArea(List.copyOf(lines));
    }

    /** A table a target. Same figures, same text. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        SynthTarget target = null;
        double adders = 0;
        for (Line line : lines) {
            SynthReport report = line.report;
            if (report.target() != target) {
                target = report.target();
                adders = size(report);
                text.append(String.format(
                        Locale.ROOT,
                        "%s%s of %s on %s, %s.\n\n",
                        text.isEmpty() ? "" : "\n",
                        MODULE,
                        report.config().name(),
                        target.family(),
                        report.tool()));
                text.append(
                        target.isStandardCells()
                                ? "| engine | area, um2 | by adders' | registers | cells |\n|---|---|---|---|---|\n"
                                : "| engine | LUTs and LUT RAM | by adders' | LUT | LUT RAM | register | carry | block RAM |\n"
                                        + "|---|---|---|---|---|---|---|---|\n");
            }
            String name = line.isDefault ? "**" + line.what + "**" : line.what;
            text.append(String.format(Locale.ROOT, "| %s | %.0f | %.2f", name, size(report), size(report) / adders));
            List<Long> columns = target.isStandardCells()
                    ? List.of(
                            report.count(Resource.REGISTER),
                            report.total().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    : List.of(
                            report.count(Resource.LUT),
                            report.count(Resource.LUT_RAM),
                            report.count(Resource.REGISTER),
                            report.count(Resource.CARRY),
                            report.count(Resource.BLOCK_RAM));
            columns.forEach(column -> text.append(" | ").append(column));
            text.append(" |\n");
        }
        return text.toString();
    }

    private static double size(SynthReport report) {
        return report.target().isStandardCells() ? report.areaUm2() : report.lutsWithMemory();
    }
}
