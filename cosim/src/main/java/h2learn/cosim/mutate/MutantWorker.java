package h2learn.cosim.mutate;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.scenario.Scenario;
import h2learn.cosim.scenario.Scenarios;
import h2learn.cosim.scenario.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A process of its own that runs the scenarios on mutants: reads a mutant's number and the scenarios to run, answers with a
 * verdict, a line each.
 * What a mutant makes of it, an endless loop or a crash of the native model, ends it and nothing else.
 */
final class MutantWorker {
    private final AcceleratorConfig config;
    private final VerilatorBuild build = VerilatorBuild.standard();
    private final Path library;
    private final List<Scenario> scenarios;

    private MutantWorker(AcceleratorConfig config, Path library) {
        this.config = config;
        this.library = library;
        scenarios = Scenarios.of(config);
    }

    /** @param arguments name or file of the configuration, library */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        MutantWorker worker = new MutantWorker(new ConfigReader().read(arguments[0]), Path.of(arguments[1]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] fields = line.split("\t");
            int mutant = Integer.parseInt(fields[0]);
            BitSet wanted = new BitSet();
            for (String index : fields[1].split(",")) {
                wanted.set(Integer.parseInt(index));
            }
            out.println(worker.verdict(mutant, wanted).line());
        }
    }

    /** Runs the wanted scenarios until one sees the mutant. */
    private Verdict verdict(int mutant, BitSet wanted) {
        Set<Integer> active = new TreeSet<>();
        Stage stage = new Stage(
                config,
                build,
                library,
                // What registers hold at power-up must not count as a value that a run gave them.
                mutant == 0,
                model -> model.port(MutantDesign.SELECT).set(mutant),
                model -> active.addAll(Activation.numbers(model.output())));
        long start = System.nanoTime();
        for (int index = wanted.nextSetBit(0); index >= 0; index = wanted.nextSetBit(index + 1)) {
            Scenario scenario = scenarios.get(index);
            try {
                scenario.run(stage);
            } catch (RuntimeException difference) {
                // Of any kind: a harness that reads nonsense from a broken accelerator may trip over it.
                String message = difference.getClass().getSimpleName() + ": " + difference.getMessage();
                return new Verdict(Verdict.Kind.CAUGHT, scenario.name(), message, active, milliseconds(start));
            }
        }
        return new Verdict(Verdict.Kind.SURVIVED, "", "", active, milliseconds(start));
    }

    private static long milliseconds(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
