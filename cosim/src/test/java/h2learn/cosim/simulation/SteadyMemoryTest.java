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

    @TempDir
    private Path directory;

    private long growth(int warmUp, int instances, boolean close) throws IOException, InterruptedException {
        TestModels.BUILD.model(TestModels.COUNTER);
        TestModels.BUILD.model(TestModels.AXI_BOTH);
        String said = ChildJava.run(
                ChildJava.command(
                        ManyModels.class,
                        directory.toString(),
                        String.valueOf(warmUp),
                        String.valueOf(instances),
                        String.valueOf(close)),
                directory.resolve("said"));
        return Long.parseLong(said.strip());
    }

    @Test
    void aThousandModelsLeaveNothing() throws IOException, InterruptedException {
        long growth = growth(WARM_UP, INSTANCES, true);
        assertTrue(growth < ALLOWED_KIB, INSTANCES + " models opened and closed left " + growth + " KiB");
    }

    @Test
    void modelsThatStayOpenAreSeen() throws IOException, InterruptedException {
        long growth = growth(20, LEFT_OPEN, false);
        assertTrue(growth > 4 * ALLOWED_KIB, LEFT_OPEN + " open models take " + growth + " KiB only");
    }

    /** Opens models, uses all that holds native memory, and prints by how much this process grew after the warm-up. */
    static final class ManyModels {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path ports = Path.of(arguments[0], "ports");
            int warmUp = Integer.parseInt(arguments[1]);
            int instances = Integer.parseInt(arguments[2]);
            boolean close = Boolean.parseBoolean(arguments[3]);
            List<Model> open = new ArrayList<>();
            long before = 0;
            for (int i = 0; i < warmUp + instances; i++) {
                if (i == warmUp) {
                    before = residentKib();
                }
                Model model = i % 2 == 0 ? counted(ports) : withMemory();
                if (close) {
                    model.close();
                } else {
                    open.add(model);
                }
            }
            System.out.println(residentKib() - before);
            open.forEach(Model::close);
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
