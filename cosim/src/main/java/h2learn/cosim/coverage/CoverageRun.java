package h2learn.cosim.coverage;

import h2learn.config.AcceleratorConfig;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.TemporaryFolder;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.netlist.FlatNetlist;
import h2learn.cosim.netlist.FlatNetlist.Fate;
import h2learn.cosim.netlist.Yosys;
import h2learn.cosim.scenario.Scenario;
import h2learn.cosim.scenario.Scenarios;
import h2learn.cosim.scenario.Stage;
import h2learn.cosim.simulation.Model;
import h2learn.emit.AcceleratorVerilog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Runs the scenarios of a configuration in a model that counts lines, branches and toggles. */
public final class CoverageRun {
    private final AcceleratorConfig config;
    private final SortedMap<String, String> verilog;
    private CoverageData data = CoverageData.empty();

    public CoverageRun(AcceleratorConfig config) {
        this.config = config;
        verilog = AcceleratorVerilog.of(config);
    }

    /** The Verilog that is looked at, by file name. */
    public SortedMap<String, String> verilog() {
        return verilog;
    }

    /**
     * Builds the model, which takes minutes, and runs the scenarios.
     *
     * @param begun is told each scenario's name
     * @throws RuntimeException of a scenario that fails
     */
    public CoverageData run(Consumer<String> begun) {
        VerilatorBuild build = VerilatorBuild.standard();
        ModelSource source = ModelSource.of(AcceleratorVerilog.TOP, verilog).withCoverage(true);
        // Random values at power-up would count as changes of every bit at the reset.
        Stage stage = new Stage(config, build, build.model(source), true, model -> {}, this::add);
        List<Scenario> scenarios = Scenarios.of(config);
        for (Scenario scenario : scenarios) {
            begun.accept(scenario.name());
            scenario.run(stage);
        }
        return data;
    }

    /**
     * What the structure of the Verilog does without; takes Yosys a minute or two.
     *
     * @throws h2learn.cosim.build.ToolMissingException when there is no Yosys
     */
    public SortedMap<String, SortedMap<String, Fate>> fates() {
        try (TemporaryFolder folder = new TemporaryFolder("h2learn-coverage")) {
            Yosys yosys = new Yosys(Toolchain.standard());
            return new FlatNetlist(yosys, AcceleratorVerilog.TOP, verilog, folder.path()).fates();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Model model) {
        try {
            Path file = Files.createTempFile("h2learn-coverage", ".dat");
            try {
                model.writeCoverage(file);
                data = data.plus(CoverageData.read(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
