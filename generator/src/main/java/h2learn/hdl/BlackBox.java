package h2learn.hdl;
import spinal.core.*;
public abstract class BlackBox extends Circuit {
  protected BlackBox() { super(true); }
  private spinal.core.BlackBox bb() { return (spinal.core.BlackBox) component; }
  protected final void parameter(String n, int v) { bb().addGeneric(n, v); }
  protected final void parameter(String n, String v) { bb().addGeneric(n, v); }
  protected final void blackBoxName(String n) { bb().setBlackBoxName(n); }
  protected final void mapClock(h2learn.hdl.Bool clk, h2learn.hdl.Bool rst) { bb().mapClockDomain(ClockDomain$.MODULE$.current(), clk.raw, rst == null ? null : rst.raw, null, HIGH$.MODULE$, HIGH$.MODULE$); }
  protected final void inlineVerilog(String s) { bb().setInlineVerilog(s); }
  protected final void rtl(String path) { bb().addRTLPath(path); }
}
