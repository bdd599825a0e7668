package h2learn.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** Writes a config as complete YAML, defaults filled in, that {@link ConfigReader} reads back as the same config. */
public final class ConfigWriter {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    private ConfigWriter() {}

    public static String toYaml(AcceleratorConfig config) {
        try {
            return YAML.writeValueAsString(tree(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The config as a tree of keys and values, as {@link #toYaml} writes it. */
    public static ObjectNode toTree(AcceleratorConfig config) {
        return tree(config);
    }

    /** All components in declaration order, nested records as objects, enums in lower case. */
    static ObjectNode tree(Record record) {
        ObjectNode node = YAML.createObjectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            String name = component.getName();
            if (value instanceof Record nested) {
                node.set(name, tree(nested));
            } else if (value instanceof Integer number) {
                node.put(name, number);
            } else if (value instanceof Boolean flag) {
                node.put(name, flag);
            } else if (value instanceof Enum<?> constant) {
                node.put(name, constant.name().toLowerCase(Locale.ROOT));
            } else {
                node.put(name, (String) value);
            }
        }
        return node;
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
