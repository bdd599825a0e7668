package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.config.ConfigHash;
import h2learn.contract.CommandField;
import h2learn.contract.Engine;
import h2learn.contract.ErrorCode;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Opcode;
import h2learn.contract.Register;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The register map as one self-contained page. */
final class RegisterMapHtml {
    private static final String STYLE =
            """
            body { font: 15px/1.5 sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em; color: #222; }
            table { border-collapse: collapse; width: 100%; margin-bottom: 2em; }
            th, td { border: 1px solid #ccc; padding: .25em .6em; text-align: left; vertical-align: top; }
            th { background: #eef2f6; }
            td.n { font-family: monospace; white-space: nowrap; }
            tr.field td { background: #fafafa; }
            """;

    private final StringBuilder text = new StringBuilder();

    private RegisterMapHtml() {}

    static String of(AcceleratorConfig config) {
        MemoryMap map = new MemoryMap(config);
        RegisterMapHtml page = new RegisterMapHtml();
        String title = "h2learn " + config.name() + ": register map";
        page.line("<!DOCTYPE html>");
        page.line("<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title) + "</title>");
        page.line("<style>\n" + STYLE + "</style></head><body>");
        page.line("<h1>" + escaped(title) + "</h1>");
        page.line("<p>" + escaped(config.description()) + "</p>");
        page.line("<p>Hash " + ConfigHash.of(config) + ", register map version " + Register.MAP_VERSION + ", h2learn "
                + ToolVersions.current().h2learn() + ". AXI4-Lite, 32 data bits, " + map.addressBits()
                + " address bits. Addresses are bytes.</p>");
        page.registers();
        page.counters();
        page.commands();
        page.codes();
        page.windows(map);
        page.line("</body></html>");
        return page.text.toString();
    }

    private void registers() {
        table("Registers", "Address", "Name", "Bits", "Access", "Meaning");
        for (Register register : Register.values()) {
            boolean array = register.count() > 1;
            row(
                    "",
                    hex(register.offset()) + (array ? " to " + hex(register.offset(register.count() - 1)) : ""),
                    register.name() + (array ? "[" + register.count() + "]" : ""),
                    "31..0",
                    RegisterMap.access(register),
                    register.meaning());
            for (Register.Field field : register.fields()) {
                row(
                        " class=\"field\"",
                        "",
                        register.name() + "." + field.name(),
                        range(field.low(), field.bits()),
                        "",
                        field.meaning());
            }
        }
        line("</table>");
    }

    private void counters() {
        table("Performance counters, 64 bits, low word first", "Address", "Engine", "Counter", "Counts");
        for (Engine engine : Engine.values()) {
            for (Counter counter : Counter.values()) {
                row("", hex(counter.offset(engine)), engine.name(), counter.name(), counter.meaning(engine));
            }
        }
        line("</table>");
    }

    private void commands() {
        table("Fields of a command, " + CommandField.WORDS + " words", "Word", "Bits", "Name", "Meaning");
        for (CommandField field : CommandField.values()) {
            row("", String.valueOf(field.word()), range(field.low(), field.bits()), field.name(), field.meaning());
        }
        line("</table>");
    }

    private void codes() {
        table("Opcodes", "Code", "Name", "Engine");
        for (Opcode opcode : Opcode.values()) {
            String engine = opcode == Opcode.FENCE ? "none" : Engine.of(opcode).name();
            row("", String.valueOf(opcode.code()), opcode.name(), engine);
        }
        line("</table>");
        table("Error codes", "Code", "Name", "Meaning");
        for (ErrorCode error : ErrorCode.values()) {
            row("", String.valueOf(error.code()), error.name(), error.meaning());
        }
        line("</table>");
    }

    private void windows(MemoryMap map) {
        table("Memory windows", "Base", "Name", "Bytes", "Words", "Word", "Access", "Meaning");
        for (Window window : RegisterMap.windows(map)) {
            String word = window.layout().elements() + " x " + window.layout().elementBits() + " bits in "
                    + window.layout().beats() + " beats";
            row(
                    "",
                    hex(window.base()),
                    window.scratchpad().name(),
                    hex(window.bytes()),
                    String.valueOf(window.words()),
                    word,
                    RegisterMap.access(window.scratchpad()),
                    window.scratchpad().meaning());
        }
        line("</table>");
    }

    private void table(String title, String... columns) {
        line("<h2>" + escaped(title) + "</h2>");
        line("<table>");
        line(Arrays.stream(columns)
                .map(column -> "<th>" + escaped(column) + "</th>")
                .collect(Collectors.joining("", "<tr>", "</tr>")));
    }

    /** The last cell is prose, the others are set in a fixed pitch. */
    private void row(String attribute, String... cells) {
        StringBuilder row = new StringBuilder("<tr" + attribute + ">");
        for (int i = 0; i < cells.length; i++) {
            row.append(i < cells.length - 1 ? "<td class=\"n\">" : "<td>")
                    .append(escaped(cells[i]))
                    .append("</td>");
        }
        line(row + "</tr>");
    }

    private static String range(int low, int bits) {
        return bits == 1 ? String.valueOf(low) : (low + bits - 1) + ".." + low;
    }

    private static String hex(long value) {
        return String.format(Locale.ROOT, "0x%X", value);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
