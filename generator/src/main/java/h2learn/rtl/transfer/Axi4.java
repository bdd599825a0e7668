package h2learn.rtl.transfer;

import h2learn.contract.ErrorCode;
import h2learn.hdl.Bits;
import h2learn.hdl.Circuit;
import h2learn.hdl.UInt;

/** Constants of AXI4. */
final class Axi4 {
    /** Bursts that count up. */
    static final int INCR = 1;
    /** Normal memory, not cached, bufferable. */
    static final int BUFFERABLE = 3;

    static final int SLVERR = 2;
    static final int LENGTH_BITS = 8;

    /** Width of an {@link ErrorCode}. */
    static final int ERROR_BITS = 8;

    private Axi4() {}

    /** The {@link ErrorCode} of an answer; 0 for a good one. */
    static UInt errorCode(Bits response) {
        UInt bad = Circuit.mux(response.eq(SLVERR), code(ErrorCode.SLVERR), code(ErrorCode.DECERR));
        return Circuit.mux(response.bit(1), bad, code(ErrorCode.NONE));
    }

    static UInt code(ErrorCode error) {
        return UInt.lit(error.code(), ERROR_BITS);
    }
}
