package h2learn.hdl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import spinal.core.BaseType;
import spinal.core.MaskedLiteral$;
import spinal.core.default$;
import spinal.core.is$;
import spinal.core.switch$;

/**
 * The cases of a {@link Hardware#switch_}. A key is a number, an enum value, a string of bits with {@code -} for "any",
 * or a constant signal.
 */
public final class Switch {
    private final Signal<?> selector;

    private Switch(Signal<?> selector) {
        this.selector = selector;
    }

    static void of(Signal<?> selector, Consumer<Switch> cases) {
        Switch statement = new Switch(selector);
        switch$.MODULE$.apply(
                (BaseType) selector.data(),
                false,
                true,
                Interop.unit(() -> cases.accept(statement)),
                Interop.location());
    }

    public Switch is(Object key, Runnable body) {
        is$.MODULE$.apply(translate(key), Interop.seq(), Interop.unit(body));
        return this;
    }

    /** One body for several keys. */
    public Switch isAny(List<?> keys, Runnable body) {
        List<Object> translated = new ArrayList<>();
        keys.forEach(key -> translated.add(translate(key)));
        is$.MODULE$.list(Interop.<Object>seq(translated).iterator(), Interop.unit(body));
        return this;
    }

    /** The body for all other values; it ends the switch. */
    public void otherwise(Runnable body) {
        default$.MODULE$.apply(Interop.unit(body));
    }

    private Object translate(Object key) {
        if (key instanceof Enum<?> value && selector instanceof EnumSig<?> signal) {
            return signal.type.element(value);
        }
        if (key instanceof Signal<?> constant) {
            return constant.data();
        }
        if (key instanceof Integer || key instanceof Long) {
            return scala.math.BigInt.apply(((Number) key).longValue());
        }
        if (key instanceof String mask) {
            return MaskedLiteral$.MODULE$.apply(mask);
        }
        throw HdlException.here("cannot switch " + selector + " on " + key);
    }
}
