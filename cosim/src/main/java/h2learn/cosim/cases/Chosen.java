package h2learn.cosim.cases;

/** The choices that were made before, on which later ones may depend. */
interface Chosen {
    /** The value of an earlier dimension; a dimension that was not drawn is a programming error. */
    <T> T get(Dimension<T> dimension);

    /** The number that was drawn from an earlier dimension's range. */
    int number(Dimension<Range> dimension);
}
