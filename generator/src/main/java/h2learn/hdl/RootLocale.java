package h2learn.hdl;

import java.util.Locale;

/**
 * The language-neutral locale as the program's default while at least one of these is open. SpinalHDL compares names
 * in lower case by the default locale: in Turkish, WAIT would not be VHDL's keyword wait, and the name another.
 */
final class RootLocale implements AutoCloseable {
    private static int open;
    private static Locale base = Locale.ROOT;
    private static Locale display = Locale.ROOT;
    private static Locale format = Locale.ROOT;

    RootLocale() {
        synchronized (RootLocale.class) {
            if (open++ == 0) {
                base = Locale.getDefault();
                display = Locale.getDefault(Locale.Category.DISPLAY);
                format = Locale.getDefault(Locale.Category.FORMAT);
                Locale.setDefault(Locale.ROOT);
            }
        }
    }

    @Override
    public void close() {
        synchronized (RootLocale.class) {
            if (--open == 0) {
                Locale.setDefault(base);
                Locale.setDefault(Locale.Category.DISPLAY, display);
                Locale.setDefault(Locale.Category.FORMAT, format);
            }
        }
    }
}
