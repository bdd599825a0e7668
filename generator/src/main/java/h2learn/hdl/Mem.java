package h2learn.hdl;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import spinal.core.Data;
import spinal.core.Mem$;
import spinal.core.ReadUnderWritePolicy;
import spinal.core.dontCare$;
import spinal.core.readFirst$;

/**
 * A memory of equal words. Each read or write call makes one port. A synchronous read gives the word one cycle later;
 * unless it is a {@code ReadFirst}, a read of a word that is being written in the same cycle gives an undefined value.
 */
public final class Mem<T extends Signal<T>> {
    private final spinal.core.Mem<Data> raw;
    private final Type<T> type;
    private final int words;

    Mem(Type<T> type, int words) {
        Elaboration.require();
        if (words < 1) {
            throw HdlException.here("a memory needs at least one word, not " + words);
        }
        this.type = type;
        this.words = words;
        this.raw = Mem$.MODULE$.apply(type.hard(), words);
    }

    spinal.core.Mem<Data> raw() {
        return raw;
    }

    public int words() {
        return words;
    }

    /** The width that every port's address must have. */
    public int addressWidth() {
        return UInt.bitsFor(words);
    }

    /** The word in the same cycle. */
    public T readAsync(UInt address) {
        return type.wrap(raw.readAsync(checked(address), dontCare$.MODULE$));
    }

    /** The word one cycle later. */
    public T readSync(UInt address) {
        return readSync(address, null, dontCare$.MODULE$);
    }

    /** The word one cycle after {@code enable}; it stays until the next enabled read. */
    public T readSync(UInt address, Bool enable) {
        return readSync(address, enable, dontCare$.MODULE$);
    }

    /** As {@link #readSync(UInt, Bool)}; during a write to the same word the old value is read. */
    public T readSyncReadFirst(UInt address, Bool enable) {
        return readSync(address, enable, readFirst$.MODULE$);
    }

    private T readSync(UInt address, @Nullable Bool enable, ReadUnderWritePolicy policy) {
        return type.wrap(raw.readSync(checked(address), enable == null ? null : enable.raw, policy, false));
    }

    /** Writes in each cycle in which the enclosing {@code when} conditions hold. */
    public void write(UInt address, T word) {
        raw.write(checked(address), word.data(), null, null);
    }

    public void write(UInt address, T word, Bool enable) {
        raw.write(checked(address), word.data(), enable.raw, null);
    }

    /** Writes the parts of the word whose mask bit is 1; the parts are equal, the first is the lowest. */
    public void write(UInt address, T word, Bool enable, Bits mask) {
        if (type.width() % mask.width() != 0) {
            throw HdlException.here(
                    "a mask of " + mask.width() + " bits does not divide words of " + type.width() + " bits");
        }
        raw.write(checked(address), word.data(), enable.raw, mask.raw);
    }

    /** One port that either writes or reads; the read word comes one cycle later. */
    public T readWriteSync(UInt address, T word, Bool enable, Bool write) {
        return type.wrap(raw.readWriteSync(
                checked(address),
                word.data(),
                enable.raw,
                write.raw,
                null,
                dontCare$.MODULE$,
                false,
                dontCare$.MODULE$));
    }

    /** The contents at power-up, one unsigned number a word. */
    public Mem<T> init(List<BigInteger> contents) {
        if (contents.size() != words) {
            throw HdlException.here(contents.size() + " initial values for " + words + " words");
        }
        raw.initBigInt(Interop.seq(contents.stream().map(Interop::big).toList()), false);
        return this;
    }

    /** Adds a Verilog attribute, such as {@code ram_style}. */
    public Mem<T> attribute(String name, String value) {
        raw.addAttribute(name, value);
        return this;
    }

    /** Gives a fixed name, which wins over a field's. */
    public Mem<T> named(String name) {
        raw.setName(Names.legal(name));
        return this;
    }

    private spinal.core.UInt checked(UInt address) {
        if (address.width() != addressWidth()) {
            throw HdlException.here("an address of " + address.width() + " bits for a memory of " + words
                    + " words: it takes " + addressWidth());
        }
        return address.raw;
    }
}
