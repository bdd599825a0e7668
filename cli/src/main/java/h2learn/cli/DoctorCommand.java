package h2learn.cli;

import h2learn.cosim.build.Toolchain;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is installed, in which version, what it is needed for, and what to type for what is missing. */
@Command(
        name = "doctor",
        description = {
            "Says which of the programs that h2learn uses are installed, and what to type for those that are not.",
            "Exit code 2 when something is missing without which commands fail."
        },
        footer = {"", "Examples:", "  h2learn doctor"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    DoctorCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Probe probe = new Probe(Toolchain.standard());
        List<String> packages = new ArrayList<>();
        List<String> required = new ArrayList<>();
        row(out, "what", "found", "version", "needed for");
        for (Requirement requirement : Requirement.all()) {
            Optional<String> version = requirement.version().apply(probe);
            String missing = requirement.required() ? "MISSING" : "no (optional)";
            row(
                    out,
                    requirement.name(),
                    version.isPresent() ? "yes" : missing,
                    version.orElse("-"),
                    requirement.neededFor());
            if (version.isEmpty()) {
                packages.add(requirement.debianPackage());
                if (requirement.required()) {
                    required.add(requirement.name());
                }
            }
        }
        out.println();
        if (packages.isEmpty()) {
            out.println("everything is there");
        } else {
            out.println("for what is missing, type:");
            out.println("  " + (isRoot() ? "" : "sudo ") + "apt-get install -y --no-install-recommends "
                    + String.join(" ", packages));
        }
        if (!required.isEmpty()) {
            out.flush();
            spec.commandLine().getErr().println("h2learn: missing: " + String.join(", ", required));
            return ExitCode.BAD_INPUT;
        }
        return ExitCode.OK;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static void row(PrintWriter out, String what, String found, String version, String neededFor) {
        out.printf(Locale.ROOT, "%-14s %-14s %-20s %s%n", what, found, version, neededFor);
    }
}
