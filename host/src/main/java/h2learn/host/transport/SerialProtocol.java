package h2learn.host.transport;

/**
 * The bytes between a host and a bridge from a serial line to the accelerator's two buses; docs/13-driver.md describes
 * them. Both directions begin with a byte of their own and end with a CRC, so that either side finds the beginning again.
 */
final class SerialProtocol {
    /** First byte of a request. */
    static final int REQUEST = 0xA5;
    /** First byte of an answer. */
    static final int ANSWER = 0x5A;

    static final int READ_REGISTERS = 0;
    static final int WRITE_REGISTERS = 1;
    static final int READ_MEMORY = 2;
    static final int WRITE_MEMORY = 3;

    static final int DONE = 0;
    static final int BAD_REQUEST = 1;
    static final int SLAVE_ERROR = 2;
    static final int NO_SUCH_ADDRESS = 3;
    static final int NO_ANSWER = 4;

    /** Most words of a request. */
    static final int MAXIMUM_WORDS = 256;

    private static final int POLYNOMIAL = 0x1021;
    private static final int CRC_START = 0xFFFF;

    private SerialProtocol() {}

    /** CRC-16-CCITT (0x1021, begins with 0xFFFF, highest bit first) of the first {@code count} bytes. */
    static int crc(byte[] bytes, int count) {
        int crc = CRC_START;
        for (int index = 0; index < count; index++) {
            crc ^= (bytes[index] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            crc &= 0xFFFF;
        }
        return crc;
    }

    /** What an answer's status means, for people. */
    static String meaning(int status) {
        return switch (status) {
            case DONE -> "done";
            case BAD_REQUEST -> "the bridge did not understand the request";
            case SLAVE_ERROR -> "the bus answered SLVERR";
            case NO_SUCH_ADDRESS -> "the bus answered DECERR: nothing lies at that address";
            case NO_ANSWER -> "the bus did not answer";
            default -> "the bridge answered with the unknown status " + status;
        };
    }
}
