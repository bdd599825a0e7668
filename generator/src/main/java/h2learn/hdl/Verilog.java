package h2learn.hdl;
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.function.Supplier;
import spinal.core.*;
import spinal.core.internals.SpinalVerilogBoot$;

/** Elaboration and Verilog emission. Deterministic, quiet defaults. */
public final class Verilog {
  private final Map<String, Object> set = new LinkedHashMap<>();
  private boolean verbose;
  private Verilog() {
    set.put("mode", Verilog$.MODULE$);
    set.put("headerWithDate", false);
    set.put("headerWithRepoHash", false);   // would run `git rev-parse HEAD`
    set.put("nameWhenByFile", false);       // when_File_l42 names change with every edit
    set.put("withTimescale", false);
    set.put("printFilelist", false);
    set.put("defaultConfigForClockDomains", Clock.config(Clock.Reset.SYNC_HIGH));
  }
  public static Verilog to(String dir) { Verilog v = new Verilog(); v.set.put("targetDirectory", dir); return v; }
  /** Any SpinalConfig parameter by name. */
  public Verilog option(String name, Object v) { set.put(name, v); return this; }
  public Verilog systemVerilog() { return option("mode", SystemVerilog$.MODULE$); }
  public Verilog oneFilePerModule() { return option("oneFilePerComponent", true); }
  public Verilog reset(Clock.Reset r) { return option("defaultConfigForClockDomains", Clock.config(r)); }
  public Verilog header(String h) { return option("rtlHeader", h); }
  public Verilog formal() { formal = true; return this; }
  private boolean formal;
  public Verilog verbose() { verbose = true; return this; }

  SpinalConfig config() {
    SpinalConfig c = Config.build(set);
    if (formal) c.includeFormal();
    if (c.memBlackBoxers().isEmpty()) c.addStandardMemBlackboxing(blackboxOnlyIfRequested$.MODULE$);
    return c;
  }
  public <M extends Circuit> Result generate(Supplier<M> top) {
    try { Files.createDirectories(Path.of((String) set.get("targetDirectory"))); } catch (IOException e) { throw new UncheckedIOException(e); }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    SpinalReport<Component> rep;
    try { rep = once(top, log, config()); }
    catch (Exception e) {   // SpinalExit is a checked exception which no Scala signature declares: "catch (SpinalExit e)" does not compile
      if (!((Object) e instanceof SpinalExit)) throw e;
      // elaborate again with stack traces kept on every statement, for the error's source positions
      scala.collection.mutable.HashSet<Class<?>> all = new scala.collection.mutable.HashSet<>();
      all.add(Circuit.Raw.class); all.add(Circuit.RawBlackBox.class);
      set.put("debugComponents", all);
      try { rep = once(top, log, config()); } catch (Exception f) { if ((Object) f instanceof SpinalExit x) throw new HdlError(x); throw f; }
    }
    rep.toplevel().walkComponents(c -> { if (c instanceof Circuit.Raw r) r.owner.checkPorts(); return scala.runtime.BoxedUnit.UNIT; });
    List<Path> files = new ArrayList<>();
    for (String s : Sc.list(rep.generatedSourcesPaths())) files.add(Path.of(s));
    return new Result(files, log.toString(), Sc.list(rep.prunedSignals()).stream().map(Object::toString).sorted().toList());
  }
  static final ThreadLocal<Boolean> ELABORATING = ThreadLocal.withInitial(() -> false);
  private <M extends Circuit> SpinalReport<Component> once(Supplier<M> top, OutputStream log, SpinalConfig cfg) {
    scala.Function0<SpinalReport<Component>> run = () -> SpinalVerilogBoot$.MODULE$.singleShot(cfg, () -> {
      ELABORATING.set(true);   // this runs on a thread of SpinalHDL's fiber engine
      try { M m = top.get(); m.close();
        if (!m.component.definitionNameNoMerge()) m.component.setDefinitionName(m.getClass().getSimpleName(), true);   // else a VHDL keyword as class name (Array, Buffer, Range) gets a _1
        return m.component; } finally { ELABORATING.set(false); }
    });
    try { return verbose ? run.apply() : scala.Console$.MODULE$.withOut(log, run); }
    finally { GlobalData$.MODULE$.set(null); }
  }
  public record Result(List<Path> files, String log, List<String> pruned) {
    public String text() { try { StringBuilder b = new StringBuilder(); for (Path p : files) if (Files.exists(p)) b.append(Files.readString(p)); return b.toString(); } catch (IOException e) { throw new UncheckedIOException(e); } }
  }
}
