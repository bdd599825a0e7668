package h2learn.cosim.cases;

import java.util.List;
import java.util.stream.Stream;

/** All that drawn cases differ in by name; what has no name (sizes within a range, real numbers) is drawn as well. */
public final class Dimensions {
    private static final List<Dimension<?>> ALL = Stream.of(
                    AcceleratorDimensions.ALL, RunDimensions.ALL, NetworkDimensions.ALL)
            .flatMap(List::stream)
            .toList();

    private Dimensions() {}

    /** In the order in which they are drawn. */
    public static List<Dimension<?>> all() {
        return ALL;
    }
}
