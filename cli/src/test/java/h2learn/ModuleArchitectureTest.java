package h2learn;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The modules' arrows (DESIGN section 7). This module is the last, so that it sees the classes of all others. */
class ModuleArchitectureTest {
    /** Each module with those whose classes it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "golden-model", Set.of(),
            "generator", Set.of("golden-model"),
            "host", Set.of("golden-model"),
            "cosim", Set.of("golden-model", "generator", "host"),
            "cli", Set.of("golden-model", "generator", "host", "cosim"));

    private static final Pattern MODULE =
            Pattern.compile("/(" + String.join("|", ARROWS.keySet()) + ")(?:/target/classes/|-[^/]*\\.jar!)");

    private static final JavaClasses CLASSES = read();

    private static JavaClasses read() {
        // names of foreign classes are enough; reading them takes most of the time
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("h2learn");
    }

    /** The module whose folder or jar a class was found in. */
    private static String moduleOf(JavaClass type) {
        String source = type.getSource().orElseThrow().getUri().toString();
        Matcher module = MODULE.matcher(source);
        assertTrue(module.find(), () -> type.getName() + " belongs to no module: " + source);
        return module.group(1);
    }

    @Test
    void modulesUseThoseTheArrowsLeadFrom() {
        Set<String> seen = new TreeSet<>();
        Set<String> violations = new TreeSet<>();
        for (JavaClass origin : CLASSES) {
            String module = moduleOf(origin);
            seen.add(module);
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("h2learn.") && CLASSES.contain(target.getName())) {
                    String used = moduleOf(target);
                    if (!used.equals(module) && !ARROWS.get(module).contains(used)) {
                        violations.add(module + " uses " + used + ": " + dependency.getDescription());
                    }
                }
            }
        }
        assertTrue(seen.containsAll(Set.of("golden-model", "generator", "host", "cosim")), () -> "only " + seen);
        assertEquals(Set.of(), violations);
    }

    @Test
    void packagesHaveNoCircle() {
        slices().matching("h2learn.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void eachPackageBelongsToOneModule() {
        Map<String, Set<String>> modules = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(moduleOf(type));
        }
        modules.values().removeIf(found -> found.size() == 1);
        assertEquals(Map.of(), modules);
    }

    @Test
    void packagesAreNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String info = type.getPackageName() + ".package-info";
            if (!CLASSES.contain(info) || !CLASSES.get(info).isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }
        assertEquals(Set.of(), unmarked);
    }

    /** Test classes of other modules are not on the class path: their sources are looked at instead. */
    @Test
    void packagesOfTestsAreNullMarked() throws IOException {
        Set<Path> unmarked = new TreeSet<>();
        int packages = 0;
        for (String module : ARROWS.keySet()) {
            Path root = Path.of("..", module, "src", "test", "java");
            if (!Files.isDirectory(root)) {
                continue;
            }
            List<Path> folders;
            try (Stream<Path> files = Files.walk(root)) {
                folders = files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .toList();
            }
            for (Path folder : folders) {
                packages++;
                Path info = folder.resolve("package-info.java");
                if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                    unmarked.add(folder);
                }
            }
        }
        assertTrue(packages > 5, "test packages seen: " + packages);
        assertEquals(Set.of(), unmarked);
    }
}
