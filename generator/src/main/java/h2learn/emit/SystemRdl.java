package h2learn.emit;

import h2learn.config.AcceleratorConfig;
import h2learn.contract.MemoryMap;
import h2learn.contract.MemoryMap.Window;
import h2learn.contract.Register;
import java.util.List;
import java.util.Locale;

/** The register map in SystemRDL 2.0: an address map of registers and external memories. */
final class SystemRdl {
    private final StringBuilder text = new StringBuilder();

    private SystemRdl() {}

    static String of(AcceleratorConfig config) {
        SystemRdl writer = new SystemRdl();
        AcceleratorVerilog.header(config).forEach(line -> writer.line("// " + line));
        writer.line("addrmap h2learn_" + Product.identifier(config) + " {");
        writer.line("    name = \"h2learn " + config.name() + "\";");
        writer.line("    desc = " + quoted(config.description()) + ";");
        writer.line("    default regwidth = 32;");
        for (Register register : Register.values()) {
            writer.register(register);
        }
        for (Window window : RegisterMap.windows(new MemoryMap(config))) {
            writer.window(window);
        }
        writer.line("};");
        return writer.text.toString();
    }

    private void register(Register register) {
        List<Register.Field> fields = register.fields().isEmpty()
                ? List.of(new Register.Field("VALUE", 0, 32, register.meaning()))
                : register.fields();
        line("");
        line("    reg {");
        line("        desc = " + quoted(register.meaning()) + ";");
        for (Register.Field field : fields) {
            line("        field { desc = " + quoted(field.meaning()) + "; " + access(register) + " } " + field.name()
                    + "[" + (field.low() + field.bits() - 1) + ":" + field.low() + "];");
        }
        String array = register.count() == 1 ? "" : "[" + register.count() + "]";
        String stride = register.count() == 1 ? "" : " += 0x4";
        line("    } " + register.name() + array + " @ " + hex(register.offset()) + stride + ";");
    }

    /** SystemRDL's words are beats here: it knows no word that is wider than an access. */
    private void window(Window window) {
        long beats = (long) window.words() * window.layout().beats();
        line("");
        line("    external mem {");
        line("        desc = "
                + quoted(window.scratchpad().meaning() + "; " + window.layout().beats() + " beats of 32 bits a word")
                + ";");
        line("        mementries = " + beats + ";");
        line("        memwidth = 32;");
        line("        sw = " + (window.scratchpad().writable() ? "rw" : "r") + ";");
        line("    } " + window.scratchpad().name() + "_MEMORY @ " + hex(window.base()) + ";");
    }

    private static String access(Register register) {
        if (register == Register.INTERRUPT_PENDING) {
            return "sw = rw; hw = rw; woclr;";
        }
        return switch (register.access()) {
            case READ -> "sw = r; hw = w;";
            case WRITE -> "sw = w; hw = r;";
            case READ_WRITE -> "sw = rw; hw = r;";
        };
    }

    private static String quoted(String words) {
        return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String hex(long value) {
        return String.format(Locale.ROOT, "0x%X", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
