package h2learn.cosim.netlist;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which modules the generated Verilog's modules hold. */
public final class Instances {
    private static final Pattern INSTANCE = Pattern.compile("(?m)^  ([A-Z]\\w*) (\\w+) \\($");

    private Instances() {}

    /**
     * Module by instance.
     *
     * @param text of a module
     * @param modules that count
     */
    public static Map<String, String> of(String text, Set<String> modules) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = INSTANCE.matcher(text);
        while (matcher.find()) {
            if (modules.contains(matcher.group(1))) {
                found.put(matcher.group(2), matcher.group(1));
            }
        }
        return found;
    }

    /**
     * Module by path from the top-level module, {@code instance.instance}; of the top-level module itself the empty path.
     *
     * @param verilog texts by module name
     */
    static Map<String, String> modulesByPath(String top, Map<String, String> verilog) {
        Map<String, String> paths = new TreeMap<>();
        add(top, "", verilog, paths);
        return paths;
    }

    private static void add(String module, String path, Map<String, String> verilog, Map<String, String> paths) {
        paths.put(path, module);
        of(verilog.getOrDefault(module, ""), verilog.keySet())
                .forEach((instance, child) ->
                        add(child, path.isEmpty() ? instance : path + "." + instance, verilog, paths));
    }
}
