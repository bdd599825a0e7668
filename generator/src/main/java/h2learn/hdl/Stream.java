package h2learn.hdl;

import spinal.core.Data;

/**
 * A handshake: a payload is passed on in each cycle in which both {@code valid}, set by the sender, and {@code ready},
 * set by the receiver, are true.
 */
public final class Stream<T extends Signal<T>> extends Signal<Stream<T>> {
    private final spinal.lib.Stream<Data> raw;
    private final Type<T> payloadType;
    private final Type<Stream<T>> type;
    public final Bool valid;
    public final Bool ready;
    public final T payload;

    private Stream(spinal.lib.Stream<Data> raw, Type<T> payloadType, Type<Stream<T>> type) {
        this.raw = raw;
        this.payloadType = payloadType;
        this.type = type;
        this.valid = new Bool(raw.valid());
        this.ready = new Bool(raw.ready());
        this.payload = payloadType.wrap(raw.payload());
    }

    /** The type of streams with a given payload. */
    public static <T extends Signal<T>> Type<Stream<T>> type(Type<T> payload) {
        return new Type<>() {
            @Override
            Stream<T> create() {
                return new Stream<>(new spinal.lib.Stream<>(payload.hard()), payload, this);
            }

            @Override
            @SuppressWarnings("unchecked")
            Stream<T> wrap(Data data) {
                return new Stream<>((spinal.lib.Stream<Data>) data, payload, this);
            }
        };
    }

    /** A port that sends. */
    public static <T extends Signal<T>> Stream<T> master(Type<T> payload) {
        Stream<T> stream = Hardware.wire(type(payload));
        spinal.lib.master$.MODULE$.apply(stream.raw);
        return stream;
    }

    /** A port that receives. */
    public static <T extends Signal<T>> Stream<T> slave(Type<T> payload) {
        Stream<T> stream = Hardware.wire(type(payload));
        spinal.lib.slave$.MODULE$.apply(stream.raw);
        return stream;
    }

    @Override
    spinal.lib.Stream<Data> data() {
        return raw;
    }

    @Override
    public Type<Stream<T>> type() {
        return type;
    }

    /** True in the cycles in which a payload is passed on. */
    public Bool fire() {
        return new Bool(raw.fire());
    }

    /** Sends everything into {@code sink}. */
    public void to(Stream<T> sink) {
        sink.raw.$less$less(raw);
    }

    /** Behind a register in the direction of valid and payload: one cycle later, full throughput. */
    public Stream<T> m2sPipe() {
        return wrap(raw.m2sPipe(
                raw.m2sPipe$default$1(),
                raw.m2sPipe$default$2(),
                raw.m2sPipe$default$3(),
                raw.m2sPipe$default$4(),
                raw.m2sPipe$default$5(),
                () -> null));
    }

    /** Behind a register in the direction of ready: no added delay, full throughput. */
    public Stream<T> s2mPipe() {
        return wrap(raw.s2mPipe(raw.s2mPipe$default$1(), raw.s2mPipe$default$2(), raw.s2mPipe$default$3()));
    }

    /** Stops while the condition holds; nothing is lost. */
    public Stream<T> haltWhen(Bool condition) {
        return wrap(raw.haltWhen(condition.raw));
    }

    /** Takes and drops what comes while the condition holds. */
    public Stream<T> throwWhen(Bool condition) {
        return wrap(raw.throwWhen(condition.raw));
    }

    /**
     * Behind a first-in first-out queue of {@code depth} payloads, two cycles later. With fewer than three places it
     * cannot pass on a payload in every cycle.
     */
    public Stream<T> queue(int depth) {
        return wrap(raw.queue(depth, raw.queue$default$2(), raw.queue$default$3()));
    }

    private Stream<T> wrap(spinal.lib.Stream<Data> stream) {
        return new Stream<>(stream, payloadType, type);
    }
}
