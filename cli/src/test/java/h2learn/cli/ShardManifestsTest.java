package h2learn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import h2learn.cosim.regress.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of scripts/regress, run with the environment that a cluster sets and a stand-in for the command. */
class ShardManifestsTest {
    @TempDir
    private Path folder;

    private static Path repository() {
        Path above = Path.of("").toAbsolutePath();
        while (!Files.exists(above.resolve("scripts/h2learn"))) {
            above = above.getParent();
        }
        return above;
    }

    /** Writes down its arguments, and ends as a regression does in which a case did not pass. */
    @BeforeEach
    void standIn() throws IOException {
        Path command = folder.resolve("scripts/h2learn");
        Files.createDirectories(command.getParent());
        Files.writeString(
                command, "#!/bin/sh\nfor a; do echo \"$a\"; done > '" + folder + "/arguments'\nexit ${CODE:-1}\n");
        assertTrue(command.toFile().setExecutable(true));
    }

    private List<String> arguments() throws IOException {
        return Files.readAllLines(folder.resolve("arguments"));
    }

    @Test
    void slurm() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLURM_SUBMIT_DIR", folder.toString(),
                "SLURM_ARRAY_JOB_ID", "4711",
                "SLURM_ARRAY_TASK_ID", "2",
                "SLURM_ARRAY_TASK_COUNT", "3",
                "SLURM_CPUS_PER_TASK", "6"));
        String script = repository().resolve("scripts/regress/slurm.sh").toString();
        Outcome outcome = Outcome.ofProcess(Path.of("/"), environment, List.of("sh", script));
        assertEquals(1, outcome.code(), outcome.err());
        assertEquals(
                List.of(
                        "regress",
                        "--seed",
                        "4711",
                        "--count",
                        "1000",
                        "--shard",
                        "auto",
                        "--jobs",
                        "6",
                        "--no-progress",
                        "--junit",
                        "build/regress/4711/shard-2.xml",
                        "--failures",
                        "build/regress/4711/failures"),
                arguments());
        assertEquals(new Shard(3, 3), Shard.parse("auto", environment));
        environment.put("H2LEARN_REGRESS_OPTIONS", "--time-limit 9");
        Outcome.ofProcess(Path.of("/"), environment, List.of("sh", script, "5", "20"));
        assertTrue(
                arguments().containsAll(List.of("5", "20", "--time-limit", "9")),
                arguments().toString());
        environment.remove("SLURM_SUBMIT_DIR");
        Outcome alone = Outcome.ofProcess(folder, environment, List.of("sh", script));
        assertTrue(alone.err().contains("submit this file with sbatch"), alone.err());
    }

    @Test
    void kubernetes() throws IOException, InterruptedException {
        JsonNode job =
                new YAMLMapper().readTree(Files.readString(repository().resolve("scripts/regress/kubernetes.yaml")));
        assertEquals("Job", job.path("kind").asText());
        JsonNode spec = job.path("spec");
        assertEquals("Indexed", spec.path("completionMode").asText());
        JsonNode container =
                spec.path("template").path("spec").path("containers").path(0);
        List<String> command = new ArrayList<>();
        container.path("command").forEach(word -> command.add(word.asText()));
        Map<String, String> environment = new HashMap<>(Map.of("JOB_COMPLETION_INDEX", "1"));
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        // a case that did not pass is told by the report, not by the pod; what went wrong otherwise is
        assertEquals(0, Outcome.ofProcess(folder, environment, command).code());
        List<String> arguments = arguments();
        String shard = arguments.get(arguments.indexOf("--shard") + 1);
        assertEquals(new Shard(2, spec.path("completions").asInt()), Shard.parse(shard, environment));
        assertTrue(arguments.contains("/reports/shard-1.xml"), arguments.toString());
        assertEquals("1000", arguments.get(arguments.indexOf("--count") + 1));
        environment.put("CODE", "2");
        assertEquals(1, Outcome.ofProcess(folder, environment, command).code());
    }
}
