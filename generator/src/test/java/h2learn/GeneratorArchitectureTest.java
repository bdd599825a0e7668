package h2learn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packages of this module may use (DESIGN sections 5 and 7). */
class GeneratorArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String[] SPINAL = {"spinal..", "scala..", "net.openhft.."};
    private static final Pattern MAY_USE = Pattern.compile("May use ([^.]|\\.(?=\\w))+\\.");
    private static final Pattern NAME = Pattern.compile("\\b(?:hdl|number|config|contract|network|rtl(?:\\.\\w+)?)\\b");

    private static final JavaClasses CLASSES = read();

    private static JavaClasses read() {
        // names of foreign classes are enough; reading them takes most of the time
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("h2learn.hdl", "h2learn.rtl", "h2learn.emit");
    }

    @Test
    void onlyTheHdlLayerKnowsSpinal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("h2learn.hdl")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPINAL)
                .check(CLASSES);
    }

    /** Neither by inheritance, which would show hundreds of methods, nor in a signature. */
    @Test
    void noSpinalTypeShowsInTheHdlLayersInterface() {
        Set<String> leaks = new TreeSet<>();
        for (JavaClass type : CLASSES.that(JavaClass.Predicates.resideInAPackage("h2learn.hdl"))) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                continue;
            }
            if (type.getRawSuperclass()
                            .filter(GeneratorArchitectureTest::isSpinal)
                            .isPresent()
                    || type.getRawInterfaces().stream().anyMatch(GeneratorArchitectureTest::isSpinal)) {
                leaks.add(type.getSimpleName() + " extends a class of SpinalHDL");
            }
            for (JavaMember member : type.getAllMembers()) {
                boolean visible = member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED);
                boolean generated = member.getModifiers().contains(JavaModifier.SYNTHETIC);
                if (visible && !generated && mentions(member).stream().anyMatch(GeneratorArchitectureTest::isSpinal)) {
                    leaks.add(type.getSimpleName() + ": " + member.getFullName());
                }
            }
        }
        assertEquals(Set.of(), leaks);
    }

    private static List<JavaClass> mentions(JavaMember member) {
        List<JavaClass> types = new ArrayList<>(List.of(member.getOwner()));
        if (member instanceof JavaField field) {
            types.add(field.getRawType());
        } else if (member instanceof JavaCodeUnit unit) {
            types.add(unit.getRawReturnType());
            types.addAll(unit.getRawParameterTypes());
        }
        return types;
    }

    private static boolean isSpinal(JavaClass type) {
        return type.getPackageName().startsWith("spinal.")
                || type.getPackageName().startsWith("scala");
    }

    @Test
    void packagesHaveNoCircle() {
        slices().matching("h2learn.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** The sentence "May use ..." of each package-info is the rule, so that it cannot go stale. */
    @Test
    void packagesUseWhatTheirDescriptionSays() throws IOException {
        Map<String, Set<String>> allowed = descriptions();
        Set<String> violations = new TreeSet<>();
        int checked = 0;
        for (JavaClass origin : CLASSES) {
            Set<String> mine = allowed.get(origin.getPackageName());
            assertTrue(mine != null, () -> origin.getPackageName() + " has no package-info.java");
            for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                if (target.startsWith("h2learn.") && !target.equals(origin.getPackageName())) {
                    checked++;
                    if (!mine.contains(target)) {
                        violations.add(origin.getPackageName() + " uses " + target + ": " + origin.getSimpleName());
                    }
                }
            }
        }
        assertTrue(checked > 500, "dependencies seen: " + checked);
        assertEquals(Set.of(), violations);
    }

    private static Map<String, Set<String>> descriptions() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.endsWith("package-info.java")).toList()) {
                String name = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
                texts.put(name, Files.readString(file).replaceAll("\\s*\\n \\* ?", " "));
            }
        }
        Map<String, Set<String>> allowed = new TreeMap<>();
        texts.forEach((name, text) -> {
            Matcher sentence = MAY_USE.matcher(text);
            assertTrue(sentence.find(), () -> "the package-info of " + name + " does not say what it may use");
            Set<String> packages = new TreeSet<>();
            Matcher names = NAME.matcher(sentence.group());
            while (names.find()) {
                packages.add("h2learn." + names.group());
            }
            if (sentence.group().contains("other rtl packages")) {
                texts.keySet().stream()
                        .filter(p -> p.startsWith("h2learn.rtl."))
                        .forEach(packages::add);
            }
            allowed.put(name, packages);
        });
        return allowed;
    }
}
