package h2learn.hdl;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import spinal.core.SpinalConfig;
import spinal.core.SpinalConfig$;
import spinal.core.blackboxOnlyIfRequested$;

/**
 * Builds SpinalHDL's configuration by parameter name. It is a Scala case class of dozens of parameters with defaults:
 * going by name survives their reordering.
 */
final class SpinalConfigs {
    private SpinalConfigs() {}

    static SpinalConfig build(Map<String, Object> values) {
        try {
            Constructor<?> constructor = Arrays.stream(SpinalConfig.class.getConstructors())
                    .max(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow();
            Object[] arguments = new Object[constructor.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = SpinalConfig$.class
                        .getMethod("$lessinit$greater$default$" + (i + 1))
                        .invoke(SpinalConfig$.MODULE$);
            }
            SpinalConfig names = (SpinalConfig) constructor.newInstance(arguments);
            Set<String> unknown = new TreeSet<>(values.keySet());
            for (int i = 0; i < arguments.length; i++) {
                String name = names.productElementName(i);
                if (unknown.remove(name)) {
                    arguments[i] = values.get(name);
                }
            }
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("SpinalConfig has no parameters " + unknown);
            }
            SpinalConfig config = (SpinalConfig) constructor.newInstance(arguments);
            if (config.memBlackBoxers().isEmpty()) {
                // what SpinalHDL's own entry point would add
                config.addStandardMemBlackboxing(blackboxOnlyIfRequested$.MODULE$);
            }
            return config;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SpinalHDL's configuration class has changed", e);
        }
    }
}
