package h2learn.cosim.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A file that ends in a mark and the checksum of all before it. The loader of libraries ignores what follows them. */
final class SealedFile {
    private static final byte[] MARK = "H2LEARN1".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    private SealedFile() {}

    /** Adds the seal, and makes sure that the contents reach the disk before the file's new name does. */
    static void seal(Path file) throws IOException {
        byte[] digest = sha256().digest(Files.readAllBytes(file));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(new ByteBuffer[] {ByteBuffer.wrap(MARK), ByteBuffer.wrap(digest)});
            channel.force(true);
        }
    }

    static boolean isIntact(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length - MARK.length - DIGEST_BYTES;
        if (length < 0 || !Arrays.equals(bytes, length, length + MARK.length, MARK, 0, MARK.length)) {
            return false;
        }
        MessageDigest digest = sha256();
        digest.update(bytes, 0, length);
        return Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, length + MARK.length, bytes.length));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
