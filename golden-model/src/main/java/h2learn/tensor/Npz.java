package h2learn.tensor;

import h2learn.config.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Reads and writes .npz files: zip archives of .npy files, each the array of its name. */
public final class Npz {
    /** Most arrays in a file. */
    public static final int MAXIMUM_ARRAYS = 4096;

    private static final String EXTENSION = ".npy";
    /** Fixed, so that the same arrays give the same bytes; the earliest that needs no extra field. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /**
     * Reads all arrays of a file, stored or deflated, by name (without {@code .npy}). Together they may have
     * {@link NpyArray#MAXIMUM_ELEMENTS} elements.
     *
     * @throws InvalidInputException naming the file and the array, when it is missing, damaged, too large or something
     *     else
     */
    public static SortedMap<String, NpyArray> read(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidInputException(file + ": no such file; give the path of a .npz file");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return read(zip, file);
        } catch (IOException | IllegalArgumentException e) {
            // ZipFile throws the latter where a name or a date in the archive makes no sense
            throw new InvalidInputException(
                    file + ": is no readable .npz file: " + e.getMessage() + "; save it again with numpy.savez");
        }
    }

    /**
     * Writes a file: arrays stored, in the order of their names, so that the same arrays always give the same bytes.
     *
     * @throws InvalidInputException when it cannot be written; the file is then as before
     */
    public static void write(Path file, SortedMap<String, NpyArray> arrays) {
        WholeFile.write(file, stream -> {
            ZipOutputStream zip = new ZipOutputStream(stream);
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Npy.write(bytes, array.getValue());
                CRC32 checksum = new CRC32();
                checksum.update(bytes.toByteArray());
                ZipEntry entry = new ZipEntry(array.getKey() + EXTENSION);
                entry.setTimeLocal(ENTRY_TIME);
                entry.setSize(bytes.size());
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                bytes.writeTo(zip);
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    private static SortedMap<String, NpyArray> read(ZipFile zip, Path file) throws IOException {
        if (zip.size() > MAXIMUM_ARRAYS) {
            throw new InvalidInputException(
                    file + ": holds " + zip.size() + " arrays, more than " + MAXIMUM_ARRAYS + "; split it");
        }
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        long elements = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            String where = file + ": " + name;
            if (!name.endsWith(EXTENSION)) {
                throw new InvalidInputException(where + ": is no array; a .npz file holds .npy files only");
            }
            NpyArray array = read(zip, entry, where);
            elements += array.size();
            if (elements > NpyArray.MAXIMUM_ELEMENTS) {
                throw new InvalidInputException(file + ": its arrays have more than " + NpyArray.MAXIMUM_ELEMENTS
                        + " elements together; split it");
            }
            if (arrays.put(name.substring(0, name.length() - EXTENSION.length()), array) != null) {
                throw new InvalidInputException(where + ": is there twice; keep one");
            }
        }
        return arrays;
    }

    private static NpyArray read(ZipFile zip, ZipEntry entry, String where) throws IOException {
        try (InputStream stream = zip.getInputStream(entry);
                CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(stream), new CRC32())) {
            NpyArray array = Npy.read(checked, where);
            if (entry.getCrc() != checked.getChecksum().getValue()) {
                throw new InvalidInputException(where + ": is damaged: its checksum differs; save it again");
            }
            return array;
        }
    }
}
