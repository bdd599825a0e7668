package h2learn.cosim.simulation;

/** The slave answered SLVERR or DECERR at {@link #address}. The bus can be used further. */
public final class BusErrorException extends BatchException {
    private static final long serialVersionUID = 1L;

    BusErrorException(String message, NativeResult result) {
        super(message, result);
    }
}
