package h2learn.cosim.mutate;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.cosim.build.ModelSource;
import h2learn.cosim.build.TemporaryFolder;
import h2learn.cosim.build.Toolchain;
import h2learn.cosim.build.VerilatorBuild;
import h2learn.cosim.mutate.Equivalence.Result;
import h2learn.cosim.netlist.FlatNetlist;
import h2learn.cosim.netlist.Yosys;
import h2learn.cosim.scenario.Scenario;
import h2learn.cosim.scenario.Scenarios;
import h2learn.emit.AcceleratorVerilog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws mutants of a configuration's Verilog, runs the scenarios on each, and proves by SAT which of them are none. All
 * mutants lie in one simulation, built once; processes of their own run it.
 */
public final class MutationRun {
    private static final Duration MUTANT_LIMIT = Duration.ofSeconds(120);
    private static final Duration ORIGINAL_LIMIT = Duration.ofMinutes(30);
    /** A mutant may take so many times as long as the original. */
    private static final int SLOWER = 8;

    /** So many are drawn for one that is wanted, as many bits never change. */
    private static final int DRAWN = 2;

    private static final Verdict NOT_RUN = new Verdict(Verdict.Kind.SURVIVED, "", "", Set.of(), 0);

    private final String configName;
    private final AcceleratorConfig config;
    private final int seed;
    private final int jobs;
    private final List<Scenario> scenarios;
    private final Map<Integer, MutationScore.Row> caught = new TreeMap<>();
    private final Map<Part, Integer> perPart = new EnumMap<>(Part.class);
    /** What all scenarios take without a mutant. */
    private Duration originalTime = Duration.ZERO;

    /** Told of each mutant that is done. */
    @FunctionalInterface
    public interface Done {
        /**
         * @param count how many are done
         * @param soFar what became of them
         * @param unseen the mutant, if no scenario saw it and it is not proved equivalent
         */
        void accept(int count, Supplier<MutationScore> soFar, @Nullable Mutant unseen);
    }

    /**
     * @param configName a named configuration or a file
     * @param parts to make mutants of
     * @param mutants how many that some scenario activates, spread evenly over the parts
     * @param jobs processes at once
     */
    public MutationRun(String configName, List<Part> parts, int mutants, int seed, int jobs) {
        this.configName = configName;
        this.seed = seed;
        this.jobs = jobs;
        config = new ConfigReader().read(configName);
        scenarios = Scenarios.of(config);
        for (int index = 0; index < parts.size(); index++) {
            int share = mutants * (index + 1) / parts.size() - mutants * index / parts.size();
            if (share > 0) {
                perPart.put(parts.get(index), share);
            }
        }
    }

    /**
     * Takes it from an earlier run which mutants are caught, so that they need not run again: more scenarios catch no fewer.
     *
     * @throws InvalidInputException when it is of another configuration or seed
     */
    public void caughtBefore(MutationScore earlier) {
        if (!earlier.config().equals(config.name()) || earlier.seed() != seed) {
            throw new InvalidInputException("the earlier run is of " + earlier.config() + " and seed " + earlier.seed()
                    + ", not of " + config.name() + " and seed " + seed + "; run everything");
        }
        earlier.of(MutationScore.Outcome.CAUGHT)
                .forEach(row -> caught.put(row.mutant().number(), row));
    }

