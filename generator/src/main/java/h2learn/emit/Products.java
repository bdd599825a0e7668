package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.hdl.Design;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All products of one configuration, as texts. */
public final class Products {
    private Products() {}

    /**
     * Builds the accelerator and describes it. The manifest always goes along: by it {@link OutputFolder} knows its
     * own files again.
     *
     * @return relative path, with {@code /}, to text; same configuration and products, same bytes
     */
    public static SortedMap<String, String> of(AcceleratorConfig config, Set<Product> products) {
        Design design = AcceleratorVerilog.design(config);
        SortedMap<String, String> files = new TreeMap<>();
        EnumSet<Product> others = EnumSet.noneOf(Product.class);
        others.addAll(products);
        others.remove(Product.MANIFEST);
        if (others.contains(Product.DRIVER)) {
            others.add(Product.C_HEADER);
        }
        for (Product product : others) {
            switch (product) {
                case VERILOG -> putVerilog(config, design, files);
                case REGISTER_MAP_JSON -> files.put(product.path(config), RegisterMapJson.of(config));
                case REGISTER_MAP_HTML -> files.put(product.path(config), RegisterMapHtml.of(config));
                case SYSTEMRDL -> files.put(product.path(config), SystemRdl.of(config));
                case C_HEADER -> files.put(product.path(config), CHeader.of(config));
                case DRIVER -> putDriver(config, files);
                case FUSESOC -> files.put(product.path(config), FuseSocCore.of(config, design));
                case VIVADO -> files.put(product.path(config), VivadoPackage.of(config, design));
                case CONSTRAINTS -> Constraints.put(config, design, files);
                case DATA_SHEET -> files.put(product.path(config), DataSheet.of(config, design));
                case MANIFEST -> throw new IllegalStateException("the manifest comes last");
            }
        }
        files.put(Product.MANIFEST.path(config), Manifest.of(config, design, files));
        return Collections.unmodifiableSortedMap(files);
    }

    /** The C header and the driver alone, for which nothing needs to be built: relative path to text. */
    public static SortedMap<String, String> driver(AcceleratorConfig config) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(Product.C_HEADER.path(config), CHeader.of(config));
        putDriver(config, files);
        return Collections.unmodifiableSortedMap(files);
    }

    private static void putDriver(AcceleratorConfig config, SortedMap<String, String> files) {
        DriverSources.of(config).forEach((name, text) -> files.put("driver/" + name, text));
    }

    private static void putVerilog(AcceleratorConfig config, Design design, SortedMap<String, String> files) {
        design.files().forEach((name, text) -> files.put("verilog/" + name, text));
        String comment = AcceleratorVerilog.comments(config, "// ", "");
        files.put(
                Product.VERILOG.path(config),
                comment + "// Names are relative to this file: read it with -F, or change into its folder. Top: "
                        + design.top() + "\n" + String.join("\n", design.files().keySet()) + "\n");
    }
}
