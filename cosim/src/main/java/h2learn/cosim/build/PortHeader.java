package h2learn.cosim.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the ports of a top module in the header that Verilator wrote for it. */
final class PortHeader {
    private static final Pattern PORT =
            Pattern.compile("VL_(INOUT|IN|OUT)(?:8|16|64|W)?\\(&(\\w+),\\s*(\\d+),\\s*(\\d+)(?:,\\s*\\d+)?\\)");
    private static final String RESERVED = "__SYM__";
    private static final Pattern ENCODED = Pattern.compile("__0([0-9A-F]{2})");

    private PortHeader() {}

    /** One line {@code H2_PORT(member, "name", width, direction)} a port. */
    static String macroLines(String header) {
        StringBuilder lines = new StringBuilder();
        Matcher m = PORT.matcher(header);
        while (m.find()) {
            int width = Integer.parseInt(m.group(3)) - Integer.parseInt(m.group(4)) + 1;
            String direction =
                    switch (m.group(1)) {
                        case "IN" -> "H2_INPUT";
                        case "OUT" -> "H2_OUTPUT";
                        default -> "H2_INOUT";
                    };
            lines.append("H2_PORT(%s, \"%s\", %d, %s)\n".formatted(m.group(2), decode(m.group(2)), width, direction));
        }
        return lines.toString();
    }

    /**
     * Verilator writes what C++ does not allow in a name, and double underscores, as {@code __0} and two hex digits, and
     * puts {@code __SYM__} before the words of C++ and some more, for example {@code interrupt}.
     */
    private static String decode(String member) {
        String name = member.startsWith(RESERVED) ? member.substring(RESERVED.length()) : member;
        return ENCODED.matcher(name)
                .replaceAll(r -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(r.group(1), 16))));
    }
}
