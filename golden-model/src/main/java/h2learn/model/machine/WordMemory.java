package h2learn.model.machine;

/** Words of equal elements; what was never written is 0. Reading and writing a word gives where its elements lie. */
final class WordMemory {
    final int[] data;
    private final Space space;
    private final int words;
    private final int elements;
    private AccessListener listener = AccessListener.NONE;

    WordMemory(Space space, int words, int elements) {
        this.space = space;
        this.words = words;
        this.elements = elements;
        data = new int[words * elements];
    }

    void listener(AccessListener heard) {
        listener = heard;
    }

    int words() {
        return words;
    }

    /** Index in {@link #data} of a word's first element. Throws {@link IndexOutOfBoundsException}. */
    int read(int word) {
        check(word);
        listener.read(space, word);
        return word * elements;
    }

    /** The same for a word that the caller changes. */
    int write(int word) {
        check(word);
        listener.write(space, word);
        return word * elements;
    }

    private void check(int word) {
        if (word < 0 || word >= words) {
            throw new IndexOutOfBoundsException(
                    "word " + word + " of " + space + " does not exist: it has " + words + " words");
        }
    }
}
