package h2learn.cosim.build;

import java.util.Collection;
import java.util.TreeSet;

/**
 * A variable that a simulation reads by the back door, in every instance of a module. Only such variables can be found
 * at run time, as making all of them public costs two thirds of the speed.
 *
 * @param module the module's name in the Verilog, not an instance
 * @param variable a register or a memory with one unpacked dimension
 */
public record BackdoorVariable(String module, String variable) {
    public BackdoorVariable {
        if (!module.matches("\\w+") || !variable.matches("\\w+")) {
            throw new IllegalArgumentException("not plain Verilog names: " + module + "." + variable);
        }
    }

    /** The lines of a Verilator configuration file (without its first one), sorted; empty for no variables. */
    public static String lines(Collection<BackdoorVariable> variables) {
        TreeSet<String> lines = new TreeSet<>();
        for (BackdoorVariable v : variables) {
            lines.add("public_flat_rd -module \"" + v.module + "\" -var \"" + v.variable + "\"\n");
        }
        return String.join("", lines);
    }
}
