package h2learn.hdl;

import spinal.core.WhenContext;
import spinal.core.when$;

/** A conditional statement under construction: see {@link Hardware#when}. */
public final class When {
    private final WhenContext context;

    private When(WhenContext context) {
        this.context = context;
    }

    static When of(Bool condition, Runnable body) {
        return new When(when$.MODULE$.apply(condition.raw, Interop.unit(body), Interop.location()));
    }

    public When elseWhen(Bool condition, Runnable body) {
        return new When(context.elsewhen(condition.raw, Interop.unit(body), Interop.location()));
    }

    public void otherwise(Runnable body) {
        context.otherwise(Interop.unit(body));
    }
}
