package h2learn.cli;

import h2learn.model.Parameters;
import h2learn.model.train.TrainingEngine;
import java.nio.file.Path;
import java.util.List;

/** An engine being trained, with what only its kind can tell. */
interface EngineRun extends AutoCloseable {
    TrainingEngine engine();

    /** The weights as real numbers. */
    Parameters weights();

    /** Writes every tensor of the last minibatch. */
    void dump(Path folder);

    /** Lines about how it works, to be printed before it. */
    default List<String> description() {
        return List.of();
    }

    /** Lines about the whole run, to be printed after it. */
    List<String> summary();

    @Override
    void close();
}
