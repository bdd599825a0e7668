package h2learn.cli;

import h2learn.contract.Engine;
import h2learn.host.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The accelerator's counters, one engine a line. */
final class CounterTable {
    private static final String FORMAT = "%-16s %14s %14s %14s %14s";

    private CounterTable() {}

    static List<String> of(Map<Engine, Driver.Counters> counters) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, FORMAT, "engine", "busy cycles", "useful", "items", "skipped"));
        for (Map.Entry<Engine, Driver.Counters> entry : counters.entrySet()) {
            Driver.Counters own = entry.getValue();
            lines.add(String.format(
                    Locale.ROOT,
                    FORMAT,
                    entry.getKey().name().toLowerCase(Locale.ROOT),
                    own.busy(),
                    own.useful(),
                    own.items(),
                    own.skipped()));
        }
        return lines;
    }

    /** Sums, for runs one after the other. */
    static void add(Map<Engine, Driver.Counters> sums, Map<Engine, Driver.Counters> more) {
        more.forEach((engine, own) -> sums.merge(
                engine,
                own,
                (a, b) -> new Driver.Counters(
                        a.busy() + b.busy(),
                        a.useful() + b.useful(),
                        a.items() + b.items(),
                        a.skipped() + b.skipped())));
    }
}
