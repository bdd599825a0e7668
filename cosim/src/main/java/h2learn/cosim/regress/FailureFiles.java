package h2learn.cosim.regress;

import h2learn.config.InvalidInputException;
import h2learn.config.IoReason;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.CaseDraw;
import h2learn.cosim.cases.CaseFile;
import h2learn.cosim.cases.CaseRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Leaves the file of a case whose worker could not do it: it crashed, or had to be ended. */
public final class FailureFiles {
    private final Path folder;
    private final List<Edit> edits;

    /**
     * @param folder that gets a folder of the case's name
     * @param edits that are made in every case
     */
    public FailureFiles(Path folder, List<Edit> edits) {
        this.folder = folder;
        this.edits = edits;
    }

    /** Does nothing for a case that passed, or whose file is there. */
    public void keep(CaseReport report) {
        Path place = folder.resolve(report.id().toString());
        Path file = place.resolve(CaseRun.FILE);
        if (report.passed() || report.values().isEmpty() || Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new InvalidInputException(place + ": cannot be made: " + IoReason.of(e));
        }
        CaseFile.write(file, CaseDraw.of(report.id()).of().withEdits(edits));
    }
}
