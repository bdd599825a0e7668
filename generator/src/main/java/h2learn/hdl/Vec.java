package h2learn.hdl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import spinal.core.Data;

/** A fixed number of signals of one type, which a signal can index. */
public final class Vec<T extends Signal<T>> extends Signal<Vec<T>> implements Iterable<T> {
    private final spinal.core.Vec<Data> raw;
    private final Type<T> element;
    private final Type<Vec<T>> type;
    private final List<T> items = new ArrayList<>();

    private Vec(spinal.core.Vec<Data> raw, Type<T> element, Type<Vec<T>> type) {
        this.raw = raw;
        this.element = element;
        this.type = type;
        for (int i = 0; i < raw.length(); i++) {
            items.add(element.wrap(raw.apply(i)));
        }
    }

    static <T extends Signal<T>> Type<Vec<T>> type(Type<T> element, int size) {
        if (size < 1) {
            throw HdlException.here("a vector needs at least one element, not " + size);
        }
        return new Type<>() {
            @Override
            Vec<T> create() {
                List<Data> elements = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    elements.add(element.create().data());
                }
                return new Vec<>(
                        new spinal.core.Vec<>(
                                element.hard(), Interop.<Data>seq(elements).toVector()),
                        element,
                        this);
            }

            @Override
            @SuppressWarnings("unchecked")
            Vec<T> wrap(Data data) {
                return new Vec<>((spinal.core.Vec<Data>) data, element, this);
            }
        };
    }

    @Override
    spinal.core.Vec<Data> data() {
        return raw;
    }

    @Override
    public Type<Vec<T>> type() {
        return type;
    }

    public int size() {
        return items.size();
    }

    public T get(int index) {
        if (index < 0 || index >= items.size()) {
            throw HdlException.here("element " + index + " of a vector of " + items.size());
        }
        return items.get(index);
    }

    /**
     * The element that a signal selects; it can be assigned too, as a whole. The index must be exactly as wide as the
     * size needs: {@link UInt#bitsFor}.
     */
    public T get(UInt index) {
        if (index.width() != UInt.bitsFor(size())) {
            throw HdlException.here("an index of " + index.width() + " bits for a vector of " + size()
                    + " elements: it takes " + UInt.bitsFor(size()));
        }
        return size() == 1 ? items.get(0) : element.wrap(raw.apply(index.raw));
    }

    /** The elements, lowest index first. */
    public List<T> elements() {
        return Collections.unmodifiableList(items);
    }

    @Override
    public Iterator<T> iterator() {
        return elements().iterator();
    }
}
