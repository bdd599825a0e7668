package h2learn.cosim.regress;

import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.cosim.cases.Case.Edit;
import h2learn.cosim.cases.CaseFile;
import java.nio.file.Path;
import java.util.List;

/** A YAML file whose key {@code edits} lists edits of the Verilog as a case's file does: a bug to plant in every case. */
public final class EditsFile {
    private EditsFile() {}

    /** @throws h2learn.config.InvalidInputException with all of the file's problems */
    public static List<Edit> read(Path file) {
        Document document = new DocumentReader("edits").read(file.toString());
        document.throwIfRefused(file.toString());
        return CaseFile.edits(document);
    }
}
