package h2learn.cosim.coverage;

/**
 * One thing that a run may use.
 *
 * @param kind of it
 * @param module of the Verilog; all its instances count as one
 * @param line of the module's file
 * @param column of that line
 * @param name the bit of a toggle, for example {@code sum[3]}; of a branch which one it is; of a line its block
 */
public record CoveragePoint(Kind kind, String module, int line, int column, String name)
        implements Comparable<CoveragePoint> {
    /** What is counted. */
    public enum Kind {
        /** A block of statements is run. */
        LINE,
        /** A branch is taken. */
        BRANCH,
        /** A bit changes. */
        TOGGLE
    }

    /** The bit's number; 0 where the signal has one bit. */
    public int bit() {
        int open = name.lastIndexOf('[');
        return open < 0 || !name.endsWith("]") ? 0 : Integer.parseInt(name.substring(open + 1, name.length() - 1));
    }

    /** The name without the bit. */
    public String signal() {
        int open = name.lastIndexOf('[');
        return open < 0 || !name.endsWith("]") ? name : name.substring(0, open);
    }

    @Override
    public int compareTo(CoveragePoint other) {
        int byModule = module.compareTo(other.module);
        int byKind = byModule != 0 ? byModule : kind.compareTo(other.kind);
        int byLine = byKind != 0 ? byKind : Integer.compare(line, other.line);
        int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
        return byColumn != 0 ? byColumn : name.compareTo(other.name);
    }
}
