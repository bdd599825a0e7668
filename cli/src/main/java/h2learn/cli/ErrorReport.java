package h2learn.cli;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.cosim.build.BuildFailedException;
import h2learn.cosim.build.ToolMissingException;
import h2learn.cosim.lockstep.LockStepException;
import h2learn.cosim.lockstep.ProgramMismatchException;
import h2learn.cosim.simulation.SimulationException;
import h2learn.host.PlacementException;
import h2learn.host.TransportException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into sentences on standard error and an exit code; the only place that does. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier debug;

    /** @param debug whether the user asked for stack traces */
    ErrorReport(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("h2learn: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        trace(failure, err);
        return ExitCode.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        return failure instanceof ParameterException parameter
                ? handleParseException(parameter, new String[0])
                : report(failure, line);
    }

    int report(Throwable failure, CommandLine line) {
        PrintWriter err = line.getErr();
        // what was printed so far stands before the error, also when both go to one place
        line.getOut().flush();
        if (Thread.currentThread().isInterrupted()) {
            err.println("h2learn: interrupted; no half-written output is left");
            return ExitCode.BAD_INPUT;
        }
        int code = code(failure);
        if (code == ExitCode.INTERNAL_ERROR) {
            err.println("h2learn: internal error: " + failure);
            err.println("This is a fault of h2learn. Please report it with the command line and what --debug shows.");
        } else {
            sentences(failure).forEach(sentence -> err.println("h2learn: " + sentence));
        }
        trace(failure, err);
        return code;
    }

    private void trace(Throwable failure, PrintWriter err) {
        if (debug.getAsBoolean()) {
            failure.printStackTrace(err);
        }
    }

    /** Whether it says that Verilog and golden model differ, or that the simulated accelerator failed. */
    static boolean isDifference(Throwable failure) {
        return failure instanceof LockStepException
                || failure instanceof ProgramMismatchException
                || failure instanceof TransportException
                || failure instanceof SimulationException;
    }

    private static int code(Throwable failure) {
        if (isDifference(failure)) {
            return ExitCode.DIFFERENCE;
        }
        boolean input = failure instanceof InvalidInputException
                || failure instanceof PlacementException
                || failure instanceof ToolMissingException
                || failure instanceof BuildFailedException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
        return input ? ExitCode.BAD_INPUT : ExitCode.INTERNAL_ERROR;
    }

    private static List<String> sentences(Throwable failure) {
        if (failure instanceof InvalidInputException invalid) {
            return invalid.problems();
        }
        if (failure instanceof UncheckedIOException unchecked) {
            String own = Objects.requireNonNullElse(unchecked.getMessage(), "");
            IOException cause = unchecked.getCause();
            return List.of(own.isEmpty() || own.equals(cause.toString()) ? sentence(cause) : own);
        }
        if (failure instanceof IOException io) {
            return List.of(sentence(io));
        }
        return List.of(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
    }

    private static String sentence(IOException failure) {
        String place =
                failure instanceof FileSystemException file && file.getFile() != null ? file.getFile() + ": " : "";
        return place + IoReason.of(failure);
    }
}
