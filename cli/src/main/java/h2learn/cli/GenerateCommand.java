package h2learn.cli;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.emit.OutputFolder;
import h2learn.emit.Product;
import h2learn.emit.Products;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the Verilog of a config and what describes it. */
@Command(
        name = "generate",
        description = {
            "Writes the Verilog of an accelerator, its manifest and its register map.",
            "The folder is complete or, if the run is stopped, as before. Same config, same bytes."
        },
        footer = {
            "",
            "Examples:",
            "  h2learn generate --list",
            "  h2learn generate --config base --out build/base",
            "  h2learn generate --config mine.yaml --product verilog,c_header"
        })
final class GenerateCommand implements Runnable {
    @Option(
            names = "--config",
            paramLabel = "NAME|FILE",
            defaultValue = "base",
            description = "A config that 'h2learn config list' names, or a YAML file. Default: ${DEFAULT-VALUE}.")
    private String configName = "base";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder to write. Default: build/ and the config's name.")
    private @Nullable Path folder;

    @Option(
            names = "--product",
            paramLabel = "PRODUCT",
            split = ",",
            description = "What to write: ${COMPLETION-CANDIDATES}. The manifest always goes along. Default: all.")
    private List<Product> products = List.of();

    @Option(names = "--list", description = "List the products and their files, and write nothing.")
    private boolean list;

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Spec
    private CommandSpec spec;

    GenerateCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            for (Product product : Product.values()) {
                out.println(product.name().toLowerCase(Locale.ROOT) + "\t" + String.join(", ", product.patterns())
                        + "\t" + product.description());
            }
            return;
        }
        AcceleratorConfig config = new ConfigReader().read(configName);
        Path target = folder == null ? Path.of("build", config.name()) : folder;
        OutputPlace.check(target);
        EnumSet<Product> wanted = products.isEmpty() ? EnumSet.allOf(Product.class) : EnumSet.copyOf(products);
        SortedMap<String, String> files;
        try (Progress bar = progress.bar(spec.commandLine().getErr(), "generating", "steps", 2)) {
            files = Products.of(config, wanted);
            bar.reach(1);
            OutputFolder.write(files, target);
            bar.reach(2);
        }
        out.println("config: " + config.name() + ", hash " + ConfigHash.of(config));
        files.forEach((name, text) -> out.println(target.resolve(name) + "\t" + text.length() + " characters"));
    }
}
