package h2learn.cli;

import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.cosim.regress.JUnitReader;
import h2learn.cosim.report.CoverageResult;
import h2learn.cosim.report.LockStepResult;
import h2learn.cosim.report.MarkdownTables;
import h2learn.cosim.report.MutationResult;
import h2learn.cosim.report.Plot;
import h2learn.cosim.report.ReportPage;
import h2learn.cosim.report.Results;
import h2learn.cosim.report.Results.Sourced;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One page of what the other commands found. */
@Command(
        name = "report",
        description = {
            "Makes one HTML file, which loads nothing, of what other commands wrote: how far each named config is proved, the"
                    + " last regression, coverage of dimensions and of the Verilog with its waivers, the mutation score,"
                    + " contract, speed and scaling.",
            "What is not in the folder of results is shown as not run, with the command to type. The same files give the"
                    + " same page."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn report --out build/report.html",
            "  h2learn report --regression report.xml --coverage coverage.json --out build/report.html"
        })
final class ReportCommand implements Runnable {
    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = "build/results",
            description = "Folder of results: lockstep-*.json, regress.xml, coverage.json, mutants.json, contract.md,"
                    + " cosim-speed.md, scaling.md and scaling-*.svg. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("");

    @Option(
            names = "--measured",
            paramLabel = "DIR",
            defaultValue = "docs/measured",
            description = "Folder to look for contract and scaling in when they are not among the results."
                    + " Default: ${DEFAULT-VALUE}.")
    private Path measured = Path.of("");

    @Option(
            names = "--lock-step",
            paramLabel = "FILE",
            split = ",",
            description = "Files of 'h2learn cosim --out' instead of lockstep-*.json.")
    private @Nullable List<Path> lockSteps;

    @Option(names = "--regression", paramLabel = "FILE", description = "File of 'h2learn regress --junit'.")
    private @Nullable Path regression;

    @Option(names = "--coverage", paramLabel = "FILE", description = "File of 'h2learn coverage --out'.")
    private @Nullable Path coverage;

    @Option(names = "--mutants", paramLabel = "FILE", description = "File of 'h2learn mutate --out'.")
    private @Nullable Path mutants;

    @Option(names = "--contract", paramLabel = "FILE", description = "File of 'h2learn bench contract --out'.")
    private @Nullable Path contract;

    @Option(names = "--speed", paramLabel = "FILE", description = "File of 'h2learn bench cosim --out'.")
    private @Nullable Path speed;

    @Option(names = "--scaling", paramLabel = "DIR", description = "Folder of 'h2learn bench scaling --out'.")
    private @Nullable Path scaling;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The HTML file to write.")
    private Path target = Path.of("");

    @Spec
    private CommandSpec spec;

    ReportCommand() {}

    @Override
    public void run() {
        OutputPlace.check(target);
        Path curves = scalingFolder();
        Results results = new Results(
                configs(),
                lockSteps(),
                read(regression, JUnitReader::read, folder.resolve("regress.xml")),
                Map.of("line", CoverageCommand.LEAST_LINES, "toggle", CoverageCommand.LEAST_TOGGLES),
                read(coverage, CoverageResult::read, folder.resolve("coverage.json")),
                read(mutants, MutationResult::read, folder.resolve("mutants.json")),
                read(
                        contract,
                        file -> MarkdownTables.read(file, "h2learn bench contract --out", "kept"),
                        folder.resolve("contract.md"),
                        measured.resolve("contract.md")),
                read(
                        speed,
                        file -> MarkdownTables.read(file, "h2learn bench cosim --out", "round"),
                        folder.resolve("cosim-speed.md")),
                read(
                        null,
                        file -> MarkdownTables.read(file, "h2learn bench scaling --out", "engine"),
                        curves.resolve("scaling.md")),
                files(curves, "scaling-*.svg").stream()
                        .map(file -> sourced(file, Plot::read))
                        .toList());
        OutputPlace.write(target, ReportPage.of(results));
        spec.commandLine().getOut().println(target);
    }

    private static SortedMap<String, String> configs() {
        ConfigReader reader = new ConfigReader();
        SortedMap<String, String> hashes = new TreeMap<>();
        reader.names()
                .forEach(name ->
                        hashes.put(name, ConfigHash.of(reader.read(name)).toString()));
        return hashes;
    }

    private List<Sourced<LockStepResult>> lockSteps() {
        List<Path> files = lockSteps == null ? files(folder, "lockstep-*.json") : lockSteps;
        return files.stream().map(file -> sourced(file, LockStepResult::read)).toList();
    }

    private Path scalingFolder() {
        if (scaling != null) {
            if (!Files.exists(scaling.resolve("scaling.md"))) {
                throw new InvalidInputException(
                        scaling + ": holds no scaling.md; name a folder that 'h2learn bench scaling --out' wrote");
            }
            return scaling;
        }
        return Files.exists(folder.resolve("scaling.md")) ? folder : measured;
    }

    /** The file that was named, which must be there, or else the first of those that may be. */
    private static <T> Optional<Sourced<T>> read(@Nullable Path named, Function<Path, T> reader, Path... defaults) {
        if (named != null) {
            return Optional.of(sourced(named, reader));
        }
        for (Path file : defaults) {
            if (Files.exists(file)) {
                return Optional.of(sourced(file, reader));
            }
        }
        return Optional.empty();
    }

    /** A path from the root is left out of the page, so that it is the same on each machine. */
    private static <T> Sourced<T> sourced(Path file, Function<Path, T> reader) {
        Path shown = file.isAbsolute() ? file.getFileName() : file;
        return new Sourced<>(String.valueOf(shown), reader.apply(file));
    }

    /** In the order of their names; none when there is no such folder. */
    private static List<Path> files(Path folder, String pattern) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new InvalidInputException(folder + ": cannot be listed: " + IoReason.of(e));
        }
        files.sort(null);
        return files;
    }
}
