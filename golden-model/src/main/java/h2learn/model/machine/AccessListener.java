package h2learn.model.machine;

/** Hears of every word that a {@link Machine} reads or writes while it runs a command. */
public interface AccessListener {
    /** Hears nothing. */
    AccessListener NONE = new AccessListener() {
        @Override
        public void read(Space space, long word) {}

        @Override
        public void write(Space space, long word) {}
    };

    void read(Space space, long word);

    void write(Space space, long word);
}
