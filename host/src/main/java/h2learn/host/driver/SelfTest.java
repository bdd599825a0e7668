package h2learn.host.driver;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.Register;
import h2learn.host.CommandPort;
import h2learn.host.TransportException;
import h2learn.host.image.NetworkImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out whether an accelerator and its board are sound: identity, registers, memory, and a training whose every result is
 * known. A test that depends on one that failed is not run. It takes bounded time as long as the transport does.
 */
public final class SelfTest {
    private final Board board;
    private final AcceleratorConfig config;
    private final NetworkImage image;
    private final List<Result> results = new ArrayList<>();

    /** What became of a test. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** Since one before it failed. */
        NOT_RUN
    }

    /**
     * @param test its name
     * @param detail what was found wrong; of a test that passed, what was tested
     */
    public record Result(String test, Outcome outcome, String detail) {}

    /**
     * @param image whose steps are run and compared
     * @throws h2learn.config.InvalidInputException as {@link ImageDriver}
     */
    public SelfTest(Board board, AcceleratorConfig config, NetworkImage image) {
        this.board = board;
        this.config = config;
        this.image = image;
    }

    /** Runs all tests; what the memory holds from its base on is lost. */
    public List<Result> run() {
        ImageDriver driver = new ImageDriver(board, config, image);
        CommandPort port = driver.port();
        test("identity", "ID, register map version and hash of " + config.name(), () -> {
            port.open(config);
            return Optional.empty();
        });
        test("registers", "all data lines, contents, clock", () -> new RegisterTest(port, config).run());
        test("memory", image.memoryBytes() + " bytes, every bit", () -> new MemoryTest(
                        board.memory(), board.memoryBase(), image.memoryBytes())
                .run());
        test("known answer", knownAnswer(), () -> answer(driver));
        return List.copyOf(results);
    }

    /** Whether every test passed. */
    public static boolean passed(List<Result> results) {
        return results.stream().allMatch(result -> result.outcome() == Outcome.PASSED);
    }

    private String knownAnswer() {
        long sums = image.stages().stream()
                .mapToLong(stage -> stage.checks().size())
                .sum();
        return image.network() + ", " + image.steps() + " step(s), " + sums + " checksums of results";
    }

    private void test(String name, String what, Supplier<Optional<String>> body) {
        if (!passed(results)) {
            results.add(new Result(name, Outcome.NOT_RUN, "a test before it failed"));
            return;
        }
        Optional<String> fault;
        try {
            fault = body.get();
        } catch (TransportException failure) {
            fault = Optional.of(String.valueOf(failure.getMessage()));
        }
        results.add(new Result(name, fault.isPresent() ? Outcome.FAILED : Outcome.PASSED, fault.orElse(what)));
    }

    private Optional<String> answer(ImageDriver driver) {
        driver.open();
        for (int stage = 0; stage < image.stages().size(); stage++) {
            driver.run(stage);
            Optional<String> wrong = driver.verify(stage);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        driver.port().write(Register.WATCHDOG, 0);
        return Optional.empty();
    }
}
