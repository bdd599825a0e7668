package h2learn.cosim.regress;

import h2learn.config.Document;
import h2learn.config.DocumentReader;
import h2learn.cosim.cases.Case.Edit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A YAML file whose key {@code edits} lists edits of the Verilog as a case's file does: a bug to plant in every case. */
public final class EditsFile {
    private EditsFile() {}

    /** @throws h2learn.config.InvalidInputException with all of the file's problems */
    public static List<Edit> read(Path file) {
        Document document = new DocumentReader("edits").read(file.toString());
        document.throwIfRefused(file.toString());
        List<Edit> edits = new ArrayList<>();
        for (int index = 0; index < document.size("edits"); index++) {
            String path = "edits[" + index + "].";
            edits.add(new Edit(
                    document.text(path + "module", ""),
                    document.text(path + "find", ""),
                    document.text(path + "replace", "")));
        }
        return edits;
    }
}
