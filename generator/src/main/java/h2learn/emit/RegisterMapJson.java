package h2learn.emit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.JsonText;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Opcode;
import h2learn.contract.Register;

/** The register map as JSON. Offsets, bases and sizes are bytes, as numbers. */
final class RegisterMapJson {
    private RegisterMapJson() {}

    static String of(AcceleratorConfig config) {
        MemoryMap map = new MemoryMap(config);
        ObjectNode root = JsonText.object();
        root.put("generator", Manifest.GENERATOR);
        root.put("version", ToolVersions.current().h2learn());
        root.put("config", config.name());
        root.put("hash", ConfigHash.of(config).toString());
        root.put("identifier", Register.IDENTIFIER);
        root.put("mapVersion", Register.MAP_VERSION);
        root.put("addressBits", map.addressBits());
        ArrayNode registers = root.putArray("registers");
        for (Register register : Register.values()) {
            register(registers.addObject(), register);
        }
        ArrayNode engines = root.putArray("engines");
        for (Engine engine : Engine.values()) {
            engine(engines.addObject(), engine);
        }
        ObjectNode command = root.putObject("command");
        command.put("words", CommandField.WORDS);
        ArrayNode fields = command.putArray("fields");
        for (CommandField field : CommandField.values()) {
            bits(fields.addObject().put("name", field.name()).put("word", field.word()), field.low(), field.bits())
                    .put("meaning", field.meaning());
        }
        ArrayNode opcodes = root.putArray("opcodes");
        for (Opcode opcode : Opcode.values()) {
            opcodes.addObject().put("name", opcode.name()).put("code", opcode.code());
        }
        ArrayNode errors = root.putArray("errors");
        for (ErrorCode error : ErrorCode.values()) {
            errors.addObject()
                    .put("name", error.name())
                    .put("code", error.code())
                    .put("meaning", error.meaning());
        }
        ArrayNode windows = root.putArray("windows");
        RegisterMap.windows(map).forEach(window -> window(windows.addObject(), window));
        return JsonText.of(root);
    }

    private static void register(ObjectNode node, Register register) {
        node.put("name", register.name());
        node.put("offset", register.offset());
        node.put("count", register.count());
        node.put("access", RegisterMap.access(register));
        node.put("meaning", register.meaning());
        ArrayNode fields = node.putArray("fields");
        for (Register.Field field : register.fields()) {
            bits(fields.addObject().put("name", field.name()), field.low(), field.bits())
                    .put("meaning", field.meaning());
        }
    }

    private static void engine(ObjectNode node, Engine engine) {
        node.put("name", engine.name());
        node.put("index", engine.ordinal());
        ArrayNode counters = node.putArray("counters");
        for (Counter counter : Counter.values()) {
            counters.addObject()
                    .put("name", counter.name())
                    .put("offset", counter.offset(engine))
                    .put("meaning", counter.meaning(engine));
        }
    }

    private static void window(ObjectNode node, Window window) {
        node.put("name", window.scratchpad().name());
        node.put("base", window.base());
        node.put("bytes", window.bytes());
        node.put("access", RegisterMap.access(window.scratchpad()));
        node.put("words", window.words());
        node.put("beats", window.layout().beats());
        node.put("elements", window.layout().elements());
        node.put("elementBits", window.layout().elementBits());
        node.put("elementsPerBeat", window.layout().elementsPerBeat());
        node.put("signed", window.scratchpad().signed());
        node.put("meaning", window.scratchpad().meaning());
    }

    private static ObjectNode bits(ObjectNode node, int low, int bits) {
        return node.put("lsb", low).put("width", bits);
    }
}
