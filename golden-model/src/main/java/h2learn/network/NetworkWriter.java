package h2learn.network;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Locale;

/** Writes a network as complete YAML, defaults filled in, that {@link NetworkReader} reads back as the same network. */
public final class NetworkWriter {
    private static final YAMLMapper YAML = mapper();

    private NetworkWriter() {}

    public static String toYaml(Network network) {
        try {
            return YAML.writeValueAsString(network);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The network as a tree of keys and values, as {@link #toYaml} writes it. */
    public static ObjectNode toTree(Network network) {
        return YAML.valueToTree(network);
    }

    private static YAMLMapper mapper() {
        YAMLMapper mapper = new YAMLMapper(YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .build());
        mapper.registerModule(new SimpleModule().addSerializer(new LowerCase()));
        mapper.addMixIn(Network.Layer.class, LayerKeys.class);
        mapper.addMixIn(Network.Pool.class, PoolKeys.class);
        mapper.setSerializationInclusion(JsonInclude.Include.NON_NULL);
        return mapper;
    }

    /** A layer's type stands first among its keys. */
    @JsonPropertyOrder("type")
    private interface LayerKeys {
        @JsonProperty("type")
        String type();
    }

    /** The type already says what becomes of a square. */
    @JsonIgnoreProperties("reduction")
    private interface PoolKeys {}

    /** The schema's spelling of constants. */
    private static final class LowerCase extends StdSerializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        LowerCase() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
