package h2learn.cosim.report;

import java.util.Locale;

/** Of a cell; what it means always stands in it in words too. */
enum Colour {
    GREEN,
    YELLOW,
    RED,
    GREY,
    NONE;

    /** The class in the page's style sheet. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Colour of(boolean good) {
        return good ? GREEN : RED;
    }
}
