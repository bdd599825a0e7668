package h2learn.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** IDX files for tests. */
final class IdxFiles {
    private IdxFiles() {}

    /** A file of unsigned bytes: magic, sizes, elements. */
    static byte[] bytes(int[] sizes, byte... elements) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(0x0800 | sizes.length);
        for (int size : sizes) {
            data.writeInt(size);
        }
        data.write(elements);
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    /** Four files of a data set of 4x4 images: {@code train} and {@code test} of them, pixels counting up. */
    static void writeDataSet(Path folder, int train, int test, boolean gzipped) throws IOException {
        writePair(folder, "train", train, gzipped);
        writePair(folder, "t10k", test, gzipped);
    }

    private static void writePair(Path folder, String kind, int count, boolean gzipped) throws IOException {
        byte[] pixels = new byte[count * 16];
        byte[] labels = new byte[count];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (index * 7);
        }
        for (int index = 0; index < count; index++) {
            labels[index] = (byte) (index % 10);
        }
        write(folder, kind + "-images-idx3-ubyte", bytes(new int[] {count, 4, 4}, pixels), gzipped);
        write(folder, kind + "-labels-idx1-ubyte", bytes(new int[] {count}, labels), gzipped);
    }

    private static void write(Path folder, String name, byte[] bytes, boolean gzipped) throws IOException {
        Files.write(folder.resolve(gzipped ? name + ".gz" : name), gzipped ? gzip(bytes) : bytes);
    }
}
