package h2learn.network;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
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

    private static YAMLMapper mapper() {
        YAMLMapper mapper = new YAMLMapper(YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .build());
        mapper.registerModule(new SimpleModule().addSerializer(Network.Encoding.class, new LowerCase()));
        return mapper;
    }

    /** The schema's spelling of constants. */
    private static final class LowerCase extends JsonSerializer<Network.Encoding> {
        @Override
        public void serialize(Network.Encoding value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
