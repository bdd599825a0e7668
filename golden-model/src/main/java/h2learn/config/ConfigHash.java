package h2learn.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * What identifies a config in the ID registers, the C header and the manifest: the first 8 bytes of SHA-256 over all
 * components but the description, in declaration order.
 *
 * @param bits the 8 bytes, the first in the highest place
 */
public record ConfigHash(long bits) {
    public static ConfigHash of(AcceleratorConfig config) {
        ObjectNode canonical = ConfigWriter.tree(config);
        canonical.remove("description");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
            return new ConfigHash(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Bits 63..32, as a 32-bit register holds them. */
    public int highWord() {
        return (int) (bits >>> 32);
    }

    /** Bits 31..0, as a 32-bit register holds them. */
    public int lowWord() {
        return (int) bits;
    }

    /** 16 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x", bits);
    }
}
