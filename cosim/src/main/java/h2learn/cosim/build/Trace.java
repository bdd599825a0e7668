package h2learn.cosim.build;

import java.util.List;

/** The wave format compiled into a model. A model with one is slower to build and a little slower to run. */
public enum Trace {
    NONE(),
    VCD("--trace"),
    /** Compressed; needs zlib's header. */
    FST("--trace-fst");

    private final List<String> flags;

    Trace(String... flags) {
        this.flags = List.of(flags);
    }

    List<String> flags() {
        return flags;
    }
}
