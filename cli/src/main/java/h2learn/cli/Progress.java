package h2learn.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, or nothing. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 78;

    private final @Nullable ProgressBar bar;
    private final PrintWriter err;

    private Progress(@Nullable ProgressBar bar, PrintWriter err) {
        this.bar = bar;
        this.err = err;
    }

    /**
     * @param wanted whether there is one; as a rule {@link #terminal}
     * @param total how many steps make the whole
     */
    static Progress of(boolean wanted, PrintWriter err, String task, String unit, long total) {
        if (!wanted) {
            return new Progress(null, err);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(stream(err), WIDTH))
                .build();
        return new Progress(bar, err);
    }

    /** Whether standard error is a terminal: the launcher says so, since Java knows of standard output only. */
    static boolean terminal() {
        String told = System.getProperty("h2learn.terminal", "");
        return told.isEmpty() ? System.console() != null : told.equals("true");
    }

    void reach(long steps) {
        if (bar != null) {
            bar.stepTo(steps);
        }
    }

    /** Wipes the line, so that a result can be printed there; the next refresh draws the bar below it. */
    void makeWay() {
        if (bar != null) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }

    /** Ends the line, so that what is printed next does not land in it. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static PrintStream stream(PrintWriter writer) {
        OutputStream bytes = new OutputStream() {
            @Override
            public void write(int value) {
                writer.write(value);
            }

            @Override
            public void write(byte[] values, int from, int count) {
                writer.write(new String(values, from, count, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                writer.flush();
            }
        };
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