    /**
     * Runs everything.
     *
     * @param done is told of each mutant that is done, by several threads
     * @throws h2learn.cosim.build.ToolMissingException when Yosys, Verilator or a compiler is missing
     * @throws IllegalStateException when the design with its mutants does not do what the original does
     */
    public MutationScore run(Done done) {
        VerilatorBuild build = VerilatorBuild.standard();
        Yosys yosys = new Yosys(Toolchain.standard());
        SortedMap<String, String> verilog = AcceleratorVerilog.of(config);
        try (TemporaryFolder temporary = new TemporaryFolder("h2learn-mutants")) {
            Path folder = temporary.path();
            MutantDesign design = MutantDesign.draw(yosys, AcceleratorVerilog.TOP, verilog, drawn(), seed, folder);
            Path library = build.model(ModelSource.of(AcceleratorVerilog.TOP, design.files()));
            Equivalence equivalence = new Equivalence(yosys, design, verilog, folder);
            Path flat = Files.createDirectory(folder.resolve("flat"));
            SortedMap<String, String> inverted = new TreeMap<>(design.plain());
            inverted.replaceAll((file, text) -> Activation.inverted(text));
            FlatNetlist netlist = new FlatNetlist(yosys, AcceleratorVerilog.TOP, inverted, flat);
            return score(design, library, equivalence, netlist, done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Part, Integer> drawn() {
        Map<Part, Integer> drawn = new EnumMap<>(perPart);
        drawn.replaceAll((part, count) -> DRAWN * count + DRAWN);
        return drawn;
    }

    /**
     * With no mutant selected every scenario passes.
     *
     * @return which scenarios activate a mutant, by number
     */
    private Map<Integer, List<Integer>> activations(Path library) {
        Map<Integer, List<Integer>> activations = new TreeMap<>();
        try (MutantProcess worker = new MutantProcess(configName, library, ORIGINAL_LIMIT)) {
            for (int index = 0; index < scenarios.size(); index++) {
                Verdict verdict = worker.verdict(0, List.of(index));
                if (verdict.kind() != Verdict.Kind.SURVIVED) {
                    throw new IllegalStateException("with no mutant selected the scenario '"
                            + scenarios.get(index).name() + "' fails: " + verdict.message());
                }
                originalTime = originalTime.plusMillis(verdict.milliseconds());
                for (int number : verdict.active()) {
                    activations
                            .computeIfAbsent(number, mutant -> new ArrayList<>())
                            .add(index);
                }
            }
        }
        return activations;
    }

    /** Of each part those drawn first, up to as many activated ones as are wanted. */
    private List<Mutant> chosen(List<Mutant> drawn, Map<Integer, List<Integer>> activations) {
        Map<Part, Integer> left = new EnumMap<>(perPart);
        List<Mutant> chosen = new ArrayList<>();
        for (Mutant mutant : drawn) {
            int more = left.getOrDefault(mutant.part(), 0);
            if (more > 0) {
                chosen.add(mutant);
                left.put(mutant.part(), activations.containsKey(mutant.number()) ? more - 1 : more);
            }
        }
        return chosen;
    }

    private MutationScore score(
            MutantDesign design, Path library, Equivalence equivalence, FlatNetlist netlist, Done done) {
        Map<Integer, List<Integer>> activations = activations(library);
        List<Mutant> mutants = chosen(design.mutants(), activations);
        Map<Integer, Verdict> verdicts = new ConcurrentHashMap<>();
        Map<Integer, Result> proofs = new ConcurrentHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        List<MutantProcess> workers = new ArrayList<>();
        try {
            prove(mutants, equivalence, netlist, pool, proofs);
            Duration limit = limit();
            ThreadLocal<MutantProcess> own = ThreadLocal.withInitial(() -> {
                MutantProcess worker = new MutantProcess(configName, library, limit);
                synchronized (workers) {
                    workers.add(worker);
                }
                return worker;
            });
            List<Future<?>> tasks = new ArrayList<>();
            for (Mutant mutant : mutants) {
                List<Integer> places = activations.getOrDefault(mutant.number(), List.of());
                MutationScore.Row before = caught.get(mutant.number());
                if (before != null) {
                    if (!before.mutant().equals(mutant)) {
                        throw new InvalidInputException(
                                "the earlier run had other mutants, and so other Verilog; mutant " + mutant.number()
                                        + " was " + before.mutant().describe() + "; run everything");
                    }
                    verdicts.put(mutant.number(), before.verdict());
                } else if (!places.isEmpty()) {
                    boolean equal =
                            proofs.getOrDefault(mutant.number(), Result.UNKNOWN).isProof();
                    // The original is no different in the others: one is enough to find out whether a test is wrong.
                    List<Integer> wanted = equal ? List.of(places.get(mutant.number() % places.size())) : places;
                    tasks.add(pool.submit(() -> {
                        Verdict verdict = own.get().verdict(mutant.number(), wanted);
                        verdicts.put(mutant.number(), verdict);
                        boolean unseen = !equal && verdict.kind() == Verdict.Kind.SURVIVED;
                        done.accept(
                                verdicts.size(),
                                () -> soFar(mutants, activations, verdicts, proofs),
                                unseen ? mutant : null);
                    }));
                }
            }
            await(tasks);
        } finally {
            pool.shutdownNow();
            synchronized (workers) {
                workers.forEach(MutantProcess::close);
            }
        }
        return soFar(mutants, activations, verdicts, proofs);
    }

    /** The mutants that are done. */
    private MutationScore soFar(
            List<Mutant> mutants,
            Map<Integer, List<Integer>> activations,
            Map<Integer, Verdict> verdicts,
            Map<Integer, Result> proofs) {
        List<MutationScore.Row> rows = new ArrayList<>();
        for (Mutant mutant : mutants) {
            List<Integer> places = activations.getOrDefault(mutant.number(), List.of());
            Verdict verdict = places.isEmpty() ? NOT_RUN : verdicts.get(mutant.number());
            if (verdict != null) {
                rows.add(new MutationScore.Row(
                        mutant,
                        places.stream()
                                .map(index -> scenarios.get(index).name())
                                .toList(),
                        proofs.getOrDefault(mutant.number(), Result.UNKNOWN),
                        verdict.kind(),
                        verdict.scenario(),
                        verdict.message(),
                        verdict.milliseconds(),
                        ""));
            }
        }
        return new MutationScore(config.name(), seed, List.copyOf(rows), List.of());
    }

    private static void prove(
            List<Mutant> mutants,
            Equivalence equivalence,
            FlatNetlist netlist,
            ExecutorService pool,
            Map<Integer, Result> proofs) {
        List<Future<?>> tasks = new ArrayList<>();
        SortedSet<Integer> read = Collections.synchronizedSortedSet(new TreeSet<>());
        tasks.add(pool.submit(() -> read.addAll(netlist.compared(MutantDesign.SELECT))));
        byModule(mutants)
                .forEach((module, numbers) ->
                        tasks.add(pool.submit(() -> proofs.putAll(equivalence.ofModule(module, numbers)))));
        await(tasks);
        for (Mutant mutant : mutants) {
            if (!read.contains(mutant.number())) {
                proofs.put(mutant.number(), Result.UNREAD);
            }
        }
    }

    private static void await(List<Future<?>> tasks) {
        try {
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** On a machine that is busy with other things the original takes long too, and a mutant is not caught by that. */
    private Duration limit() {
        Duration slow = originalTime.multipliedBy(SLOWER);
        return slow.compareTo(MUTANT_LIMIT) > 0 ? slow : MUTANT_LIMIT;
    }

    private static Map<String, List<Integer>> byModule(List<Mutant> mutants) {
        Map<String, List<Integer>> modules = new TreeMap<>();
        for (Mutant mutant : mutants) {
            modules.computeIfAbsent(mutant.module(), module -> new ArrayList<>())
                    .add(mutant.number());
        }
        return modules;
    }
}
