package h2learn.hdl;

import spinal.core.*;

/** valid/ready handshake, wrapping spinal.lib.Stream. */
public final class Stream<T extends Signal<T>> extends Signal<Stream<T>> {
  public static <T extends Signal<T>> Type<Stream<T>> type(Type<T> p) {
    return new Type<Stream<T>>() {
      public Stream<T> create() { return new Stream<>(new spinal.lib.Stream<Data>(p.<Data>hard()), p, this); }
      @SuppressWarnings("unchecked") public Stream<T> wrap(Data d) { return new Stream<>((spinal.lib.Stream<Data>) d, p, this); }
    };
  }
  private final spinal.lib.Stream<Data> raw; private final Type<T> p; private final Type<Stream<T>> type;
  public final Bool valid, ready; public final T payload;
  Stream(spinal.lib.Stream<Data> raw, Type<T> p, Type<Stream<T>> type) {
    this.raw = raw; this.p = p; this.type = type;
    valid = new Bool(raw.valid()); ready = new Bool(raw.ready()); payload = p.wrap(raw.payload());
  }
  @Override public spinal.lib.Stream<Data> spinal() { return raw; }
  @Override public Type<Stream<T>> type() { return type; }
  public static <T extends Signal<T>> Stream<T> master(Type<T> p) { Stream<T> s = type(p).create(); spinal.lib.master$.MODULE$.apply(s.raw); return s; }
  public static <T extends Signal<T>> Stream<T> slave(Type<T> p) { Stream<T> s = type(p).create(); spinal.lib.slave$.MODULE$.apply(s.raw); return s; }
  private Stream<T> w(spinal.lib.Stream<Data> s) { return new Stream<>(s, p, type); }
  public Bool fire() { return new Bool(raw.fire()); }
  /** this drives sink. */
  public void to(Stream<T> sink) { sink.raw.$less$less(raw); }
  public Stream<T> m2sPipe() { return w(raw.m2sPipe(raw.m2sPipe$default$1(), raw.m2sPipe$default$2(), raw.m2sPipe$default$3(), raw.m2sPipe$default$4(), raw.m2sPipe$default$5(), () -> (Data) null)); }
  public Stream<T> s2mPipe() { return w(raw.s2mPipe(raw.s2mPipe$default$1(), raw.s2mPipe$default$2(), raw.s2mPipe$default$3())); }
  public Stream<T> haltWhen(Bool c) { return w(raw.haltWhen(c.raw)); }
  public Stream<T> throwWhen(Bool c) { return w(raw.throwWhen(c.raw)); }
  public Stream<T> queue(int depth) { return w(raw.queue(depth, raw.queue$default$2(), raw.queue$default$3())); }
}
