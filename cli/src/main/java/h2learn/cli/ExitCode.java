package h2learn.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the command's exit code means; every command's help ends with this list. */
final class ExitCode {
    static final int OK = 0;
    static final int DIFFERENCE = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL_ERROR = 3;

    private ExitCode() {}

    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("  " + OK, "done");
        meanings.put(
                "  " + DIFFERENCE,
                "Verilog and golden model differ, the accelerator failed, a case or self-test did not pass, or a bench"
                        + " missed its bound");
        meanings.put("  " + BAD_INPUT, "bad input, or a tool or file is missing: the message says what to change");
        meanings.put("  " + INTERNAL_ERROR, "internal error: please report it, with what --debug shows");
        meanings.put("130", "interrupted (143: told to end); no half-written output is left");
        return meanings;
    }
}
