package h2learn.cosim.report;

import h2learn.cosim.report.MarkdownTables.Block;
import h2learn.cosim.report.Results.Sourced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far one named configuration is proved.
 *
 * @param config its name
 * @param status at a glance
 * @param notes what was run and what came of it, a sentence each
 */
record ConfigStatus(String config, Status status, List<String> notes) {
    /** From best to worst. */
    enum Status {
        PROVED(
                Colour.GREEN,
                "proved",
                "trained in the simulated Verilog, every compared word equal to the golden model's, and nothing else that"
                        + " was measured on it missed its bar"),
        PARTLY(
                Colour.YELLOW,
                "partly proved",
                "trained in the simulated Verilog, every compared word equal to the golden model's; coverage, mutants or the"
                        + " contract missed a bar"),
        BROKEN(Colour.RED, "broken", "a run in lock-step found a difference, or the simulated accelerator failed"),
        OPEN(Colour.GREY, "not proved", "no run in lock-step of the configuration as it is now is known");

        private final Colour colour;
        private final String label;
        private final String meaning;

        Status(Colour colour, String label, String meaning) {
            this.colour = colour;
            this.label = label;
            this.meaning = meaning;
        }

        Colour colour() {
            return colour;
        }

        String label() {
            return label;
        }

        String meaning() {
            return meaning;
        }
    }

    /** @param hash of the configuration as it is now */
    static ConfigStatus of(String config, String hash, Results results) {
        List<String> notes = new ArrayList<>();
        boolean broken = false;
        boolean run = false;
        for (Sourced<LockStepResult> sourced : results.lockSteps()) {
            LockStepResult result = sourced.value();
            if (!result.config().equals(config)) {
                continue;
            }
            if (!result.hash().equals(hash)) {
                notes.add(result.network() + " in lock-step: of an earlier version of the configuration, hash "
                        + result.hash());
            } else if (result.equal()) {
                run = true;
                notes.add(result.network() + " in lock-step: " + result.words() + " words equal");
            } else {
                broken = true;
                notes.add(result.network() + " in lock-step: " + result.failure());
            }
        }
        if (!run && !broken) {
            notes.add("not run, type: " + lockStep(config));
        }
        boolean bars =
                coverage(config, results, notes) & mutants(config, results, notes) & contract(config, results, notes);
        Status status = broken ? Status.BROKEN : !run ? Status.OPEN : bars ? Status.PROVED : Status.PARTLY;
        return new ConfigStatus(config, status, List.copyOf(notes));
    }

    private static String lockStep(String config) {
        String network = config.equals("tiny") ? "tiny-mlp" : "fashion-mlp";
        return "h2learn cosim --network " + network + " --config " + config
                + " --minibatches 1 --out build/results/lockstep-" + config + ".json";
    }

    private static boolean coverage(String config, Results results, List<String> notes) {
        Optional<CoverageResult> coverage = results.coverage()
                .map(Sourced::value)
                .filter(value -> value.config().equals(config));
        coverage.ifPresent(value -> notes.add("coverage: " + CoverageSection.summary(value)));
        return coverage.isEmpty() || CoverageSection.kept(coverage.get(), results.coverageBars());
    }

    private static boolean mutants(String config, Results results, List<String> notes) {
        Optional<MutationResult> mutants = results.mutants().map(Sourced::value).filter(value -> value.config()
                .equals(config));
        mutants.ifPresent(value -> notes.add("mutants: " + MutationSection.summary(value)));
        return mutants.isEmpty() || mutants.get().clean();
    }

    /** A heading "network on config" stands above each contract. */
    private static boolean contract(String config, Results results, List<String> notes) {
        boolean good = true;
        boolean mine = false;
        List<Block> blocks =
                results.contract().map(found -> found.value().blocks()).orElse(List.of());
        for (Block block : blocks) {
            if (block.depth() == MeasurementSection.CONTRACT_DEPTH) {
                mine = block.text().endsWith(" on " + config);
                if (mine) {
                    notes.add("contract measured: " + block.text());
                }
            }
            if (mine && MeasurementSection.missed(block) > 0) {
                good = false;
                notes.add("contract: lines not kept: " + MeasurementSection.missed(block));
            }
        }
        return good;
    }
}
