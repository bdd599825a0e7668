package h2learn.cosim.report;

import h2learn.cosim.regress.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that a page is made of. What is empty was not run.
 *
 * @param configs the named configurations and their hashes
 * @param lockSteps runs in lock-step of these
 * @param regression of drawn cases
 * @param coverageBars least share, 0 to 1, of the points of a kind (line, branch, toggle) that runs must use of those not
 *     waived; kinds without a bar are left out
 * @param coverage of the Verilog
 * @param mutants of the Verilog
 * @param contract tables of {@code h2learn bench contract}
 * @param speed table of {@code h2learn bench cosim}
 * @param scaling tables of {@code h2learn bench scaling}
 * @param plots of the same
 */
public record Results(
        SortedMap<String, String> configs,
        List<Sourced<LockStepResult>> lockSteps,
        Optional<Sourced<Report>> regression,
        Map<String, Double> coverageBars,
        Optional<Sourced<CoverageResult>> coverage,
        Optional<Sourced<MutationResult>> mutants,
        Optional<Sourced<MarkdownTables>> contract,
        Optional<Sourced<MarkdownTables>> speed,
        Optional<Sourced<MarkdownTables>> scaling,
        List<Sourced<Plot>> plots) {
    public Results {
        lockSteps = List.copyOf(lockSteps);
        coverageBars = Map.copyOf(coverageBars);
        plots = List.copyOf(plots);
    }

    /**
     * A result and where it stood.
     *
     * @param file as it is to be named in the page
     */
    public record Sourced<T>(String file, T value) {}
}
