package h2learn.hdl;
import spinal.core.*;
public final class When {
  private final WhenContext ctx;
  private When(WhenContext c) { ctx = c; }
  static When of(Bool c, Runnable body) { return new When(when$.MODULE$.apply(c.raw, Sc.unit(body), Sc.loc())); }
  public When elseWhen(Bool c, Runnable body) { return new When(ctx.elsewhen(c.raw, Sc.unit(body), Sc.loc())); }
  public void otherwise(Runnable body) { ctx.otherwise(Sc.unit(body)); }
}
