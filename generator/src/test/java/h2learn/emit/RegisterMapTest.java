package h2learn.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.config.ConfigReader;
import h2learn.contract.CommandField;
import h2learn.contract.CommandQueue;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Opcode;
import h2learn.contract.QueueState;
import h2learn.contract.Register;
import h2learn.contract.Scratchpad;
import h2learn.hdl.test.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of the register map is parsed and compared with the description that the RTL is made of. */
class RegisterMapTest {
    @TempDir
    private Path folder;

    /** What the C header must define, straight from the contract; names without the prefix H2LEARN_. */
    private static SortedMap<String, Long> expected(AcceleratorConfig config) {
        SortedMap<String, Long> values = new TreeMap<>();
        for (Register register : Register.values()) {
            String name = "REG_" + register.name();
            values.put(name + "_OFFSET", (long) register.offset());
            for (Register.Field field : register.fields()) {
                field(values, name + "_" + field.name(), field.low(), field.bits());
            }
            if (register.count() > 1) {
                values.put(name + "_COUNT", (long) register.count());
            }
        }
        for (CommandField field : CommandField.values()) {
            values.put("CMD_" + field.name() + "_WORD", (long) field.word());
            field(values, "CMD_" + field.name(), field.low(), field.bits());
        }
        for (Opcode opcode : Opcode.values()) {
            values.put("OP_" + opcode.name(), (long) opcode.code());
        }
        for (ErrorCode error : ErrorCode.values()) {
            values.put("ERR_" + error.name(), (long) error.code());
        }
        for (Engine engine : Engine.values()) {
            values.put("ENGINE_" + engine.name(), (long) engine.ordinal());
            // the order in which the register file numbers its counters: busy, useful, items, skipped
            int first = Register.COUNTERS.offset() + 32 * engine.ordinal();
            values.put("COUNTER_" + engine.name() + "_BUSY_OFFSET", (long) first);
            values.put("COUNTER_" + engine.name() + "_USEFUL_OFFSET", first + 8L);
            values.put("COUNTER_" + engine.name() + "_ITEMS_OFFSET", first + 16L);
            values.put("COUNTER_" + engine.name() + "_SKIPPED_OFFSET", first + 24L);
        }
        MemoryMap map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            Window window = map.window(scratchpad);
            String name = "MEM_" + scratchpad.name();
            values.put(name + "_BASE", window.base());
            values.put(name + "_BYTES", window.bytes());
            values.put(name + "_WORDS", (long) window.words());
            values.put(name + "_WORD_BYTES", window.address(1) - window.base());
            values.put(name + "_WORD_BEATS", (long) window.layout().beats());
            values.put(name + "_ELEMENTS", (long) window.layout().elements());
            values.put(name + "_ELEMENT_BITS", (long) window.layout().elementBits());
            values.put(name + "_ELEMENTS_PER_BEAT", (long) window.layout().elementsPerBeat());
            values.put(name + "_SIGNED", scratchpad.signed() ? 1L : 0L);
            values.put(name + "_WRITABLE", scratchpad.writable() ? 1L : 0L);
        }
        values.put("IDENTIFIER", Integer.toUnsignedLong(Register.IDENTIFIER));
        values.put("MAP_VERSION", (long) Register.MAP_VERSION);
        values.put("HASH_LOW", Integer.toUnsignedLong(ConfigHash.of(config).lowWord()));
        values.put("HASH_HIGH", Integer.toUnsignedLong(ConfigHash.of(config).highWord()));
        values.put("ADDRESS_BITS", (long) map.addressBits());
        values.put("LANES", (long) config.lanes());
        values.put("COMMAND_WORDS", (long) CommandField.WORDS);
        return values;
    }

    private static void field(Map<String, Long> values, String name, int low, int bits) {
        values.put(name + "_LSB", (long) low);
        values.put(name + "_WIDTH", (long) bits);
        long mask = 0;
        for (int bit = low; bit < low + bits; bit++) {
            mask |= 1L << bit;
        }
        values.put(name + "_MASK", mask);
    }

    /** A C program prints what the compiler makes of the header. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "wide"})
    void theCHeaderCompilesAndAgrees(String name) throws IOException {
        AcceleratorConfig config = new ConfigReader().read(name);
        Files.writeString(folder.resolve("registers.h"), CHeader.of(config));
        StringBuilder program = new StringBuilder("#include \"registers.h\"\n#include \"registers.h\"\n")
                .append("#include <stdio.h>\n#if H2LEARN_LANES < 4u\n#error not for the preprocessor\n#endif\n")
                .append("int main(void) {\n");
        SortedMap<String, Long> expected = expected(config);
        expected.keySet()
                .forEach(macro -> program.append(
                        "    printf(\"" + macro + " %llu\\n\", (unsigned long long)(H2LEARN_" + macro + "));\n"));
        program.append("    printf(\"%s %s\\n\", H2LEARN_CONFIG_NAME, H2LEARN_GENERATOR_VERSION);\n    return 0;\n}\n");
        Files.writeString(folder.resolve("print.c"), program.toString());
        Tools.Result compiled = Tools.run(
                folder,
                List.of("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", "print", "print.c"));
        assertEquals(0, compiled.status(), compiled.output());
        StringBuilder lines = new StringBuilder();
        expected.forEach(
                (macro, value) -> lines.append(macro).append(' ').append(value).append('\n'));
        lines.append(name).append(' ').append(ToolVersions.current().h2learn()).append('\n');
        assertEquals(
                lines.toString(),
                Tools.run(folder, List.of(folder.resolve("print").toString())).output());
    }

    /** The lists put codes into words as the contract has them. */
    @Test
    void theListsOfTheCHeaderAgree() throws IOException {
        Files.writeString(folder.resolve("registers.h"), CHeader.of(new ConfigReader().read("tiny")));
        Files.writeString(
                folder.resolve("lists.c"),
                """
                #include "registers.h"
                #include <stdio.h>
                #define X(value, name, text) printf("%u %s %s\\n", value, name, text);
                int main(void) {
                    H2LEARN_ERROR_LIST(X) H2LEARN_OPCODE_LIST(X) H2LEARN_ENGINE_LIST(X)
                    H2LEARN_QUEUE_LIST(X) H2LEARN_QUEUE_STATE_LIST(X)
                    printf("%u %u\\n", H2LEARN_QUEUES, H2LEARN_ENGINES);
                    return 0;
                }
                """);
        StringBuilder expected = new StringBuilder();
        for (ErrorCode error : ErrorCode.values()) {
            expected.append(error.code() + " " + error + " " + error.meaning() + "\n");
        }
        for (Opcode opcode : Opcode.values()) {
            expected.append(opcode.code() + " " + opcode + " \n");
        }
        for (Engine engine : Engine.values()) {
            expected.append(engine.ordinal() + " " + engine + " " + engine.useful() + "\n");
        }
        for (CommandQueue queue : CommandQueue.values()) {
            expected.append(queue.ordinal() + " " + queue + " \n");
        }
        for (QueueState state : QueueState.values()) {
            expected.append(state.code() + " " + state + " " + state.verb() + "\n");
        }
        expected.append(CommandQueue.values().length + " " + Engine.values().length + "\n");
        List<String> compile =
                List.of("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", "lists", "lists.c");
        assertEquals("", Tools.run(folder, compile).output());
        assertEquals(
                expected.toString(),
                Tools.run(folder, List.of(folder.resolve("lists").toString())).output());
    }

    @Test
    void theCHeaderDefinesNothingTwiceAndNothingUnknown() {
        AcceleratorConfig config = new ConfigReader().read("base");
        Matcher define = Pattern.compile("(?m)^#define H2LEARN_(\\w+) (\\S+)").matcher(CHeader.of(config));
        SortedMap<String, String> defined = new TreeMap<>();
        while (define.find()) {
            assertEquals(null, defined.put(define.group(1), define.group(2)), define.group(1) + " is defined twice");
        }
        assertTrue(
                defined.keySet().containsAll(expected(config).keySet()),
                defined.keySet().toString());
        // beyond the contract, only sizes of the configuration
        defined.keySet().removeAll(expected(config).keySet());
        assertTrue(
                defined.keySet().stream().noneMatch(name -> name.matches("(REG|CMD|OP|ERR|MEM|ENGINE|COUNTER)_.*")),
                defined.keySet().toString());
    }

    @Test
    void theJsonAgrees() throws IOException {
        AcceleratorConfig config = new ConfigReader().read("base");
        JsonNode root = new ObjectMapper().readTree(RegisterMapJson.of(config));
        SortedMap<String, Long> found = new TreeMap<>();
        for (JsonNode register : root.get("registers")) {
            String name = "REG_" + register.get("name").asText();
            found.put(name + "_OFFSET", register.get("offset").asLong());
            if (register.get("count").asInt() > 1) {
                found.put(name + "_COUNT", register.get("count").asLong());
            }
            for (JsonNode field : register.get("fields")) {
                field(
                        found,
                        name + "_" + field.get("name").asText(),
                        field.get("lsb").asInt(),
                        field.get("width").asInt());
            }
        }
        for (JsonNode field : root.get("command").get("fields")) {
            String name = "CMD_" + field.get("name").asText();
            found.put(name + "_WORD", field.get("word").asLong());
            field(found, name, field.get("lsb").asInt(), field.get("width").asInt());
        }
        for (JsonNode opcode : root.get("opcodes")) {
            found.put("OP_" + opcode.get("name").asText(), opcode.get("code").asLong());
        }
        for (JsonNode error : root.get("errors")) {
            found.put("ERR_" + error.get("name").asText(), error.get("code").asLong());
        }
        for (JsonNode window : root.get("windows")) {
            String name = "MEM_" + window.get("name").asText();
            found.put(name + "_BASE", window.get("base").asLong());
            found.put(name + "_WORDS", window.get("words").asLong());
            found.put(name + "_ELEMENT_BITS", window.get("elementBits").asLong());
        }
        for (JsonNode engine : root.get("engines")) {
            for (JsonNode counter : engine.get("counters")) {
                found.put(
                        "COUNTER_" + engine.get("name").asText() + "_"
                                + counter.get("name").asText() + "_OFFSET",
                        counter.get("offset").asLong());
            }
        }
        SortedMap<String, Long> expected = expected(config);
        expected.keySet()
                .removeIf(name -> !name.matches("(REG|CMD|OP|ERR|COUNTER)_.*")
                        && !name.matches("MEM_.*_(BASE|WORDS|ELEMENT_BITS)"));
        assertEquals(expected, found);
    }

    @Test
    void theSystemRdlAgrees() {
        AcceleratorConfig config = new ConfigReader().read("base");
        String rdl = SystemRdl.of(config);
        SortedMap<String, String> found = new TreeMap<>();
        Matcher register = Pattern.compile("(?s)    reg \\{(.*?)\\n    \\} (\\w+)(\\[\\d+])? @ (0x\\w+)( \\+= 0x4)?;")
                .matcher(rdl);
        while (register.find()) {
            String array = register.group(3) == null ? "" : register.group(3);
            found.put(register.group(2), register.group(4) + array);
            Matcher field = Pattern.compile("\\} (\\w+)\\[(\\d+):(\\d+)\\];").matcher(register.group(1));
            while (field.find()) {
                found.put(register.group(2) + "." + field.group(1), field.group(2) + ":" + field.group(3));
            }
        }
        Matcher memory = Pattern.compile("(?s)mementries = (\\d+);.*?\\} (\\w+)_MEMORY @ (0x\\w+);")
                .matcher(rdl);
        while (memory.find()) {
            found.put(memory.group(2) + "_MEMORY", memory.group(3) + " " + memory.group(1));
        }
        SortedMap<String, String> expected = new TreeMap<>();
        for (Register each : Register.values()) {
            String array = each.count() > 1 ? "[" + each.count() + "]" : "";
            expected.put(
                    each.name(), "0x" + Integer.toHexString(each.offset()).toUpperCase(java.util.Locale.ROOT) + array);
            if (each.fields().isEmpty()) {
                expected.put(each.name() + ".VALUE", "31:0");
            }
            for (Register.Field field : each.fields()) {
                expected.put(each.name() + "." + field.name(), (field.low() + field.bits() - 1) + ":" + field.low());
            }
        }
        for (Scratchpad each : new MemoryMap(config).scratchpads()) {
            Window window = new MemoryMap(config).window(each);
            expected.put(
                    each.name() + "_MEMORY",
                    "0x" + Long.toHexString(window.base()).toUpperCase(java.util.Locale.ROOT) + " "
                            + (long) window.words() * window.layout().beats());
        }
        assertEquals(expected, found);
    }

    @Test
    void thePageNamesEverythingAndLoadsNothing() {
        AcceleratorConfig config = new ConfigReader().read("base");
        String page = RegisterMapHtml.of(config);
        for (Register register : Register.values()) {
            assertTrue(page.contains("<td class=\"n\">" + register.name()), register.name());
            register.fields()
                    .forEach(field ->
                            assertTrue(page.contains(register.name() + "." + field.name() + "</td>"), field.name()));
        }
        for (CommandField field : CommandField.values()) {
            assertTrue(page.contains("<td class=\"n\">" + field.name() + "</td>"), field.name());
        }
        MemoryMap map = new MemoryMap(config);
        for (Scratchpad scratchpad : map.scratchpads()) {
            assertTrue(
                    page.contains(String.format(
                            "<td class=\"n\">0x%X</td><td class=\"n\">%s</td>",
                            map.window(scratchpad).base(), scratchpad.name())),
                    scratchpad.name());
        }
        assertTrue(
                !page.contains("http") && !page.contains("<script") && !page.contains("<link"), "not self-contained");
    }
}
