package h2learn.cosim.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import h2learn.cosim.build.ChildJava;
import h2learn.cosim.build.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That closed models leave no memory behind, in a process whose Java heap does not grow. */
class SteadyMemoryTest {
    private static final int WARM_UP = 200;
    private static final int INSTANCES = 1000;
    private static final int LEFT_OPEN = 100;
    private static final long ALLOWED_KIB = 4096;
    /** What each model leaves is left in every run of them; what Java's compiler takes at times is not. */
    private static final int RUNS = 5;

    @TempDir
    private Path directory;

    /** By how much the process grew in that of some runs in which it grew least. */
    private long growth(int warmUp, int instances, int runs, boolean close) throws IOException, InterruptedException {
        TestModels.BUILD.model(TestModels.COUNTER);
        TestModels.BUILD.model(TestModels.AXI_BOTH);
        String said = ChildJava.run(
                ChildJava.command(
                        ManyModels.class,
                        directory.toString(),
                        String.valueOf(warmUp),
                        String.valueOf(instances),
                        String.valueOf(runs),
                        String.valueOf(close)),
                directory.resolve("said"));
        return Long.parseLong(said.strip());
    }

    @Test
    void aThousandModelsLeaveNothing() throws IOException, InterruptedException {
        long growth = growth(WARM_UP, INSTANCES, RUNS, true);
        assertTrue(growth < ALLOWED_KIB, INSTANCES + " models opened and closed left " + growth + " KiB");
    }

    @Test
    void modelsThatStayOpenAreSeen() throws IOException, InterruptedException {
        long growth = growth(20, LEFT_OPEN, 1, false);
        assertTrue(growth > 4 * ALLOWED_KIB, LEFT_OPEN + " open models take " + growth + " KiB only");
    }

    /** Opens models, uses all that holds native memory, and prints by how much this process grew after the warm-up, at least. */
    static final class ManyModels {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path ports = Path.of(arguments[0], "ports");
            int warmUp = Integer.parseInt(arguments[1]);
            int instances = Integer.parseInt(arguments[2]);
            int runs = Integer.parseInt(arguments[3]);
            boolean close = Boolean.parseBoolean(arguments[4]);
            List<Model> open = new ArrayList<>();
            use(warmUp, ports, close, open);
            long least = Long.MAX_VALUE;
            for (int run = 0; run < runs && least >= ALLOWED_KIB; run++) {
                long before = residentKib();
                use(instances, ports, close, open);
                least = Math.min(least, residentKib() - before);
            }
            System.out.println(least);
            open.forEach(Model::close);
        }

        private static void use(int models, Path ports, boolean close, List<Model> open) {
            for (int i = 0; i < models; i++) {
                Model model = i % 2 == 0 ? counted(ports) : withMemory();
                if (close) {
                    model.close();
                } else {
                    open.add(model);
                }
            }
        }

        private static Model counted(Path ports) {
            Model model = Model.open(TestModels.BUILD, TestModels.COUNTER, ModelOptions.defaults());
            model.record();
            model.reset(1);
            model.port("wide_in").set(5);
            model.step(20);
            model.replayPorts(ports, Long.MAX_VALUE);
            return model;
        }

        private static Model withMemory() {
            MemoryPlace place = new MemoryPlace("m_axi_", 0, 1 << 16);
            Model model = Model.open(
                    TestModels.BUILD,
                    TestModels.AXI_BOTH,
                    ModelOptions.defaults().withBus("s_axi_").withMemory(place));
            model.reset(2);
            model.memory().fill(0, 1 << 16, (byte) 1);
            model.bus().write(0, 1);
            return model;
        }

        private static long residentKib() throws IOException, InterruptedException {
            // what the collector and the compiler still do in the background would be taken for the models'
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            throw new IllegalStateException("/proc/self/status has no VmRSS");
        }
    }
}
